/** Turns a syntax tree into a function, once; the function then runs many times. */
import { equals } from './equals.js';
import { fail } from './fail.js';
import { type Evaluate, type Frame, hideFailure, spend } from './frame.js';
import { functions, methods } from './functions.js';
import { compileMacro } from './macro.js';
import { hasMember, readMember } from './member.js';
import { operators } from './operators.js';
import { findOverload, type Overload } from './overload.js';
import type { Node } from './syntax.js';
import { asBoolean, type Kind, kindOf } from './values.js';

/** Compiles a node. Running it throws `expression_failed`, also when it exceeds the frame's budget. */
export const compileNode = (node: Node): Evaluate => {
  switch (node.type) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'name': {
      const { name } = node;
      return ({ scope }) =>
        Object.hasOwn(scope, name) ? scope[name] : fail(`There is nothing called ${name} here.`);
    }
    case 'local':
      return ({ local }) => local;
    case 'member':
      return compileMember(node.object, node.key);
    case 'has': {
      const read = compileNode(node.operand.object);
      const key = compileNode(node.operand.key);
      return (frame) => hasMember(read(frame), key(frame));
    }
    case 'call':
      return compileCall(
        `${node.name}()`,
        (node.method ? methods : functions).get(node.name) ?? [],
        node.args,
      );
    case 'binary':
      return compileCall(node.op, operators[node.op], [node.left, node.right]);
    case 'unary':
      return compileUnary(node.op, compileNode(node.operand));
    case 'equality':
      return compileEquality(node.op, compileNode(node.left), compileNode(node.right));
    case 'logical':
      return compileLogical(node.op === '||', compileNode(node.left), compileNode(node.right));
    case 'conditional': {
      const test = compileNode(node.test);
      const yes = compileNode(node.yes);
      const no = compileNode(node.no);
      return (frame) => (asBoolean(test(frame), 'The condition before ?') ? yes(frame) : no(frame));
    }
    case 'list': {
      const items = node.items.map(compileNode);
      return (frame) => items.map((item) => item(frame));
    }
    case 'map':
      return compileMap(node.entries);
    case 'macro':
      return compileMacro(node, compileNode);
  }
};

const compileMember = (objectNode: Node, keyNode: Node): Evaluate => {
  const object = compileNode(objectNode);
  if (keyNode.type === 'literal') {
    const key = keyNode.value;
    return (frame) => readMember(object(frame), key);
  }
  const key = compileNode(keyNode);
  return (frame) => {
    spend(frame, 1);
    return readMember(object(frame), key(frame));
  };
};

const compileCall = (label: string, overloads: readonly Overload[], argNodes: readonly Node[]): Evaluate => {
  const fitting = overloads.filter(({ takes }) => takes.length === argNodes.length);
  const args = argNodes.map(compileNode);
  return (frame) => {
    const values = args.map((arg) => arg(frame));
    for (const value of values) spendOn(frame, value);
    const chosen = findOverload(fitting, values);
    if (!chosen) return refuse(label, values.map(kindOf));
    const result = chosen.call(values);
    spendOn(frame, result);
    return result;
  };
};

const refuse = (label: string, kinds: readonly Kind[]): never =>
  fail(
    `${label} does not take ${kinds.join(' and ')}.${
      kinds.includes('null') ? ' A value is absent: check it first, as in x != null ? x : 0.' : ''
    }`,
  );

/** Text and lists cost by their length: joining two long lists is no single step. */
const spendOn = (frame: Frame, value: unknown): void => {
  if (typeof value === 'string') spend(frame, 1 + (value.length >> 4));
  else spend(frame, Array.isArray(value) ? 1 + value.length : 1);
};

const compileUnary =
  (op: '!' | '-', operand: Evaluate): Evaluate =>
  (frame) => {
    spend(frame, 1);
    const value = operand(frame);
    if (op === '!') return !asBoolean(value, 'What stands after !');
    return typeof value === 'number' ? -value : fail(`- does not take ${kindOf(value)}.`);
  };

const compileEquality = (op: '==' | '!=' | 'in', left: Evaluate, right: Evaluate): Evaluate => {
  if (op !== 'in') return (frame) => equals(left(frame), right(frame), frame) === (op === '==');
  return (frame) => {
    const value = left(frame);
    const container = right(frame);
    if (Array.isArray(container)) return container.some((item) => equals(value, item, frame));
    if (kindOf(container) !== 'object' || typeof container !== 'object' || container === null) {
      return fail(`in does not take ${kindOf(container)} on its right.`);
    }
    return (typeof value === 'string' || typeof value === 'number') && Object.hasOwn(container, value);
  };
};

/** CEL's logic: the operand that decides hides the other one's failure, whichever side it stands on. */
const compileLogical =
  (decides: boolean, left: Evaluate, right: Evaluate): Evaluate =>
  (frame) => {
    const label = decides ? 'What stands beside ||' : 'What stands beside &&';
    let first: boolean;
    try {
      first = asBoolean(left(frame), label);
    } catch (error) {
      const failure = hideFailure(error, frame);
      if (asBoolean(right(frame), label) === decides) return decides;
      throw failure;
    }
    return first === decides ? decides : asBoolean(right(frame), label);
  };

const compileMap = (entryNodes: readonly (readonly [Node, Node])[]): Evaluate => {
  const entries = entryNodes.map(([key, value]) => [compileNode(key), compileNode(value)] as const);
  // `fromEntries` defines own properties, so a computed key "__proto__" stays plain data.
  return (frame) => Object.fromEntries(entries.map(([key, value]) => [mapKey(key(frame)), value(frame)]));
};

const mapKey = (key: unknown): string =>
  typeof key === 'string' ? key : fail(`A key of an object is text, not ${kindOf(key)}.`);
