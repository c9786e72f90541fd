/** The fields of each kind of step. */

import { isTemplate } from '../../expressions/compile.js';
import { isRecord, type Json } from '../../json.js';
import { isDateTime } from '../date-time.js';
import type { StepKind } from '../definition.js';
import { pointer } from '../json-pointer.js';
import { definitionLimits as limits } from '../limits.js';
import { actionId, isVariable, loopVariable, stepId } from './names.js';
import {
  anyJson,
  checked,
  duration,
  type Fields,
  inside,
  list,
  number,
  object,
  oneOf,
  optional,
  type Place,
  type Reader,
  type Reading,
  record,
  refuse,
  required,
  text,
} from './readers.js';

const label = text(500);
const name = text(200, 1);
const prose = text(20_000);
const positive = duration(1);
const attemptTimeout = duration(1, limits.attemptTimeoutMs);

const retry = object({
  maxAttempts: optional(number(1, limits.attempts, true)),
  initialInterval: optional(duration()),
  backoff: optional(number(1, 100, false)),
  maxInterval: optional(duration()),
  nonRetryable: optional(list(name, 100)),
});

const compensation = object({ action: required(actionId), input: optional(record()) });

const variables: Reader = (value, place, reading) => {
  const wrong = isRecord(value) ? Object.keys(value).find((key) => !isVariable(key)) : undefined;
  if (isRecord(value) && Object.keys(value).length > limits.variables) {
    return refuse(reading, place, 'too_long', `A step may set ${limits.variables} variables.`);
  }
  if (wrong === undefined) return record()(value, place, reading);
  const message = `"${wrong.slice(0, 120)}" cannot be a variable: use letters, digits and _, as in vars.name.`;
  return refuse(reading, inside(place, wrong), 'invalid_id', message);
};

const moment = checked('invalid_date', (value) =>
  isDateTime(value) || isTemplate(value)
    ? undefined
    : `"${value.slice(0, 60)}" is not a date-time: write "2030-01-31T08:00:00Z", with its offset.`,
);

/** The fields by kind, given how a list of steps is read (which needs this table in turn). */
export const stepFields = (steps: Reader): Readonly<Record<StepKind, Fields>> => {
  const onError: Reader = (value, place, reading) =>
    typeof value === 'string'
      ? oneOf('fail', 'continue')(value, place, reading)
      : object({ steps: required(steps) })(value, place, reading);
  const common: Fields = { id: required(stepId), kind: required(anyJson), title: optional(label) };
  const calls: Fields = {
    input: optional(record()),
    retry: optional(retry),
    timeout: optional(attemptTimeout),
    onError: optional(onError),
  };
  return {
    action: { ...common, action: required(actionId), ...calls, compensate: optional(compensation) },
    branch: {
      ...common,
      cases: required(
        list(
          object({ when: required(text(limits.text, 1)), title: optional(label), steps: required(steps) }),
          100,
        ),
      ),
      otherwise: optional(steps),
    },
    parallel: {
      ...common,
      branches: required(list(object({ title: optional(label), steps: required(steps) }), 100)),
    },
    forEach: {
      ...common,
      items: required(anyJson),
      as: optional(loopVariable),
      concurrency: optional(number(1, limits.concurrency, true)),
      steps: required(steps),
      output: optional(anyJson),
    },
    repeat: {
      ...common,
      steps: required(steps),
      until: optional(text(limits.text, 1)),
      max: required(number(1, limits.rounds, true)),
    },
    wait: {
      ...common,
      duration: optional(duration()),
      until: optional(moment),
      signal: optional(name),
      timeout: optional(positive),
    },
    approval: {
      ...common,
      title: required(text(500, 1)),
      message: optional(prose),
      approvers: optional(list(name, 100)),
      timeout: optional(positive),
      onTimeout: optional(oneOf('approved', 'rejected')),
      onReject: optional(oneOf('stop', 'continue')),
    },
    set: { ...common, values: required(variables) },
    workflow: {
      ...common,
      workflow: required(name),
      version: required(number(1, Number.MAX_SAFE_INTEGER, true)),
      ...calls,
    },
    stop: {
      ...common,
      outcome: required(oneOf('succeeded', 'failed')),
      reason: optional(prose),
      output: optional(anyJson),
    },
  };
};

/** Rules over several fields of a step, on the raw value. */
export const crossFieldRules = (
  step: Readonly<Record<string, Json>>,
  place: Place,
  reading: Reading,
): boolean => {
  if (step.kind !== 'wait') return true;
  const given = ['duration', 'until', 'signal'].filter((field) => step[field] !== undefined);
  if (given.length !== 1) {
    const what = given.length === 0 ? 'nothing' : given.join(' and ');
    refuse(
      reading,
      place,
      'invalid_wait',
      `A wait needs exactly one of duration, until and signal; it has ${what}.`,
    );
    return false;
  }
  if (step.timeout !== undefined && step.signal === undefined) {
    const at: Place = { ...place, path: pointer(place.path, 'timeout') };
    refuse(reading, at, 'invalid_wait', 'Only a wait for a signal takes a timeout.');
    return false;
  }
  return true;
};
