/** The type of an expression: a walk of its tree over JSON Schemas, with what checks in it have established (`narrowing.ts`). */
import type { JsonSchema } from '../json.js';
import { checkEquality } from './check-equality.js';
import { checkMember } from './check-member.js';
import { functions, methods } from './functions.js';
import { kindSchemas } from './kind-schemas.js';
import { type Facts, factsWhen, noFacts, union } from './narrowing.js';
import { nearestName } from './nearest-name.js';
import { operators } from './operators.js';
import type { Overload } from './overload.js';
import { pathKey, placePath } from './path.js';
import { itemSchema, schemaKinds, unionOf, withoutNull } from './schema-walk.js';
import type { MacroNode, Node } from './syntax.js';
import type { Finding, SchemaScope } from './type-check.js';

/** What is known of a value. */
export interface Typed {
  /** Undefined when nothing is known. */
  readonly schema: JsonSchema | undefined;
  /** It may be absent, and then reads as null. */
  readonly optional: boolean;
}

/** What a check of a node needs. */
export interface Check {
  readonly scope: SchemaScope;
  readonly report: (finding: Finding) => void;
  readonly facts: Facts;
  /** The item of the macro around the node. */
  readonly local: Typed;
  /** Types another node in the same place. */
  readonly type: (node: Node, facts?: Facts) => Typed;
}

/** Nothing is known. */
export const anything: Typed = { schema: undefined, optional: false };

const known = (schema: JsonSchema | undefined): Typed => ({ schema, optional: false });

/** Types an expression and reports what is wrong with it. Offsets are those of the node. */
export const checkNode = (node: Node, scope: SchemaScope, report: (finding: Finding) => void): Typed =>
  check(node, scope, report, noFacts, anything);

const check = (
  node: Node,
  scope: SchemaScope,
  report: (finding: Finding) => void,
  facts: Facts,
  local: Typed,
): Typed => {
  const type = (inner: Node, more: Facts = noFacts): Typed =>
    check(inner, scope, report, union(facts, more), local);
  const context: Check = { scope, report, facts, local, type };
  switch (node.type) {
    case 'literal':
      return known(node.value === null ? kindSchemas.null : { type: typeof node.value, const: node.value });
    case 'local':
      return local;
    case 'name':
      return nameType(node, context);
    case 'member':
      return narrowed(checkMember(node, context), node, facts);
    case 'has':
      type(node.operand);
      return known(kindSchemas.boolean);
    case 'call':
      return overloadType(node, `${node.name}()`, overloadsOf(node), node.args, context);
    case 'binary':
      return overloadType(node, node.op, operators[node.op], [node.left, node.right], context);
    case 'unary':
      expectKind(node.operand, node.op === '!' ? 'boolean' : 'number', node.op, context);
      return known(node.op === '!' ? kindSchemas.boolean : kindSchemas.number);
    case 'equality':
      checkEquality(node, context);
      return known(kindSchemas.boolean);
    case 'logical':
      expectKind(node.left, 'boolean', node.op, context);
      expectKind(node.right, 'boolean', node.op, context, factsWhen(node.left, node.op === '&&'));
      return known(kindSchemas.boolean);
    case 'conditional':
      expectKind(node.test, 'boolean', '?', context);
      return eitherOf(type(node.yes, factsWhen(node.test, true)), type(node.no, factsWhen(node.test, false)));
    case 'list': {
      const items = node.items.map((item) => type(item));
      return known(listOf(items.length > 0 ? items.reduce(eitherOf) : anything));
    }
    case 'map':
      return known(mapSchema(node.entries, context));
    case 'macro':
      return macroType(node, context, (inner, item) => check(inner, scope, report, facts, item));
  }
};

const nameType = ({ name, start, end }: Extract<Node, { type: 'name' }>, { scope, report }: Check): Typed => {
  if (Object.hasOwn(scope, name)) return known(scope[name]);
  const suggestion = nearestName(name, Object.keys(scope));
  report({
    code: 'unknown_reference',
    message: `There is nothing called "${name}" here.${
      suggestion ? ` Did you mean "${suggestion}"?` : ` There is: ${Object.keys(scope).join(', ')}.`
    }`,
    start,
    end,
    ...(suggestion ? { suggestion } : {}),
  });
  return anything;
};

/** The type once the facts about the node's path are taken in. */
const narrowed = (typed: Typed, node: Node, facts: Facts): Typed => {
  const path = facts.size > 0 ? placePath(node) : undefined;
  const fact = path && facts.get(pathKey(path));
  if (!fact) return typed;
  return known(fact === 'notNull' ? withoutNull(typed.schema) : typed.schema);
};

const overloadsOf = ({ name, method }: Extract<Node, { type: 'call' }>): readonly Overload[] =>
  (method ? methods : functions).get(name) ?? [];

/** The type of an operation: what the overloads give that fit its operands. Reports operands that never fit or may be absent. */
const overloadType = (
  node: Node,
  label: string,
  overloads: readonly Overload[],
  args: readonly Node[],
  context: Check,
): Typed => {
  const types = args.map((arg) => context.type(arg));
  const kinds = types.map(({ schema }) => schemaKinds(schema));
  const fitting = overloads.filter(
    ({ takes }) =>
      takes.length === args.length && takes.every((kind, index) => kinds[index]?.has(kind) ?? true),
  );
  if (fitting.length === 0) {
    const operands = kinds.map((set) => (set ? [...set].join(' or ') : 'anything')).join(' and ');
    context.report({
      code: 'type_mismatch',
      message: `${label} does not take ${operands}.`,
      start: node.start,
      end: node.end,
    });
    return anything;
  }
  args.forEach((arg, index) => {
    const typed = types[index];
    if (typed) reportAbsent(arg, typed, label, context);
  });
  const [first, ...others] = fitting.map(({ gives }) => gives);
  return others.every((gives) => gives === first) ? known(first) : anything;
};

const expectKind = (
  node: Node,
  kind: 'boolean' | 'number',
  label: string,
  context: Check,
  facts: Facts = noFacts,
): void => {
  const typed = context.type(node, facts);
  const kinds = schemaKinds(typed.schema);
  if (kinds && !kinds.has(kind)) {
    context.report({
      code: 'type_mismatch',
      message: `${label} takes a ${kind}, not ${[...kinds].join(' or ')}.`,
      start: node.start,
      end: node.end,
    });
  } else reportAbsent(node, typed, label, context);
};

const reportAbsent = (node: Node, typed: Typed, label: string, { report }: Check): void => {
  if (!typed.optional && !schemaKinds(typed.schema)?.has('null')) return;
  report({
    code: 'maybe_absent',
    message: `A value here may be absent, and ${label} fails on null. Check it first, as in value != null && ….`,
    start: node.start,
    end: node.end,
  });
};

const eitherOf = (a: Typed, b: Typed): Typed => ({
  schema: a.schema && b.schema ? unionOf([a.schema, b.schema]) : undefined,
  optional: a.optional || b.optional,
});

const listOf = ({ schema, optional }: Typed): JsonSchema =>
  schema
    ? { type: 'array', items: optional ? unionOf([schema, kindSchemas.null]) : schema }
    : kindSchemas.array;

const mapSchema = (entries: readonly (readonly [Node, Node])[], { type }: Check): JsonSchema => {
  const properties: Record<string, JsonSchema> = {};
  let open = false;
  for (const [key, value] of entries) {
    type(key);
    const { schema, optional } = type(value);
    if (key.type !== 'literal') open = true;
    else
      properties[String(key.value)] =
        (schema && optional ? unionOf([schema, kindSchemas.null]) : schema) ?? {};
  }
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: open };
};

const macroType = (node: MacroNode, context: Check, typeItem: (node: Node, item: Typed) => Typed): Typed => {
  const range = context.type(node.range);
  const kinds = schemaKinds(range.schema);
  if (kinds && !kinds.has('array') && !kinds.has('object')) {
    context.report({
      code: 'type_mismatch',
      message: `${node.name}() takes a list or an object, not ${[...kinds].join(' or ')}.`,
      start: node.range.start,
      end: node.range.end,
    });
    return anything;
  }
  reportAbsent(node.range, range, `${node.name}()`, context);
  const item = kinds?.has('object') ? anything : known(itemSchema(range.schema));
  for (const test of node.predicate ? [node.predicate] : []) {
    expectKind(test, 'boolean', `${node.name}()`, { ...context, type: (inner) => typeItem(inner, item) });
  }
  if (node.name === 'map') return known(listOf(node.transform ? typeItem(node.transform, item) : item));
  if (node.name === 'filter') return known(listOf(item));
  return known(kindSchemas.boolean);
};
