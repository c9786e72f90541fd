import type { ActionContext } from '@fk-workflow/core';

/** What a reading call of a connector gets; an `ActionContext` is one. `signal` aborts on timeout and on cancel. */
export type ReadCall = Pick<ActionContext, 'signal'>;

/**
 * What a changing call of a connector gets; an `ActionContext` is one. A second call with the same `key` answers the first
 * one's result and changes nothing, where the far side can do that.
 */
export type WriteCall = Pick<ActionContext, 'key' | 'signal'>;
