import { WorkflowError } from '@fk-workflow/core';
import { about, environment } from './environment.js';

/** The demo's configuration, checked. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Present when a key is given. */
  readonly anthropic?: { readonly apiKey: string; readonly baseURL?: string; readonly model?: string };
  readonly redisUrl?: string;
  readonly databaseUrl?: string;
  /** Present when it has an address. */
  readonly temporal?: { readonly address: string; readonly namespace: string; readonly uiUrl?: string };
  readonly apiKeys?: readonly string[];
  /** At least 32 characters. */
  readonly webhookSecret?: string;
  readonly allowedOrigins: readonly string[];
  readonly messagesPerMinute: number;
  readonly turnTimeoutMs: number;
  readonly timeScale: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** An environment: `process.env`, or a test's. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the demo's configuration, once. Every variable stands in `environment`; an empty string counts as unset.
 * Throws `configuration` with a sentence per bad value: the variable, its value unless it is a secret, what is allowed.
 *
 * @example
 * readConfig({ PORT: '8080' }).port; // 8080
 */
export const readConfig = (env: Environment): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  // Kubernetes sets REDIS_PORT to "tcp://…" for a service called redis: it counts only beside REDIS_HOST.
  if (given.REDIS_URL !== undefined || given.REDIS_HOST === undefined) delete given.REDIS_PORT;
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map(({ path }) => path[0]));
    const sentences = Object.entries(environment.shape)
      .filter(([name]) => names.has(name))
      .map(([name, schema]) => refusal(name, given[name], about.get(schema)));
    throw new WorkflowError('configuration', sentences.join('\n'));
  }
  const values = parsed.data;
  const redisUrl =
    values.REDIS_URL ?? (values.REDIS_HOST && `redis://${values.REDIS_HOST}:${values.REDIS_PORT}`);
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    ...(values.ANTHROPIC_API_KEY && {
      anthropic: {
        apiKey: values.ANTHROPIC_API_KEY,
        ...(values.ANTHROPIC_BASE_URL && { baseURL: values.ANTHROPIC_BASE_URL }),
        ...(values.ANTHROPIC_MODEL && { model: values.ANTHROPIC_MODEL }),
      },
    }),
    ...(redisUrl && { redisUrl }),
    ...(values.DATABASE_URL && { databaseUrl: values.DATABASE_URL }),
    ...(values.TEMPORAL_ADDRESS && {
      temporal: {
        address: values.TEMPORAL_ADDRESS,
        namespace: values.TEMPORAL_NAMESPACE,
        ...(values.TEMPORAL_UI_URL && { uiUrl: values.TEMPORAL_UI_URL }),
      },
    }),
    ...(values.API_KEYS && { apiKeys: values.API_KEYS }),
    ...(values.WEBHOOK_SECRET && { webhookSecret: values.WEBHOOK_SECRET }),
    allowedOrigins: values.ALLOWED_ORIGINS,
    messagesPerMinute: values.CHAT_LIMIT_PER_MINUTE,
    turnTimeoutMs: values.CHAT_TIMEOUT_MS,
    timeScale: values.DEMO_TIME_SCALE,
    logLevel: values.LOG_LEVEL,
  };
};

const refusal = (name: string, value: string | undefined, rule: ReturnType<typeof about.get>): string =>
  rule?.secret
    ? `${name} has a value that is not allowed: it must be ${rule.allowed}.`
    : `${name} is "${value}": it must be ${rule?.allowed}.`;
