import { compileTemplates, toText } from '../expressions/compile.js';
import type { Scope } from '../expressions/frame.js';
import { secretName } from '../expressions/secret-name.js';
import { splitTemplate } from '../expressions/split-template.js';
import type { Json, JsonObject } from '../json.js';
import type { SecretText } from './runtime.js';

/** An action's input, ready to be evaluated: secrets stay templates in it. */
export interface CompiledInput {
  /** Throws `expression_failed`. */
  evaluate(scope: Scope): { readonly input: Json; readonly secrets: readonly SecretText[] };
}

/** Compiles the input of an action or a compensation. Throws `expression_failed` on a syntax error. */
export const compileInput = (value: JsonObject): CompiledInput => {
  const templates = compileTemplates(value);
  const references = templates.references.filter(({ path }) => path[0] === 'secrets');
  if (references.length === 0) {
    return { evaluate: (scope) => ({ input: templates.evaluate(scope), secrets: [] }) };
  }
  const texts = secretTexts(value, []);
  const shown = Object.fromEntries(
    references.map(({ path, template }) => [String(path[1]), `\${{ ${template.trim()} }}`]),
  );
  return {
    evaluate: (scope) => ({
      input: templates.evaluate({ ...scope, secrets: shown }),
      secrets: texts.map(({ at, parts }) => ({ at, parts: parts.map((part) => part(scope)) })),
    }),
  };
};

type Part = (scope: Scope) => SecretText['parts'][number];

interface CompiledText {
  readonly at: readonly string[];
  readonly parts: readonly Part[];
}

const secretTexts = (value: Json, at: readonly string[]): readonly CompiledText[] => {
  if (typeof value === 'string') {
    const parts = compileParts(value);
    return parts ? [{ at, parts }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => secretTexts(item, [...at, key]));
};

/** Undefined when no secret stands in the text. */
const compileParts = (text: string): readonly Part[] | undefined => {
  const parts: Part[] = [];
  let end = 0;
  const addText = (until: number): void => {
    if (until === end) return;
    const templates = compileTemplates(text.slice(end, until));
    parts.push((scope) => toText(templates.evaluate(scope)));
  };
  for (const part of splitTemplate(text)) {
    const secret = part.type === 'expression' ? secretName(part.source) : undefined;
    if (part.type === 'text' || secret === undefined) continue;
    addText(part.offset - '${{'.length);
    parts.push(() => ({ secret }));
    end = part.offset + part.source.length + '}}'.length;
  }
  if (parts.length === 0) return undefined;
  addText(text.length);
  return parts;
};
