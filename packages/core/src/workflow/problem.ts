import type { Edit } from './edit.js';

/** What is wrong with a definition, as data. `fix`, applied as one batch, solves it. */
export interface Problem {
  /** Stable, e.g. `unknown_action`, `missing_input`, `unknown_field`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** JSON Pointer into the definition, e.g. `/steps/3/cases/0/when`. */
  readonly path: string;
  readonly stepId?: string;
  /** A sentence a person can act on. */
  readonly message: string;
  readonly fix?: readonly Edit[];
}
