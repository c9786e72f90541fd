import type { Condition } from '../language/clauses.js';
import { findDurations } from '../language/durations.js';
import { withoutLiterals } from '../language/mask.js';
import { concept, concepts, words } from '../language/tokens.js';
import { mayBe } from './schema.js';
import { type Field, fieldsOf, type Source } from './sources.js';

/** A condition over the output of an earlier step. */
export interface Resolved {
  /** CEL, a boolean, without `${{ }}`. */
  readonly expression: string;
  readonly source: Source;
  /** Names one output of the source, to tell the cases of one question from those of another. */
  readonly subject: string;
}

type Test = { readonly expression: string; readonly score: number };

const negations =
  /\b(?:no|not|never|without|nobody|none|nothing|neither|isn['’]?t|aren['’]?t|wasn['’]?t|hasn['’]?t|haven['’]?t|doesn['’]?t|don['’]?t|didn['’]?t|no[- ]one|silence|silent|missing|fails?|failed|absent)\b/i;

/**
 * Reads a condition against what is visible, nearest source first: numbers ("more than 60 minutes late"), enumerated values
 * ("partial"), booleans ("no reply"), lists ("there are any"). Undefined when no output fits.
 */
export const resolveCondition = (
  { text, negated }: Condition,
  visible: readonly Source[],
): Resolved | undefined => {
  const parts = text.split(/\s+(and|or)\s+/i);
  if (parts.length === 3) {
    const [left = '', joint = '', right = ''] = parts;
    const a = resolvePart(left, visible);
    const b = resolvePart(right, visible);
    if (a && b && a.expression !== b.expression) {
      const sign = joint.toLowerCase() === 'and' ? '&&' : '||';
      const both = `(${a.expression}) ${sign} (${b.expression})`;
      return { ...b, expression: negated ? `!(${both})` : both };
    }
  }
  const resolved = resolvePart(text, visible);
  return resolved && negated ? { ...resolved, expression: negate(resolved.expression) } : resolved;
};

/** The opposite of a condition, without a double negation. */
const negate = (expression: string): string => {
  if (/^![\w.]+$/.test(expression)) return expression.slice(1);
  return /^[\w.]+$/.test(expression) ? `!${expression}` : `!(${expression})`;
};

const resolvePart = (text: string, visible: readonly Source[]): Resolved | undefined => {
  let best: (Resolved & { score: number }) | undefined;
  for (const [distance, source] of [...visible].reverse().entries()) {
    for (const field of fieldsOf(source)) {
      if (field.list !== undefined) continue;
      const test = testOf(text, field);
      // Of two outputs that fit equally the nearer one is meant.
      const score = test ? test.score - distance * 0.05 : 0;
      if (test && score > (best?.score ?? 0.3)) {
        best = { expression: test.expression, source, subject: field.expression, score };
      }
    }
  }
  return best;
};

const testOf = (text: string, field: Field): Test | undefined => {
  if (field.property.enumValues.length > 0) return enumTest(text, field);
  if (field.property.types.includes('boolean')) return booleanTest(text, field);
  if (field.property.types.some((type) => type === 'number' || type === 'integer'))
    return numberTest(text, field);
  if (field.property.types.includes('array')) return listTest(text, field);
  if (mayBe(field.property, 'string')) return textTest(text, field);
  return undefined;
};

const overlap = (text: string, field: Field): number => {
  const asked = new Set(concepts(text));
  const named = field.path.filter((term) => !auxiliary.has(term));
  const hits = named.filter((term) => asked.has(term)).length;
  const described = concepts(field.property.description).filter((term) => asked.has(term)).length;
  return hits / Math.max(named.length, 1) + Math.min(described, 2) * 0.2;
};

/** Parts of field names that say nothing about the subject. */
const auxiliary = new Set([
  'ha',
  'has',
  'is',
  'was',
  'are',
  'minut',
  'hour',
  'dai',
  'second',
  'count',
  'number',
  'any',
  'got',
  'valu',
]);

const enumTest = (text: string, field: Field): Test | undefined => {
  const spoken = words(text).map(concept).join(' ');
  for (const value of [...field.property.enumValues].sort((a, b) => b.length - a.length)) {
    const wanted = words(value).map(concept).join(' ');
    if (wanted === '' || !` ${spoken} `.includes(` ${wanted} `)) continue;
    const rest = ` ${spoken} `.replace(` ${wanted} `, ' ');
    // "incomplete" and "complete" share no stem, so a plain "not" is the only negation.
    const sign = /\b(?:not|isnt|never|arent|wasnt)\b/.test(rest) ? '!=' : '==';
    return { expression: `${field.expression} ${sign} "${value}"`, score: 1.1 + overlap(text, field) * 0.2 };
  }
  return undefined;
};

const booleanTest = (text: string, field: Field): Test | undefined => {
  const score = overlap(text, field);
  if (score < 0.2) return undefined;
  const plain = field.optional ? `${field.expression} == true` : field.expression;
  const not = field.optional ? `${field.expression} != true` : `!${field.expression}`;
  return { expression: isNegative(text) ? not : plain, score };
};

const isNegative = (text: string): boolean => negations.test(text);

const comparisons: readonly (readonly [RegExp, string])[] = [
  [/\b(?:at least|no less than|or more|minimum of)\b|>=|≥/i, '>='],
  [/\b(?:at most|no more than|or less|up to|maximum of)\b|<=|≤/i, '<='],
  [/\b(?:less than|fewer than|under|below|earlier than|lower than|smaller than)\b|</i, '<'],
  [
    /\b(?:more than|greater than|over|above|exceeds?|exceeding|longer than|later than|higher than|bigger than|beyond)\b|>/i,
    '>',
  ],
  [/\b(?:within)\b/i, '<='],
  [/\b(?:exactly|equals?)\b|=/i, '=='],
];
const units: readonly (readonly [RegExp, number])[] = [
  [/day/i, 86_400_000],
  [/hour/i, 3_600_000],
  [/minute/i, 60_000],
  [/second/i, 1000],
];

const numberTest = (text: string, field: Field): Test | undefined => {
  const score = overlap(text, field);
  const plain = withoutLiterals(text);
  const duration = findDurations(plain)[0];
  const amount = /(?<![\w.])\d{1,12}(?:\.\d{1,6})?/.exec(plain)?.[0];
  const unit =
    units.find(([name]) => name.test(field.property.name))?.[1] ??
    units.find(([name]) => name.test(field.property.description))?.[1];
  // A bare "more than 60 minutes" is about the one output that is counted in time.
  const fits = score >= 0.2 ? score : duration && unit ? 0.35 : 0;
  if (fits === 0) return undefined;
  const value =
    duration && unit
      ? Math.round((duration.ms / unit) * 1000) / 1000
      : amount === undefined
        ? undefined
        : Number(amount);
  if (
    value === undefined &&
    !/\b(?:late|delayed|delay|any|positive|behind|overdue|on time|punctual)\b/i.test(text)
  )
    return undefined;
  const onTime = /\b(?:on time|punctual)\b/i.test(text) || (value === undefined && isNegative(text));
  const sign =
    value === undefined
      ? onTime
        ? '<='
        : '>'
      : (comparisons.find(([pattern]) => pattern.test(plain))?.[1] ?? '>');
  const test = `${field.expression} ${sign} ${value ?? 0}`;
  return {
    expression: field.optional ? `${field.expression} != null && ${test}` : test,
    score: fits + (value === undefined ? 0 : 0.5),
  };
};

const listTest = (text: string, field: Field): Test | undefined => {
  const score = overlap(text, field);
  const asks = /\b(?:any|some|none|no|empty|found|are there|there are|there is|nothing|at least one)\b/i.test(
    text,
  );
  if (!asks || score < 0.4) return undefined;
  const none = isNegative(text) || /\bempty\b/i.test(text);
  return { expression: `size(${field.expression}) ${none ? '==' : '>'} 0`, score: score * 0.8 };
};

const textTest = (text: string, field: Field): Test | undefined => {
  const score = overlap(text, field);
  if (score < 0.5) return undefined;
  const value = /\b(?:is|equals?|=)\s+(?:not\s+)?["“']?([\w-]{1,60})["”']?\s*$/i.exec(text)?.[1];
  if (value === undefined || /^(?:there|missing|known|empty|found|ok|set)$/i.test(value)) {
    if (!/\b(?:no|missing|empty|there is|has|have|known|found|without)\b/i.test(text)) return undefined;
    return {
      expression: `${field.expression} ${isNegative(text) || /\bempty\b/i.test(text) ? '==' : '!='} null`,
      score: score * 0.7,
    };
  }
  return {
    expression: `${field.expression} ${/\bnot\b|n['’]t\b/i.test(text) ? '!=' : '=='} "${value}"`,
    score,
  };
};
