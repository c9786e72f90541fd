import type { Json, JsonObject } from '../json.js';
import type { Step, StepKind } from '../workflow/definition.js';
import type { Edit } from '../workflow/edit.js';
import { pointer } from '../workflow/json-pointer.js';

/** What a step is set to, without the steps inside it; a branch gives the conditions of its cases. */
export const paramsOf = (step: Step): JsonObject => {
  switch (step.kind) {
    case 'action':
      return step.input ?? {};
    case 'set':
      return step.values;
    case 'branch':
      return { conditions: step.cases.map(({ when }) => when) };
    case 'parallel':
      return {};
    case 'wait': {
      const { duration, until, signal, timeout } = step;
      return defined({ duration, until, signal, timeout });
    }
    case 'forEach': {
      const { items, as, concurrency } = step;
      return defined({ items, as, concurrency });
    }
    case 'repeat': {
      const { until, max } = step;
      return defined({ until, max });
    }
    case 'approval': {
      const { message, approvers, timeout, onTimeout, onReject } = step;
      return defined({ message, approvers, timeout, onTimeout, onReject });
    }
    case 'workflow': {
      const { workflow, version, input } = step;
      return defined({ workflow, version, input });
    }
    case 'stop': {
      const { outcome, reason, output } = step;
      return defined({ outcome, reason, output });
    }
  }
};

const defined = (fields: { readonly [name: string]: Json | undefined }): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** The conditions of a branch, as parameters give them. */
export const conditionsOf = ({ conditions }: JsonObject): readonly Json[] =>
  Array.isArray(conditions) ? conditions : [];

/** Parameters as a step takes them: the first version gave a wait's amount and unit apart. */
export const readableParams = (kind: StepKind, params: JsonObject): JsonObject => {
  if (kind !== 'wait' || typeof params.unit !== 'string') return params;
  const { unit, ...rest } = params;
  return { ...rest, duration: `${String(params.duration)} ${unit}` };
};

/** The edit that sets parameters of a step; `exact` also removes those that are not named. Undefined when nothing differs. */
export const paramsEdit = (step: Step, given: JsonObject, mode: 'merge' | 'exact'): Edit | undefined => {
  const params = readableParams(step.kind, given);
  const before = paramsOf(step);
  const place = (name: string): string => pointer(prefixOf(step), name);
  const set: [string, Json][] = [];
  for (const [name, value] of Object.entries(params)) {
    if (sameJson(before[name], value)) continue;
    if (step.kind === 'branch' && name === 'conditions') set.push(...conditionEdits(params));
    else set.push([place(name), value]);
  }
  const gone = mode === 'exact' ? Object.keys(before).filter((name) => !Object.hasOwn(params, name)) : [];
  const unset = gone.filter((name) => name !== 'conditions').map(place);
  if (set.length === 0 && unset.length === 0) return undefined;
  return { op: 'update', id: step.id, set: Object.fromEntries(set), ...(unset.length > 0 ? { unset } : {}) };
};

const conditionEdits = (params: JsonObject): [string, Json][] =>
  conditionsOf(params).map((when, index) => [`/cases/${index}/when`, when]);

const prefixOf = (step: Step): string => {
  if (step.kind === 'action') return '/input';
  return step.kind === 'set' ? '/values' : '';
};

const sameJson = (a: Json | undefined, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);
