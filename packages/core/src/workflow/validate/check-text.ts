import { WorkflowError } from '../../errors.js';
import { compileCondition, compileTemplates } from '../../expressions/compile.js';
import type { Reference } from '../../expressions/references.js';
import { secretName } from '../../expressions/secret-name.js';
import { expressionType } from '../../expressions/type-check.js';
import { isRecord, type Json, type JsonSchema } from '../../json.js';
import type { Edit } from '../edit.js';
import { type Checking, member, report, type Spot, setAt } from './checking.js';
import {
  type BrokenPath,
  type Path,
  pathText,
  type Resolver,
  repairPath,
  resolverOf,
} from './resolve-path.js';
import { schemaScope } from './schema-scope.js';
import type { Readable, VisibleScope } from './scope.js';

const unknown: Readable = { schema: undefined, optional: false };

/** References of a text up to which it is mended as a whole. */
const mostRepaired = 100;

/** Checks a text's templates by reference; gives what the text becomes. Undefined when it is wrong, which was reported. */
export const checkText = (
  text: string,
  spot: Spot,
  scope: VisibleScope,
  checking: Checking,
): Readable | undefined => {
  if (checking.problems.full()) return undefined;
  if (!text.includes('${{')) return { schema: { const: text, type: 'string' }, optional: false };
  const references = parsed(() => compileTemplates(text).references, spot, checking);
  return references && checkReferences(text, references, spot, scope, checking);
};

/** Checks a condition: one template that gives true or false. */
export const checkCondition = (
  text: string,
  spot: Spot,
  scope: VisibleScope,
  checking: Checking,
): Readable | undefined => {
  if (checking.problems.full()) return undefined;
  const references = parsed(() => compileCondition(text).references, spot, checking);
  return references && checkReferences(text.trim(), shifted(references, text), spot, scope, checking);
};

/** Checks every text in a value of which nothing but its templates matters. */
export const checkTexts = (value: Json, spot: Spot, scope: VisibleScope, checking: Checking): Readable => {
  if (typeof value === 'string') return checkText(value, spot, scope, checking) ?? unknown;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkTexts(item, member(spot, index), scope, checking);
    return { schema: { type: 'array' }, optional: false };
  }
  if (!isRecord(value)) return { schema: { type: value === null ? 'null' : typeof value }, optional: false };
  const fields = Object.entries(value).map(
    ([key, item]) => [key, checkTexts(item, member(spot, key), scope, checking)] as const,
  );
  const properties = Object.fromEntries(fields.map(([key, { schema }]) => [key, schema ?? {}]));
  return { schema: { type: 'object', properties, required: Object.keys(properties) }, optional: false };
};

/** Conditions are compared without the blanks around them. */
const shifted = (references: readonly Reference[], text: string): readonly Reference[] => {
  const blanks = text.length - text.trimStart().length;
  return references.map((each) => ({ ...each, start: each.start - blanks, end: each.end - blanks }));
};

const parsed = (
  parse: () => readonly Reference[],
  spot: Spot,
  checking: Checking,
): readonly Reference[] | undefined => {
  try {
    return parse();
  } catch (error) {
    if (!WorkflowError.is(error)) throw error;
    report(checking, spot, 'invalid_expression', error.message);
    return undefined;
  }
};

const checkReferences = (
  text: string,
  references: readonly Reference[],
  spot: Spot,
  scope: VisibleScope,
  checking: Checking,
): Readable | undefined => {
  let sound = true;
  let repair: { readonly edits: readonly Edit[] | undefined } | undefined;
  const reported = new Set<string>();
  const resolve = resolverOf(scope);
  for (const { path, template } of references) {
    if (checking.problems.full()) return undefined;
    const name = pathText(path);
    if (reported.has(name)) continue;
    if (path[0] === 'secrets') {
      const wrong = misuse(name, template, spot);
      if (wrong === undefined) continue;
      sound = false;
      reported.add(name);
      report(checking, spot, 'invalid_secret', wrong);
      continue;
    }
    const found = resolve(path);
    if (!('broken' in found)) continue;
    sound = false;
    reported.add(name);
    repair ??= { edits: repairText(text, references, spot, resolve) };
    const fix = repair.edits ?? declareInput(path, checking);
    report(checking, spot, ...explain(path, found, spot, checking), { fix });
  }
  return sound ? typeOf(text, references, spot, scope, checking) : undefined;
};

/** Why a secret cannot be read like this; undefined when it can. */
const misuse = (name: string, template: string, spot: Spot): string | undefined => {
  if (!spot.secrets) {
    return `"${name}" cannot be read here: secrets are given to handlers alone, in the input of an action.`;
  }
  if (secretName(template) !== undefined) return undefined;
  return `A secret is read by itself, as in "Bearer \${{ secrets.NAME }}": "${template.trim().slice(0, 60)}" works with it.`;
};

/** What a text becomes, when its references are sound; operations that cannot work are reported. */
const typeOf = (
  text: string,
  references: readonly Reference[],
  spot: Spot,
  scope: VisibleScope,
  checking: Checking,
): Readable => {
  const paths = references.map(({ path }) => path);
  const { schema, findings } = expressionType(text, schemaScope(scope, paths));
  for (const { code, message, start, end, suggestion } of findings) {
    const fix =
      suggestion === undefined ? undefined : setAt(spot, text.slice(0, start) + suggestion + text.slice(end));
    if (code === 'maybe_absent')
      report(checking, spot, 'may_be_absent', message, { fix, severity: 'warning' });
    else report(checking, spot, code === 'type_mismatch' ? code : 'unknown_reference', message, { fix });
  }
  return { schema, optional: false };
};

/** The edits that replace every mistyped path of a text by the nearest one that exists. */
const repairText = (
  text: string,
  references: readonly Reference[],
  spot: Spot,
  resolve: Resolver,
): readonly Edit[] | undefined => {
  if (references.length > mostRepaired) return undefined;
  let repaired = text;
  for (const { path, start, end } of references.toSorted((a, b) => b.start - a.start)) {
    const better = repairPath(path, resolve);
    if (better && better !== path)
      repaired = repaired.slice(0, start) + pathText(better) + repaired.slice(end);
  }
  return repaired === text ? undefined : setAt(spot, repaired);
};

/** The edit that declares a run input that is read but not declared. */
const declareInput = (path: Path, { definition }: Checking): readonly Edit[] | undefined => {
  const [root, name] = path;
  if (root !== 'inputs' || typeof name !== 'string' || path.length !== 2) return undefined;
  const { properties, required, ...rest }: JsonSchema = definition.inputs ?? {};
  const inputs: JsonSchema = {
    type: 'object',
    ...rest,
    properties: { ...(isRecord(properties) ? properties : {}), [name]: {} },
    required: [...(Array.isArray(required) ? required : []), name],
  };
  return [{ op: 'setInputs', inputs }];
};

/** Why a path leads nowhere, as a code and a sentence. */
const explain = (
  path: Path,
  { broken, suggestion }: BrokenPath,
  spot: Spot,
  checking: Checking,
): readonly [code: string, message: string] => {
  const name = String(path[broken]);
  const hint =
    suggestion === undefined
      ? ''
      : ` Did you mean "${pathText(path.slice(0, broken + 1).with(broken, suggestion))}"?`;
  if (path[0] === 'steps' && broken === 1) return explainStep(name, hint, spot, checking);
  if (path[0] === 'inputs' && broken === 1) {
    return ['unknown_reference', `The workflow has no input "${name}".${hint || ' Declare it in "inputs".'}`];
  }
  if (broken === 0) return ['unknown_reference', `"${name}" is nothing an expression can read here.${hint}`];
  if (path[0] === 'steps' && path[2] === 'error' && broken === 2) {
    return [
      'unknown_reference',
      `"${pathText(path)}" is never there: the step fails the run, as its onError says nothing else.`,
    ];
  }
  return ['unknown_reference', `"${pathText(path.slice(0, broken))}" has no "${name}".${hint}`];
};

const explainStep = (
  id: string,
  hint: string,
  { step }: Spot,
  { order }: Checking,
): readonly [code: string, message: string] => {
  const place = order.get(id);
  if (place === undefined) return ['unknown_reference', `There is no step "${id}".${hint}`];
  const here = step ? (order.get(step.id) ?? 0) : Number.POSITIVE_INFINITY;
  if (place >= here) {
    return [
      'reference_not_before',
      `The step "${id}" has not run before this place. Move it before, or read another step.`,
    ];
  }
  return [
    'reference_not_visible',
    `The step "${id}" cannot be read here: it is inside a case, loop or recovery list that does not always run. Set a variable there and read "vars".`,
  ];
};
