import type { ActionContext, Catalog, Json } from '@fk-workflow/core';

/** A logger that says nothing. */
export const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The context of a first attempt; `key` stands for one step of one run. */
export const context = (key: string): ActionContext => ({
  key,
  runId: 'run_1',
  stepId: 'step',
  attempt: 1,
  signal: new AbortController().signal,
  logger: silent,
});

let calls = 0;

/** Calls an action as a step does; each call is a step of its own unless it gives a key. */
export const callAction = async (
  catalog: Catalog,
  id: string,
  input: Json = {},
  key = `call_${++calls}`,
): Promise<Json> => {
  const action = catalog.action(id);
  if (!action) throw new Error(`no action ${id}`);
  return action.call(input, context(key));
};
