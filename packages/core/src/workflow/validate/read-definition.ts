import { isRecord, type Json } from '../../json.js';
import type { ActionLookup } from '../action-spec.js';
import { cronMistake } from '../cron.js';
import type { Definition } from '../definition.js';
import { definitionLimits } from '../limits.js';
import { schemaProblems } from '../schema/schema-problems.js';
import { actionId, definitionId } from './names.js';
import { keepCopy } from './own-copies.js';
import { copyJson } from './plain-json.js';
import type { ProblemList } from './problem-list.js';
import { readSteps } from './read-steps.js';
import {
  anyJson,
  checked,
  duration,
  type Fields,
  flag,
  nameOf,
  object,
  oneOf,
  optional,
  type Reader,
  type Reading,
  record,
  refuse,
  required,
  text,
} from './readers.js';
import { isTimeZone } from './time-zone.js';

/** Milliseconds. A server may well take some seconds to start a run: below this it would leave times out. */
const leastCatchUpMs = 10_000;

const triggerBase: Fields = { kind: required(anyJson), input: optional(record()) };

const triggersByKind: Readonly<Record<string, Reader>> = {
  manual: object(triggerBase),
  schedule: object({
    ...triggerBase,
    cron: required(
      checked('invalid_cron', (value) => {
        const mistake = cronMistake(value);
        return mistake && `"${value.slice(0, 60)}" is not a cron expression. ${mistake}`;
      }),
    ),
    timeZone: optional(
      checked('invalid_time_zone', (value) =>
        isTimeZone(value)
          ? undefined
          : `"${value.slice(0, 60)}" is not a time zone: write e.g. "Europe/Berlin".`,
      ),
    ),
    overlap: optional(oneOf('skip', 'buffer', 'allow')),
    catchUp: optional(duration(leastCatchUpMs)),
    paused: optional(flag),
  }),
  webhook: object(triggerBase),
  event: object({ ...triggerBase, event: required(text(200, 1)), when: optional(text(10_000, 1)) }),
  poll: object({ ...triggerBase, action: required(actionId), every: required(duration(1000)) }),
};

const readTrigger: Reader = (value, place, reading) => {
  if (!isRecord(value))
    return refuse(reading, place, 'wrong_type', `"trigger" must be an object, not ${nameOf(value)}.`);
  const { kind } = value;
  const read =
    typeof kind === 'string' && Object.hasOwn(triggersByKind, kind) ? triggersByKind[kind] : undefined;
  return (read ?? object({ kind: required(oneOf(...Object.keys(triggersByKind))) }))(value, place, reading);
};

const readInputs: Reader = (value, place, reading) => {
  const problems = schemaProblems(value, place.path);
  for (const problem of problems) reading.problems.add(problem);
  if (problems.length > 0 || !isRecord(value)) return undefined;
  if (value.type !== undefined && value.type !== 'object') {
    return refuse(reading, place, 'invalid_schema', 'The schema of "inputs" must be of type "object".');
  }
  keepCopy(value);
  return value;
};

const readFields = object({
  id: required(definitionId),
  name: required(text(200, 1)),
  description: optional(text(20_000)),
  trigger: optional(readTrigger),
  inputs: optional(readInputs),
  config: optional(
    object({ timeout: optional(duration(1)), onFailure: optional(oneOf('compensate', 'none')) }),
  ),
  steps: required(readSteps),
  output: optional(anyJson),
});

const mostTemplates = (maxSteps: number): number =>
  definitionLimits.templatesPerStep * Math.max(maxSteps, definitionLimits.steps);

/**
 * The structural part of validation: an own, normalised copy of the definition when its structure is sound.
 * What is wrong is added to `problems`. Never throws; bounded by `definitionLimits` whatever comes in.
 */
export const readDefinition = (
  value: unknown,
  problems: ProblemList,
  actions: ActionLookup,
  maxSteps: number,
): Definition | undefined => {
  const json = copyJson(value, problems, mostTemplates(maxSteps));
  if (json === undefined) return undefined;
  const reading: Reading = { problems, actions, maxSteps, ids: new Map(), steps: 0 };
  const definition = readFields(json, { path: '', depth: 0 }, reading);
  // The readers above have just checked every field that the type names.
  return definition as (Json & Definition) | undefined;
};
