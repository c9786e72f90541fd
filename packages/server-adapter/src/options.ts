import { WorkflowError } from '@fk-workflow/core';
import type { TrustedProxies } from './http/client-address.js';

/** Who a request comes from. */
export interface Identity {
  readonly principal: string;
  /**
   * For whom they ask, at most 255 characters. The runs they start carry it, in Temporal as the search attribute
   * `FkWorkflowTenant`: a label to find runs by. It keeps nobody from the runs of another tenant.
   */
  readonly tenant?: string;
}

/** Options of `createHandler`. Every default is the careful one: no origin, no proxy and no key is trusted. */
export interface HandlerOptions {
  /** The path the routes stand under, e.g. `/workflows`. Default `/`: the routes are `/api/…` and `/health`. */
  readonly basePath?: string;
  /** Origins whose pages may call, e.g. `https://app.example.com`; compared exactly. Default none: no CORS headers. */
  readonly allowedOrigins?: readonly string[];
  /**
   * Keys of which every call needs one, as `Authorization: Bearer <key>` or `X-API-Key: <key>`; `/health*`, webhooks
   * and the page stay open. Default: no key is asked for.
   */
  readonly apiKeys?: readonly string[];
  /**
   * Says who a request comes from, or null to answer 401. Gets method, address and headers, never the body.
   * When it is given, `apiKeys` are not looked at.
   */
  readonly authenticate?: (request: Request) => Promise<Identity | null>;
  /**
   * Proxies whose `X-Forwarded-For` counts: how many stand in front, or their addresses (`10.0.0.0/8`, `::1`).
   * Default: none, the peer of the socket is the client.
   */
  readonly trustedProxies?: TrustedProxies;
  /** Bytes of a body. Default 1 MiB. */
  readonly maxBodyBytes?: number;
  /** How deep arrays and objects of a body may nest. Default 64. */
  readonly maxJsonDepth?: number;
  /** What `GET /` answers when `Accept` names `text/html`. Default: JSON for everybody. */
  readonly page?: () => Response;
}

/** The options with their defaults, checked. `basePath` is empty for `/` and never ends with a slash. */
export interface Settings {
  readonly basePath: string;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly apiKeys: readonly string[] | undefined;
  readonly authenticate: HandlerOptions['authenticate'];
  readonly trustedProxies: TrustedProxies;
  readonly maxBodyBytes: number;
  readonly maxJsonDepth: number;
  readonly page: HandlerOptions['page'];
}

/** Fills in the defaults. Throws `configuration` with a sentence that names the option. */
export const resolveOptions = (options: HandlerOptions): Settings => ({
  basePath: basePathOf(options.basePath ?? '/'),
  allowedOrigins: new Set((options.allowedOrigins ?? []).map(originOf)),
  apiKeys: apiKeysOf(options.apiKeys),
  authenticate: options.authenticate,
  trustedProxies: options.trustedProxies ?? 0,
  maxBodyBytes: positive('maxBodyBytes', options.maxBodyBytes ?? 1_048_576),
  maxJsonDepth: positive('maxJsonDepth', options.maxJsonDepth ?? 64),
  page: options.page,
});

const configuration = (message: string): WorkflowError => new WorkflowError('configuration', message);

const basePathOf = (path: string): string => {
  if (path === '/') return '';
  if (!/^(\/[A-Za-z0-9._~-]+)+$/.test(path)) {
    throw configuration(`basePath is "${path}": start it with "/", end it without, and use plain segments.`);
  }
  return path;
};

const originOf = (origin: string): string => {
  if (URL.canParse(origin) && new URL(origin).origin === origin) return origin;
  throw configuration(
    `allowedOrigins has "${origin}": name each origin in full, such as "https://app.example.com". "*" is not taken.`,
  );
};

const apiKeysOf = (keys: readonly string[] | undefined): readonly string[] | undefined => {
  if (keys !== undefined && (keys.length === 0 || keys.some((key) => key.trim() === ''))) {
    throw configuration('apiKeys is empty or has an empty key: leave the option out to serve without keys.');
  }
  return keys;
};

const positive = (name: string, value: number): number => {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw configuration(`${name} is ${value}: it must be a whole number above 0.`);
};
