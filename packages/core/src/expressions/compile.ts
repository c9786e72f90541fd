/** Templates in JSON values: parsed once, evaluated many times. */
import { isRecord, type Json } from '../json.js';
import { parseExpression } from './cel.js';
import { compileNode } from './evaluate.js';
import { fail, inTemplate } from './fail.js';
import { newFrame, type Scope } from './frame.js';
import { collectReferences, type PlacedReference, type Reference } from './references.js';
import { splitTemplate } from './split-template.js';
import { toJson } from './to-json.js';
import { asBoolean } from './values.js';

/** A JSON value whose strings may hold templates. */
export interface CompiledTemplates {
  /** What the templates read, in reading order. */
  readonly references: readonly PlacedReference[];
  /** The value with every template evaluated. Throws `expression_failed`, naming the template. */
  evaluate(scope: Scope): Json;
}

/** A boolean template. */
export interface CompiledCondition {
  readonly references: readonly Reference[];
  /** Throws `expression_failed` when it fails or yields no boolean. */
  test(scope: Scope): boolean;
}

/** Deepest nesting of a value with templates. */
const maxDepth = 200;

/** Whether the text holds a template, `${{ … }}`; the escaped `$${{` is none. */
export const isTemplate = (text: string): boolean => /(?<!\$)\$\{\{/.test(text);

/**
 * Compiles every template in a JSON value. A string that is one template keeps its value's type; any other becomes text (null
 * is "", objects are JSON). What holds no template is shared, not copied.
 * Throws `expression_failed` on a syntax error or a forbidden key.
 *
 * @example
 * compileTemplates({ subject: 'Status of ${{ inputs.facility }}' }).evaluate({ inputs: { facility: 'Kiel' } });
 */
export const compileTemplates = (value: Json): CompiledTemplates => {
  const references: PlacedReference[] = [];
  const evaluate = compileValue(value, '', references, 0);
  return { references, evaluate: evaluate ?? (() => value) };
};

/**
 * Compiles a condition: a string that is one template. Throws `expression_failed` on a syntax error and for any other string.
 *
 * @example
 * compileCondition('${{ steps.inbox.output.hasReply }}').test({ steps: { inbox: { output: { hasReply: true } } } });
 */
export const compileCondition = (template: string): CompiledCondition => {
  const [part, ...rest] = splitTemplate(template.trim());
  if (part?.type !== 'expression' || rest.length > 0) {
    return fail(
      `A condition is one template, such as \${{ inputs.urgent }}. "${template.slice(0, 60)}" is not.`,
    );
  }
  const { source } = part;
  const offset = part.offset + template.length - template.trimStart().length;
  const node = inTemplate(source, () => parseExpression(source));
  const evaluate = compileNode(node);
  return {
    references: collectReferences(node, source, offset),
    test: (scope) => inTemplate(source, () => asBoolean(evaluate(newFrame(scope)), 'The condition')),
  };
};

type Evaluator = (scope: Scope) => Json;

/** Undefined when the value has no template and no escape: it is its own result. */
const compileValue = (
  value: Json,
  pointer: string,
  references: PlacedReference[],
  depth: number,
): Evaluator | undefined => {
  if (typeof value === 'string') return compileText(value, pointer, references);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > maxDepth) return fail(`The value is nested more than ${maxDepth} deep.`);
  if (!isRecord(value)) {
    const items = value.map((item, index) =>
      compileValue(item, `${pointer}/${index}`, references, depth + 1),
    );
    if (items.every((item) => item === undefined)) return undefined;
    return (scope) =>
      value.map((item, index) => {
        const evaluate = items[index];
        return evaluate ? evaluate(scope) : item;
      });
  }
  const entries = Object.entries(value).map(([key, item]) => {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      fail(`The key "${key}" is not allowed.`);
    return [
      key,
      item,
      compileValue(item, `${pointer}/${escapePointer(key)}`, references, depth + 1),
    ] as const;
  });
  if (entries.every(([, , evaluate]) => evaluate === undefined)) return undefined;
  return (scope) => {
    // A plain assignment is safe: `__proto__` is refused above.
    const result: Record<string, Json> = {};
    for (const [key, item, evaluate] of entries) result[key] = evaluate ? evaluate(scope) : item;
    return result;
  };
};

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

const compileText = (text: string, pointer: string, references: PlacedReference[]): Evaluator | undefined => {
  const parts = splitTemplate(text).map((part): string | Evaluator => {
    if (part.type === 'text') return part.text;
    const { source, offset } = part;
    const node = inTemplate(source, () => parseExpression(source));
    for (const reference of collectReferences(node, source, offset))
      references.push({ ...reference, pointer });
    const evaluate = compileNode(node);
    return (scope) => inTemplate(source, () => toJson(evaluate(newFrame(scope))));
  });
  const [first] = parts;
  if (parts.length > 1) {
    return (scope) => parts.map((part) => (typeof part === 'string' ? part : toText(part(scope)))).join('');
  }
  if (typeof first !== 'string') return first;
  return first === text ? undefined : () => first;
};

/** A value as it stands between text: null is "", objects are JSON. */
export const toText = (value: Json): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
