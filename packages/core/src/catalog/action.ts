import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import { WorkflowError } from '../errors.js';
import { isRecord, type Json, type JsonObject, type JsonSchema } from '../json.js';
import type { Logger } from '../ports/logger.js';
import type { ActionSpec, Effect } from '../workflow/action-spec.js';
import type { Duration } from '../workflow/definition.js';

/** A schema library's schema that also gives its JSON Schema: zod ≥ 4.2, ArkType, Valibot with its JSON Schema package. */
export interface ActionSchema<In = unknown, Out = In> {
  readonly '~standard': StandardSchemaV1.Props<In, Out> & StandardJSONSchemaV1.Props<In, Out>;
}

type InputOf<S extends ActionSchema> = StandardSchemaV1.InferInput<S>;
type OutputOf<S extends ActionSchema> = StandardSchemaV1.InferOutput<S>;

/** What a handler gets besides its input. */
export interface ActionContext {
  /** The idempotency key, `{runId}/{path}`: equal over attempts and after a crash. Hand it to the far side. */
  readonly key: string;
  readonly runId: string;
  readonly stepId: string;
  /** From 1. */
  readonly attempt: number;
  /** Aborts on timeout and on cancel. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** How an action is declared; see {@link defineAction}. */
export interface ActionOptions<I extends ActionSchema, O extends ActionSchema> {
  /** `[a-z][a-z0-9_]{0,63}`, final: definitions refer to it. */
  readonly id: string;
  readonly name: string;
  /** One or two sentences; the agent chooses by it. */
  readonly description: string;
  readonly category: string;
  readonly icon?: string;
  readonly color?: string;
  readonly effect: Effect;
  /** The far side drops a second call with the same key. Default false. */
  readonly idempotent?: boolean;
  readonly input: I;
  readonly output: O;
  readonly example?: { readonly input: InputOf<I>; readonly output: InputOf<O> };
  /** Timeout of an attempt, ISO 8601. Default PT1M. */
  readonly timeout?: Duration;
  /** The action that undoes this one; templates over `input` and `output` of the step. */
  readonly compensate?: { readonly action: string; readonly input?: JsonObject };
  readonly branches?: readonly string[];
  readonly aliases?: readonly string[];
  /** Input values that an alias implies, by alias: `{ send_level_2: { level: 2 } }`. */
  readonly aliasInputs?: { readonly [alias: string]: JsonObject };
  readonly keywords?: readonly string[];
  /** Does the work. Throw {@link actionFailure} for a failure with a code of your own; anything else is `action_failed` and retried. */
  readonly handler: (input: OutputOf<I>, context: ActionContext) => Promise<InputOf<O>> | InputOf<O>;
}

/** An action ready for a {@link Catalog}: its spec as data, and the checked call. */
export interface Action {
  readonly spec: ActionSpec;
  /** Validates the input, calls the handler, validates the output. */
  call(input: Json, context: ActionContext): Promise<Json>;
}

/**
 * Declares an action of the host.
 *
 * @example
 * const getEta = defineAction({
 *   id: 'get_eta', name: 'Get ETA', category: 'Shipments', effect: 'read',
 *   description: 'Reads the estimated arrival of a shipment.',
 *   input: z.object({ shipmentId: z.string() }),
 *   output: z.object({ eta: z.string() }),
 *   handler: async ({ shipmentId }, { signal }) => ({ eta: await tms.eta(shipmentId, signal) }),
 * });
 */
export const defineAction = <I extends ActionSchema, O extends ActionSchema>(
  options: ActionOptions<I, O>,
): Action => {
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(options.id)) {
    throw new WorkflowError(
      'configuration',
      `The action id "${options.id}" must match [a-z][a-z0-9_]{0,63}.`,
    );
  }
  const spec: ActionSpec = {
    id: options.id,
    name: options.name,
    description: options.description,
    category: options.category,
    effect: options.effect,
    idempotent: options.idempotent ?? false,
    inputSchema: jsonSchema(options.input, 'input', options.id),
    outputSchema: jsonSchema(options.output, 'output', options.id),
    ...optional('icon', options.icon),
    ...optional('color', options.color),
    ...optional('timeout', options.timeout),
    ...optional('compensate', options.compensate),
    ...optional('branches', options.branches),
    ...optional('aliases', options.aliases),
    ...optional('aliasInputs', options.aliasInputs),
    ...optional('keywords', options.keywords),
    ...(options.example
      ? {
          example: {
            input: toJson(options.example.input, `example input of ${options.id}`) as JsonObject,
            output: toJson(options.example.output, `example output of ${options.id}`),
          },
        }
      : {}),
  };
  return {
    spec,
    async call(input, context) {
      const checked = await validate(options.input, input, 'invalid_input', `The input of ${options.id}`);
      const output = await options.handler(checked, context);
      return toJson(
        await validate(options.output, output, 'invalid_output', `The output of ${options.id}`),
        `output of ${options.id}`,
      );
    },
  };
};

/**
 * An error a handler throws to fail with its own code, which `retry.nonRetryable`, `onError` and people see.
 *
 * @example
 * throw actionFailure('shipment_not_found', `There is no shipment ${id}.`, { retryable: false });
 */
export const actionFailure = (
  code: string,
  message: string,
  options: { readonly retryable?: boolean; readonly cause?: unknown } = {},
): WorkflowError =>
  new WorkflowError('action_failed', message, {
    details: { code, retryable: options.retryable ?? true },
    ...('cause' in options ? { cause: options.cause } : {}),
  });

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };

const jsonSchema = (schema: ActionSchema, side: 'input' | 'output', id: string): JsonSchema => {
  const converter = schema['~standard'].jsonSchema;
  if (!converter) {
    throw new WorkflowError(
      'configuration',
      `The ${side} schema of "${id}" gives no JSON Schema: use zod 4.2 or newer.`,
    );
  }
  // What a person fills in is the input side of either schema; handlers give the output side.
  const { $schema: _, ...rest } = converter[side]({ target: 'draft-2020-12' });
  if (rest.type !== 'object' && side === 'input') {
    throw new WorkflowError('configuration', `The input schema of "${id}" must be an object.`);
  }
  return rest;
};

const validate = async <S extends ActionSchema>(
  schema: S,
  value: unknown,
  code: 'invalid_input' | 'invalid_output',
  what: string,
): Promise<OutputOf<S>> => {
  const result = await schema['~standard'].validate(value);
  if (!result.issues) return result.value as OutputOf<S>;
  const issues = result.issues.slice(0, 5).map((issue) => {
    const path = issue.path?.map((part) => (isRecord(part) ? String(part.key) : String(part))).join('.');
    return path ? `${path}: ${issue.message}` : issue.message;
  });
  throw actionFailure(code, `${what} does not fit its schema: ${issues.join('; ')}.`, { retryable: false });
};

/** Copies a handler's value into plain JSON; what JSON cannot hold is an error, not a silent loss. */
const toJson = (value: unknown, what: string): Json => {
  if (value === undefined) return null;
  try {
    return JSON.parse(JSON.stringify(value)) as Json;
  } catch (cause) {
    throw actionFailure('invalid_output', `The ${what} is not JSON.`, { retryable: false, cause });
  }
};
