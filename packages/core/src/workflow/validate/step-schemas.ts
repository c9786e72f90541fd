/** The schemas of what steps give. */
import { isRecord, type JsonSchema } from '../../json.js';
import type { ActionLookup } from '../action-spec.js';
import type { Step } from '../definition.js';
import { madeFrom } from './made-from.js';

/** An object that has all of these fields. */
const object = (properties: Record<string, unknown>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

const orNull = (schema: unknown): unknown =>
  isRecord(schema) && Object.keys(schema).length > 0 ? { anyOf: [schema, { type: 'null' }] } : {};

/** The schema of `steps.<id>` in the step's recovery list. */
export const failedStep: JsonSchema = object({
  output: { type: 'null' },
  error: object({ code: { type: 'string' }, message: { type: 'string' } }),
});

const endedSchemas = new WeakMap<JsonSchema, JsonSchema>();
const unknownOutput: JsonSchema = {};

/** The schema of `steps.<id>` once a step with this output has ended: with `onError`, either may be null. */
export const endedStep = (step: Step, output: JsonSchema | undefined): JsonSchema => {
  const recovers = 'onError' in step && step.onError !== undefined && step.onError !== 'fail';
  if (!recovers) {
    const known = output ?? unknownOutput;
    return madeFrom(endedSchemas, known, () => object({ output: known }));
  }
  return object({
    output: orNull(output),
    error: orNull(object({ code: { type: 'string' }, message: { type: 'string' } })),
  });
};

/** What a step without steps inside gives. */
export const outputSchema = (step: Step, actions: ActionLookup): JsonSchema | undefined => {
  const text = { type: 'string' };
  switch (step.kind) {
    case 'action':
      return actions.get(step.action)?.outputSchema;
    case 'branch':
      return object({ case: { anyOf: [{ type: 'number' }, { enum: ['otherwise', null] }] } });
    case 'repeat':
      return object({ iterations: { type: 'number' } });
    case 'approval':
      return object({
        decision: { ...text, enum: ['approved', 'rejected'] },
        by: orNull(text),
        comment: orNull(text),
      });
    case 'wait':
      return step.signal === undefined
        ? { type: 'null' }
        : object({ received: { type: 'boolean' }, payload: {} });
    case 'parallel':
    case 'set':
      return { type: 'null' };
    default:
      return undefined;
  }
};
