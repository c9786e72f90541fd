import { isPlainQuote } from './check-member.js';
import type { Check, Typed } from './check-node.js';
import { nearestName } from './nearest-name.js';
import { enumValues, itemSchema, schemaKinds } from './schema-walk.js';
import type { EqualityNode, Node } from './syntax.js';

/** Reports comparisons that are never true: of different kinds, or with a value the other side cannot have. */
export const checkEquality = (node: EqualityNode, context: Check): void => {
  const left = context.type(node.left);
  const right = context.type(node.right);
  if (node.op !== 'in') {
    if (compareKinds(node, left, right, context)) return;
    compareValues(node.left, right, context);
    compareValues(node.right, left, context);
    return;
  }
  checkContainer(node, right, context);
  const values = node.right.type === 'list' ? node.right.items : [];
  for (const value of values) compareValues(value, left, context);
  compareValues(node.left, { schema: itemSchema(right.schema), optional: false }, context);
};

const compareKinds = (node: EqualityNode, left: Typed, right: Typed, { report }: Check): boolean => {
  const a = schemaKinds(left.schema);
  const b = schemaKinds(right.schema);
  // Comparing with null is how absence is checked: always sensible.
  if (!a || !b || a.has('null') || b.has('null')) return false;
  if ([...a].some((kind) => b.has(kind))) return false;
  report({
    code: 'type_mismatch',
    message: `This compares ${[...a].join(' or ')} with ${[...b].join(' or ')}, which are never equal.`,
    start: node.start,
    end: node.end,
  });
  return true;
};

/** A literal that is not among the values the other side can have. */
const compareValues = (literal: Node, other: Typed, { report }: Check): void => {
  if (literal.type !== 'literal' || literal.value === null) return;
  const values = enumValues(other.schema);
  if (!values || values.includes(literal.value)) return;
  const names = values.filter((value) => typeof value === 'string');
  const nearest = isPlainQuote(literal) ? nearestName(String(literal.value), names) : undefined;
  const suggestion = nearest !== undefined && /^[^"'\\\n]+$/.test(nearest) ? nearest : undefined;
  const listed = values.filter((value) => value !== null).slice(0, 20);
  report({
    code: 'type_mismatch',
    message: `The value is never ${JSON.stringify(literal.value)}. It is one of: ${listed.map((value) => JSON.stringify(value)).join(', ')}.`,
    // Inside the quotes, so that a suggestion can take the place of the text alone.
    start: suggestion ? literal.start + 1 : literal.start,
    end: suggestion ? literal.end - 1 : literal.end,
    ...(suggestion ? { suggestion } : {}),
  });
};

const checkContainer = (node: EqualityNode, container: Typed, { report }: Check): void => {
  const place = { start: node.right.start, end: node.right.end };
  const kinds = schemaKinds(container.schema);
  if (kinds && !kinds.has('array') && !kinds.has('object')) {
    report({
      code: 'type_mismatch',
      message: `in takes a list or an object on its right, not ${[...kinds].join(' or ')}.`,
      ...place,
    });
  } else if (container.optional || kinds?.has('null')) {
    report({
      code: 'maybe_absent',
      message: 'The list may be absent, and in fails on null. Check it first, as in list != null && ….',
      ...place,
    });
  }
};
