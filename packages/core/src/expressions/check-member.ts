import type { Check, Typed } from './check-node.js';
import { itemSchema, memberSchema, schemaKinds } from './schema-walk.js';
import type { MemberNode, Node } from './syntax.js';

/** The type of `a.b`, `a["b"]` or `a[i]`. A field of what may be absent may be absent too. Reports fields that do not exist. */
export const checkMember = (node: MemberNode, { type, report }: Check): Typed => {
  const object = type(node.object);
  const { key } = node;
  if (key.type !== 'literal') {
    type(key);
    const lists = schemaKinds(object.schema)?.has('object') === false;
    return { schema: lists ? itemSchema(object.schema) : undefined, optional: true };
  }
  if (typeof key.value !== 'string' && typeof key.value !== 'number') {
    report({
      code: 'type_mismatch',
      message: 'A field is named by text, an item by a number.',
      start: key.start,
      end: key.end,
    });
    return { schema: undefined, optional: true };
  }
  const member = memberSchema(object.schema, key.value);
  if (!('missing' in member)) return { schema: member.schema, optional: member.optional || object.optional };
  const where = describe(node.object);
  const isReference = where === 'steps' || where === 'vars';
  const { suggestion, known } = member;
  const hint = suggestion
    ? ` Did you mean "${suggestion}"?`
    : known.length > 0
      ? ` There is: ${known.slice(0, 20).join(', ')}.`
      : '';
  // A suggestion takes the place of the name alone, so it has to fit there: inside the quotes, or behind the dot.
  const quoted = isPlainQuote(key) ? 1 : 0;
  const replaces = quoted ? /^[^"'\\\n]+$/ : /^[A-Za-z_]\w*$/;
  report({
    code: isReference ? 'unknown_reference' : 'unknown_field',
    message: `${missingSentence(where, key.value)}${hint}`,
    start: key.start + quoted,
    end: key.end - quoted,
    ...(suggestion !== undefined && replaces.test(suggestion) ? { suggestion } : {}),
  });
  return { schema: undefined, optional: false };
};

/** Whether a literal stands in one pair of quotes, without escapes. */
export const isPlainQuote = (literal: Extract<Node, { readonly type: 'literal' }>): boolean =>
  typeof literal.value === 'string' && literal.end - literal.start === literal.value.length + 2;

const missingSentence = (where: string, key: string | number): string => {
  if (where === 'steps') return `No step "${key}" can be read here: only steps that ran before.`;
  if (where === 'vars') return `No variable "${key}" is set before this.`;
  return `${where} has no ${typeof key === 'number' ? 'item' : 'field'} "${key}".`;
};

const describe = (node: Node): string => {
  if (node.type === 'name') return node.name;
  if (node.type === 'member' && node.key.type === 'literal')
    return `${describe(node.object)}.${node.key.value}`;
  return 'The value';
};
