/**
 * The one place that knows the CEL library. Its parser is used, for CEL's grammar, precedence, escapes and limits. Its evaluator
 * is not: it counts in 64-bit integers (5/2 is 2), fails where a field is absent, and has no budget. See `evaluate.ts`.
 */
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { fail } from './fail.js';
import { functions, methods } from './functions.js';
import { nearestName } from './nearest-name.js';
import type { MacroName, MemberNode, Node } from './syntax.js';

/** Longest text of one expression, in UTF-16 units. */
const maxLength = 10_000;

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 1000, maxDepth: 40, maxListElements: 500, maxMapEntries: 500, maxCallArguments: 8 },
});

const macros: ReadonlyMap<string, MacroName> = new Map(
  (['all', 'exists', 'exists_one', 'filter', 'map'] as const).map((name) => [name, name] as const),
);

/** Names that reach into JavaScript objects. */
const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Trees by text: a definition is checked after every edit and compiled again at every recovery, and few of its texts are new. */
const parsed = new Map<string, Node>();

/** Some megabytes at most. */
const mostKept = 5000;
const longestKept = 200;

/**
 * Parses an expression. Throws `expression_failed` for a syntax error, an unknown function, the names `__proto__`, `constructor`
 * and `prototype`, a text over 10,000 characters or too deep, `matches` (a pattern can run for ever), and a macro inside another
 * macro's body (its cost multiplies).
 */
export const parseExpression = (source: string): Node => {
  if (source.length > maxLength)
    fail(`It has ${source.length} characters; at most ${maxLength} are allowed.`);
  const known = parsed.get(source);
  if (known) return known;
  if (source.length > longestKept) return toNode(parseAst(source), undefined);
  // A copy: a slice would keep the text that it was cut out of.
  const copy = ` ${source}`.slice(1);
  const node = toNode(parseAst(copy), undefined);
  if (parsed.size >= mostKept) parsed.clear();
  parsed.set(copy, node);
  return node;
};

const parseAst = (source: string): ASTNode => {
  try {
    return environment.parse(source).ast;
  } catch (error) {
    if (error instanceof ParseError) return fail(`${error.summary} at character ${error.range?.start ?? 0}.`);
    // A long row of prefix operators exhausts the stack before the parser counts its nodes.
    if (error instanceof RangeError) return fail('It is nested too deeply.');
    throw error;
  }
};

/** `local` is the variable of the macro around the node. */
const toNode = (ast: ASTNode, local: string | undefined): Node => {
  const place = { start: ast.start, end: ast.end };
  const inner = (child: ASTNode): Node => toNode(child, local);
  switch (ast.op) {
    case 'value':
      return { type: 'literal', value: literalValue(ast.args), ...place };
    case 'id':
      if (ast.args === local) return { type: 'local', ...place };
      return { type: 'name', name: allowed(ast.args), ...place };
    case '.': {
      const key = { type: 'literal', value: allowed(ast.args[1]), start: ast.pos, end: ast.end } as const;
      return { type: 'member', object: inner(ast.args[0]), key, ...place };
    }
    case '[]': {
      const [object, key] = ast.args;
      if (key.op === 'value' && typeof key.args === 'string') allowed(key.args);
      return { type: 'member', object: inner(object), key: inner(key), ...place };
    }
    case 'call':
      if (ast.args[0] === 'has')
        return { type: 'has', operand: hasOperand(ast.args[1].map(inner)), ...place };
      return callNode(ast.args[0], false, ast.args[1].map(inner), place);
    case 'rcall':
      if (macros.has(ast.args[0])) return macroNode(ast, ast.args, local);
      return callNode(ast.args[0], true, [ast.args[1], ...ast.args[2]].map(inner), place);
    case 'list':
      return { type: 'list', items: ast.args.map(inner), ...place };
    case 'map':
      return {
        type: 'map',
        entries: ast.args.map(([key, value]) => [inner(key), inner(value)] as const),
        ...place,
      };
    case '?:':
      return {
        type: 'conditional',
        test: inner(ast.args[0]),
        yes: inner(ast.args[1]),
        no: inner(ast.args[2]),
        ...place,
      };
    case '||':
    case '&&':
      return { type: 'logical', op: ast.op, left: inner(ast.args[0]), right: inner(ast.args[1]), ...place };
    case '!_':
      return { type: 'unary', op: '!', operand: inner(ast.args), ...place };
    case '-_':
      return { type: 'unary', op: '-', operand: inner(ast.args), ...place };
    case '==':
    case '!=':
    case 'in':
      return { type: 'equality', op: ast.op, left: inner(ast.args[0]), right: inner(ast.args[1]), ...place };
    case '.?':
    case '[?]':
      return fail('Optional access is not supported. An absent field reads as null already.');
    default:
      return { type: 'binary', op: ast.op, left: inner(ast.args[0]), right: inner(ast.args[1]), ...place };
  }
};

const literalValue = (value: Extract<ASTNode, { op: 'value' }>['args']): null | boolean | number | string => {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? Number(value) : value;
  return value instanceof Uint8Array ? fail('Bytes are not supported. Write text.') : Number(value.valueOf());
};

const allowed = (name: string): string =>
  forbidden.has(name) ? fail(`The name "${name}" is not allowed.`) : name;

const hasOperand = (args: readonly Node[]): MemberNode => {
  const operand = args[0];
  if (args.length !== 1 || operand?.type !== 'member')
    return fail('has() takes one field, as in has(inputs.note).');
  return operand;
};

const callNode = (
  name: string,
  method: boolean,
  args: readonly Node[],
  place: { readonly start: number; readonly end: number },
): Node => {
  if (name === 'matches') fail('matches() is not supported. Use contains(), startsWith() or endsWith().');
  if (name === 'dyn' && !method && args[0] && args.length === 1) return args[0];
  const known = method ? methods : functions;
  const overloads = known.get(name);
  if (!overloads) {
    const nearest = nearestName(name, [...known.keys(), ...(method ? macros.keys() : ['has'])]);
    return fail(
      `There is no ${method ? 'method' : 'function'} ${name}().${nearest ? ` Did you mean ${nearest}()?` : ''}`,
    );
  }
  if (!overloads.some(({ takes }) => takes.length === args.length)) {
    fail(`${name}() does not take ${args.length - (method ? 1 : 0)} arguments.`);
  }
  return { type: 'call', name, method, args, ...place };
};

const macroNode = (
  place: { readonly start: number; readonly end: number },
  [name, receiver, args]: Extract<ASTNode, { op: 'rcall' }>['args'],
  local: string | undefined,
): Node => {
  const macro = macros.get(name);
  const [variable, ...body] = args;
  if (!macro || variable?.op !== 'id' || body.length === 0 || body.length > (macro === 'map' ? 2 : 1)) {
    return fail(`${name}() takes a variable and an expression, as in list.${name}(x, x.weight > 5).`);
  }
  if (local !== undefined) fail(`${name}() cannot stand inside another macro. Use a forEach step.`);
  const range = toNode(receiver, local);
  const parts = body.map((part) => toNode(part, allowed(variable.args)));
  const node = { type: 'macro', name: macro, range, start: place.start, end: place.end } as const;
  const [first, second] = parts;
  if (macro !== 'map') return { ...node, ...(first ? { predicate: first } : {}) };
  const transform = second ?? first;
  return { ...node, ...(second && first ? { predicate: first } : {}), ...(transform ? { transform } : {}) };
};
