import { isRecord } from '../../json.js';
import type { Step } from '../definition.js';
import { describeDuration } from '../duration.js';
import type { Edit } from '../edit.js';
import { pointerTokens } from '../immutable-json.js';
import { plain } from '../outline.js';
import { sameJson } from '../same-json.js';

/** Longest text of a value in a sentence. */
const maxValue = 40;

interface FieldChange {
  readonly field: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly verb: 'Changes' | 'Sets' | 'Adds' | 'Removes';
}

/** What an update does, as a sentence. `step` is the step before it, `name` what it is called. */
export const describeUpdate = (
  { set, unset = [] }: Extract<Edit, { readonly op: 'update' }>,
  step: Step | undefined,
  name: string,
): string => {
  const changes = [
    ...unset.flatMap((pointer) => changeOf(step, pointer, undefined)),
    ...Object.entries(set).flatMap(([pointer, value]) => changeOf(step, pointer, value)),
  ];
  const [only, ...more] = changes;
  if (!only) return `Changes nothing of ${name}.`;
  if (more.length > 0) return `Changes ${name}: ${changes.map(shortText).join(', ')}.`;
  const { verb, field, from, to } = only;
  const values = [from === undefined ? '' : ` from ${from}`, to === undefined ? '' : ` to ${to}`];
  if (verb === 'Changes') return `Changes ${field} of ${name}${from && to ? values.join('') : ''}.`;
  if (verb === 'Sets') return `Sets ${field} of ${name}${values[1]}.`;
  return `${verb} ${field} ${verb === 'Adds' ? 'to' : 'of'} ${name}.`;
};

const shortText = ({ verb, field, from, to }: FieldChange): string => {
  if (verb === 'Removes') return `no ${field}`;
  if (verb === 'Adds') return `a new ${field}`;
  return `${field}${from && to ? ` from ${from}` : ''}${to === undefined ? '' : ` to ${to}`}`;
};

const changeOf = (step: Step | undefined, pointer: string, to: unknown): readonly FieldChange[] => {
  const tokens = pointerTokens(pointer) ?? [];
  const from = valueAt(step, tokens);
  if (sameJson(from, to)) return [];
  const isEntry = tokens.length === 2 && (tokens[0] === 'cases' || tokens[0] === 'branches');
  const added = isEntry ? 'Adds' : 'Sets';
  const verb = to === undefined ? 'Removes' : from === undefined ? added : 'Changes';
  const field = fieldName(step, tokens);
  return [{ field, from: valueText(from, tokens), to: valueText(to, tokens), verb }];
};

const valueAt = (target: unknown, [token, ...rest]: readonly string[]): unknown => {
  if (token === undefined) return target;
  if (Array.isArray(target)) return /^\d+$/.test(token) ? valueAt(target[Number(token)], rest) : undefined;
  return isRecord(target) && Object.hasOwn(target, token) ? valueAt(target[token], rest) : undefined;
};

/** The last name on the way: of `/input/cc/0` it is `cc`. Cases and branches are counted from 1. */
const fieldName = (step: Step | undefined, tokens: readonly string[]): string => {
  const [list, index] = tokens;
  const names = tokens.filter((token) => !/^(\d+|-)$/.test(token));
  const last = plain(names.at(-1) ?? '') || 'a field';
  if ((list !== 'cases' && list !== 'branches') || index === undefined) return last;
  const entries = valueAt(step, [list]);
  const place = index === '-' && Array.isArray(entries) ? entries.length : Number(index);
  const entry = `${list === 'cases' ? 'case' : 'branch'} ${place + 1}`;
  return tokens.length === 2 ? entry : `${last} of ${entry}`;
};

const durations: ReadonlySet<string> = new Set(['duration', 'timeout', 'initialInterval', 'maxInterval']);

/** A value for a sentence; undefined when it is too long or has parts. */
const valueText = (value: unknown, tokens: readonly string[]): string | undefined => {
  if (value === undefined || (typeof value === 'object' && value !== null)) return undefined;
  if (typeof value !== 'string') return JSON.stringify(value);
  if (tokens.length < 3 && durations.has(tokens.at(-1) ?? '')) return describeDuration(value);
  return value.length > maxValue ? undefined : `“${plain(value)}”`;
};
