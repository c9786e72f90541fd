import { humanize, lowerFirst } from '../ui/humanize.js';

/** A piece of a template: text as it stands, or a reference in words with its expression. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly text: string; readonly expression: string };

/** Splits a template such as `Status of ${{ inputs.facility }}` for display. */
export const templateParts = (template: string): readonly TemplatePart[] => {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of template.matchAll(/(?<!\$)\$\{\{\s*(.*?)\s*\}\}/gs)) {
    if (match.index > end) parts.push({ kind: 'text', text: template.slice(end, match.index) });
    const expression = match[1] ?? '';
    parts.push({ kind: 'reference', text: expressionText(expression), expression });
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ kind: 'text', text: template.slice(end) });
  return parts;
};

/** A condition in words where it is simple, as written where it is not. */
export const conditionText = (template: string): string => {
  const [only, ...others] = templateParts(template);
  return only?.kind === 'reference' && others.length === 0 ? only.text : template;
};

const path = String.raw`[A-Za-z_][\w]*(?:\.[A-Za-z_][\w]*|\[\d+\])*`;
const comparison = new RegExp(
  `^(${path})\\s*(==|!=|>=|<=|>|<)\\s*("[^"]*"|'[^']*'|-?[\\d.]+|true|false|null)$`,
);

const operators: Readonly<Record<string, string>> = {
  '==': 'is',
  '!=': 'is not',
  '>': 'over',
  '>=': 'at least',
  '<': 'under',
  '<=': 'at most',
};

const expressionText = (expression: string): string => {
  if (new RegExp(`^${path}$`).test(expression)) return pathText(expression);
  if (new RegExp(`^!\\s*${path}$`).test(expression)) {
    return `Not ${lowerFirst(pathText(expression.slice(1).trim()))}`;
  }
  const [, left, operator, right] = comparison.exec(expression) ?? [];
  if (left === undefined || operator === undefined || right === undefined) return expression;
  return `${pathText(left)} ${operators[operator] ?? operator} ${right.replace(/^["']|["']$/g, '')}`;
};

/** `steps.inbox.output.hasReply` is "Has reply"; a whole output is named after its step. */
const pathText = (expression: string): string => {
  const names = expression.split(/[.[\]]/).filter((name) => name !== '' && !/^\d+$/.test(name));
  const last = names.at(-1) ?? expression;
  return humanize(last === 'output' || last === 'error' ? `${names.at(-2) ?? ''} ${last}` : last);
};
