import type { WriteCall } from './call.js';

/** A post to a web address. */
export interface WebhookPost {
  readonly url: string;
  /** JSON. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Posts JSON to the host's other systems. */
export interface WebhookPoster {
  /** `call.key` goes out as the header `Idempotency-Key`. `response` is the answer's JSON, or its text. */
  post(post: WebhookPost, call: WriteCall): Promise<{ status: number; response: unknown }>;
}
