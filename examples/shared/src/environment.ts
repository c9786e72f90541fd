import { z } from 'zod';

/** What the table of docs/guides/configuration.md and a refusal say of a variable. */
interface About {
  readonly what: string;
  /** Completes "it must be …". */
  readonly allowed: string;
  /** Its value is never shown. */
  readonly secret?: true;
}

/** What there is to say of each variable of {@link environment}. */
export const about = z.registry<About>();

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

const urlOf = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol));

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

const commaSeparated = (isItem: (item: string) => boolean) =>
  z
    .string()
    .transform((text) => text.split(',').map((item) => item.trim()))
    .pipe(z.array(z.string().refine(isItem)));

/** Every variable the demo reads. */
export const environment = z.object({
  PORT: wholeNumber(0, 65_535)
    .default(3000)
    .register(about, { what: 'The port; 0 takes a free one.', allowed: 'a whole number from 0 to 65535' }),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/)
    .default('127.0.0.1')
    .register(about, { what: 'The address to listen on.', allowed: 'a host name or an address' }),
  DATA_DIR: z.string().default('.data').register(about, {
    what: "The folder of the demo's files: `workflows.db` and `simulator.jsonl`.",
    allowed: 'the path of a folder',
  }),
  ANTHROPIC_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .optional()
    .register(about, {
      what: "Turns on Anthropic's models. Without it the offline planner answers.",
      allowed: 'a key without blanks',
      secret: true,
    }),
  ANTHROPIC_BASE_URL: urlOf(['http:', 'https:']).optional().register(about, {
    what: 'Where the model is, when not at Anthropic.',
    allowed: 'an address that starts with http:// or https://',
  }),
  ANTHROPIC_MODEL: z
    .string()
    .regex(/^\S+$/)
    .optional()
    .register(about, { what: 'The name of the model.', allowed: 'a name without blanks' }),
  REDIS_URL: urlOf(['redis:', 'rediss:']).optional().register(about, {
    what: 'Keeps sessions, locks and limits in Redis. Wins over `REDIS_HOST`.',
    allowed: 'an address that starts with redis:// or rediss://',
    secret: true,
  }),
  REDIS_HOST: z
    .string()
    .regex(/^[A-Za-z0-9._-]+$/)
    .optional()
    .register(about, { what: 'The same by host name.', allowed: 'a host name or an address' }),
  REDIS_PORT: wholeNumber(1, 65_535).default(6379).register(about, {
    what: 'The port that goes with `REDIS_HOST`; without it unread.',
    allowed: 'a whole number from 1 to 65535',
  }),
  DATABASE_URL: urlOf(['postgres:', 'postgresql:']).optional().register(about, {
    what: 'Keeps workflows and runs in PostgreSQL instead of `DATA_DIR`.',
    allowed: 'an address that starts with postgres:// or postgresql://',
    secret: true,
  }),
  API_KEYS: commaSeparated((key) => /^[\x21-\x7e]+$/.test(key))
    .optional()
    .register(about, {
      what: 'Keys, separated by commas, of which every call but `/health*` and the page needs one.',
      allowed: 'keys without blanks, separated by commas',
      secret: true,
    }),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{32,}$/)
    .optional()
    .register(about, {
      what: 'Signs the paths of webhooks. Without it a random one does, until the next start.',
      allowed: 'at least 32 characters without blanks',
      secret: true,
    }),
  ALLOWED_ORIGINS: commaSeparated(isOrigin).default([]).register(about, {
    what: 'Origins, separated by commas, whose pages may call the API.',
    allowed: 'origins such as https://app.example.com, separated by commas',
  }),
  CHAT_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000)
    .default(10)
    .register(about, { what: 'Messages a minute per client.', allowed: 'a whole number from 1 to 1000000' }),
  CHAT_TIMEOUT_MS: wholeNumber(1, 600_000).default(30_000).register(about, {
    what: 'Milliseconds a turn of the chat may take.',
    allowed: 'a whole number from 1 to 600000',
  }),
  DEMO_TIME_SCALE: z
    .string()
    .regex(/^\d{1,7}(\.\d{1,6})?$/)
    .transform(Number)
    .pipe(z.number().min(1).max(1_000_000))
    .default(3600)
    .register(about, {
      what: 'How much faster waits and the simulator run: with 3600 an hour takes a second.',
      allowed: 'a number from 1 to 1000000',
    }),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').register(about, {
    what: 'The least level of the log.',
    allowed: 'one of debug, info, warn, error, silent',
  }),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[A-Za-z0-9.-]+:\d{1,5}$/)
    .optional()
    .register(about, {
      what: 'Runs workflows on Temporal, with a worker in the same process.',
      allowed: 'a host and a port such as localhost:7233',
    }),
  TEMPORAL_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9._-]+$/)
    .default('default')
    .register(about, {
      what: 'The namespace there; without `TEMPORAL_ADDRESS` unread.',
      allowed: 'the name of a namespace',
    }),
  TEMPORAL_UI_URL: urlOf(['http:', 'https:']).optional().register(about, {
    what: "Where Temporal's UI is; `monitor_url` then leads to the run there.",
    allowed: 'an address that starts with http:// or https://',
  }),
});
