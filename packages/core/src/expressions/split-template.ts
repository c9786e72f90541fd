import { fail } from './fail.js';

/** Literal text, or the expression between `${{` and `}}` with the offset of its first character in the whole string. */
export type TemplatePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'expression'; readonly source: string; readonly offset: number };

const open = '${{';

/**
 * Splits a string into text and expressions. An expression ends at the first `}}` outside quotes and braces;
 * `$${{` is a literal `${{`. Throws `expression_failed` when an expression has no end.
 */
export const splitTemplate = (text: string): readonly TemplatePart[] => {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  for (let next = text.indexOf(open); next !== -1; next = text.indexOf(open, at)) {
    if (next > at && text[next - 1] === '$') {
      literal += text.slice(at, next - 1) + open;
      at = next + open.length;
      continue;
    }
    literal += text.slice(at, next);
    if (literal !== '') parts.push({ type: 'text', text: literal });
    literal = '';
    const offset = next + open.length;
    const end = expressionEnd(text, offset);
    parts.push({ type: 'expression', source: text.slice(offset, end), offset });
    at = end + 2;
  }
  literal += text.slice(at);
  if (literal !== '' || parts.length === 0) parts.push({ type: 'text', text: literal });
  return parts;
};

const expressionEnd = (text: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"' || char === "'") at = quoteEnd(text, at);
    else if (char === '{') depth += 1;
    else if (char === '}' && depth > 0) depth -= 1;
    else if (char === '}' && text[at + 1] === '}') return at;
  }
  return fail(`The template that starts at character ${start - open.length} has no end. Close it with }}.`);
};

/** The last character of the quoted text that starts at `start`: CEL has 'a', "a", their triple forms and raw r'a'. */
const quoteEnd = (text: string, start: number): number => {
  const quote = text.charAt(start);
  const close = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let at = start + close.length; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(close, at)) return at + close.length - 1;
  }
  return text.length;
};
