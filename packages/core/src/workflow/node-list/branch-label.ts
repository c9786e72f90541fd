import { isRecord } from '../../json.js';
import type { ActionSpec } from '../action-spec.js';

/** An action step whose output a label speaks of. */
export interface LabelSource {
  readonly stepId: string;
  readonly spec: ActionSpec;
}

/** True for a label of the way that is taken when no other fits. */
export const isElseLabel = (label: string): boolean => /^(otherwise|default|else|other)$/i.test(label);

/**
 * The condition a label stands for: `partial` is a value of one of the output's fields, or of its `status`;
 * `gibberish` may be a yes-or-no field (`is_gibberish`); `incomplete/gibberish` is either.
 * Undefined when the output has nothing that tells.
 */
export const labelCondition = (label: string, { stepId, spec }: LabelSource): string | undefined => {
  const conditions = label
    .split('/')
    .map((word) => wordTest(word.trim(), spec))
    .map((test) => test && `steps.${stepId}.output${member(test.field)} == ${JSON.stringify(test.value)}`);
  return conditions.includes(undefined) ? undefined : `\${{ ${conditions.join(' || ')} }}`;
};

interface WordTest {
  readonly field: string;
  readonly value: string | true;
}

const wordTest = (word: string, { outputSchema }: ActionSpec): WordTest | undefined => {
  const properties = isRecord(outputSchema.properties) ? outputSchema.properties : {};
  for (const [field, schema] of Object.entries(properties)) {
    const values: readonly unknown[] = isRecord(schema) && Array.isArray(schema.enum) ? schema.enum : [];
    const value = values.find((each) => typeof each === 'string' && same(each, word));
    if (typeof value === 'string') return { field, value };
  }
  for (const [field, schema] of Object.entries(properties)) {
    const isFlag = isRecord(schema) && [schema.type].flat().includes('boolean');
    if (isFlag && (same(field, word) || same(field, `is${word}`))) return { field, value: true };
  }
  const open = outputSchema.properties === undefined;
  return open || Object.hasOwn(properties, 'status') ? { field: 'status', value: word } : undefined;
};

const same = (left: string, right: string): boolean => fold(left) === fold(right);

const fold = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]/g, '');

const member = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

/** The label the first version guessed from a target's id. */
export const guessLabel = (targetId: string): string | undefined => {
  const id = targetId.toLowerCase();
  if (/gibberish|escalat/.test(id)) return 'incomplete/gibberish';
  if (id.includes('partial')) return 'partial';
  return id.includes('complete') && !id.includes('incomplete') ? 'complete' : undefined;
};
