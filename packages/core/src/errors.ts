/**
 * The one error class of this library and the table of its codes.
 * A leaf: every folder may import it, it imports nothing.
 */

/** What a code means to a caller: the HTTP status it answers with and whether the same call may succeed later. */
interface ErrorKind {
  readonly status: number;
  readonly retryable: boolean;
  /** Short, stable summary: the `title` of the problem document. */
  readonly title: string;
}

const kind = (status: number, title: string, retryable = false): ErrorKind => ({ status, retryable, title });

/** Every code this library answers with. Codes are stable: clients may branch on them. */
export const errorKinds = {
  invalid_json: kind(400, 'The body is not JSON'),
  not_convertible: kind(400, 'The node list cannot be converted'),
  unauthorized: kind(401, 'Credentials are missing or wrong'),
  forbidden: kind(403, 'This is not allowed here'),
  not_found: kind(404, 'There is nothing here'),
  method_not_allowed: kind(405, 'The method is not allowed here'),
  already_exists: kind(409, 'It exists already'),
  turn_running: kind(409, 'A turn is running in this session', true),
  conflict: kind(409, 'It does not fit the current state'),
  version_conflict: kind(412, 'The version is not the newest'),
  payload_too_large: kind(413, 'The body is too large'),
  unsupported_media_type: kind(415, 'The content type is not supported'),
  invalid_request: kind(422, 'The request has the wrong shape'),
  invalid_definition: kind(422, 'The definition has problems'),
  invalid_input: kind(422, 'The input does not fit the schema'),
  precondition_required: kind(428, 'If-Match is required'),
  rate_limited: kind(429, 'Too many messages', true),
  internal: kind(500, 'Something went wrong on the server'),
  configuration: kind(500, 'The configuration is wrong'),
  missing_peer: kind(500, 'An optional package is not installed'),
  model_failed: kind(502, 'The language model failed', true),
  model_unavailable: kind(503, 'The language model is not available', true),
  store_unavailable: kind(503, 'The store is not available', true),
  worker_unavailable: kind(503, 'No worker goes on with the run', true),
  shutting_down: kind(503, 'The server is shutting down', true),
  timeout: kind(504, 'It took too long', true),
  cancelled: kind(499, 'It was cancelled'),
  interrupted: kind(500, 'It was interrupted', true),
  stale_lease: kind(409, 'Somebody else holds this session', true),
  action_failed: kind(500, 'An action failed'),
  outcome_unknown: kind(500, 'Whether the action happened is not known'),
  rejected: kind(409, 'The approval was rejected'),
  expression_failed: kind(422, 'An expression failed'),
} as const satisfies Record<string, ErrorKind>;

/** A stable error code. */
export type ErrorCode = keyof typeof errorKinds;

/** Extras of a {@link WorkflowError}. */
export interface WorkflowErrorOptions {
  /** The error behind it, for logs only: never shown to a client. */
  readonly cause?: unknown;
  /** Facts for the client (JSON, no secrets): e.g. `{problems}` or `{turn_id}`; they become members of the problem document. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Seconds until a retry makes sense: sent as `Retry-After`. */
  readonly retryAfter?: number;
}

const brand = Symbol.for('@fk-workflow/WorkflowError');

/**
 * The error of this library: a stable `code` and a sentence that says what to do.
 * The message is shown to clients, so it holds no secret and no stack.
 *
 * @example
 * throw new WorkflowError('not_found', 'There is no run "run_1". List runs with GET /api/runs.');
 */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfter: number | undefined;
  readonly [brand] = true;

  constructor(code: ErrorCode, message: string, options: WorkflowErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
  }

  /** The HTTP status of the code. */
  get status(): number {
    return errorKinds[this.code].status;
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return errorKinds[this.code].retryable;
  }

  /** True for an error of this library, also one from another copy of it. */
  static is(value: unknown): value is WorkflowError {
    return typeof value === 'object' && value !== null && brand in value;
  }
}
