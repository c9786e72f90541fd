import { parseExpression } from '../expressions/cel.js';
import type { Json } from '../json.js';

/** The literals that stand in an expression. */
export const literalsOf = (source: string): readonly Json[] => {
  const found: Json[] = [];
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('type' in part && part.type === 'literal' && 'value' in part) found.push(literal(part.value));
    else for (const child of Object.values(part)) visit(child);
  };
  visit(parseExpression(source));
  return found;
};

/** Of the syntax tree's literals, which are null, a boolean, a number or a text. */
const literal = (value: unknown): Json =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
