import type { Problem } from '../workflow/problem.js';

/** `application/problem+json` (RFC 9457) as this server sends it; other members carry the error's details. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** A sentence that says what to do. The first version's client shows it. */
  readonly detail: string;
  /** Stable code of the error. */
  readonly code: string;
  readonly trace_id: string;
  readonly problems?: readonly Problem[];
}
