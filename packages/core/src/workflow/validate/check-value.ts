import { nearestName } from '../../expressions/nearest-name.js';
import { isRecord, type Json, type JsonObject, type JsonSchema } from '../../json.js';
import { checkTrusted } from '../check-input.js';
import type { Edit } from '../edit.js';
import { dereference } from '../schema/sub-schemas.js';
import { checkText, checkTexts } from './check-text.js';
import { checkType, fits, takesNull } from './check-type.js';
import { type Checking, listed, member, report, type Spot, setAt, unsetAt } from './checking.js';
import type { VisibleScope } from './scope.js';

/** What a value with templates is checked against. */
interface Wanted {
  readonly schema: unknown;
  /** The schema's document, for its `$ref`s. */
  readonly root: JsonSchema;
}

/**
 * Checks a value of a step's input: templates by reference and type, everything else against the schema.
 * Formats and bounds of what a template gives are seen only when it runs.
 */
export const checkValue = (
  value: Json,
  wanted: Wanted,
  spot: Spot,
  scope: VisibleScope,
  checking: Checking,
): void => {
  const schema = dereference(wanted.schema, wanted.root);
  if (!schema) {
    checkTexts(value, spot, scope, checking);
    return;
  }
  if (typeof value === 'string' && value.includes('${{')) {
    const given = checkText(value, spot, scope, checking);
    if (given) checkType(given, schema, spot, checking);
  } else if (isRecord(value) && isRecord(schema.properties)) {
    checkFields(value, { schema, root: wanted.root }, spot, scope, checking);
  } else if (!hasTemplate(value)) {
    checkLiteral(value, schema, wanted.root, spot, checking);
  } else if (Array.isArray(value) && schema.items !== undefined) {
    for (const [index, item] of value.entries()) {
      checkValue(item, { schema: schema.items, root: wanted.root }, member(spot, index), scope, checking);
    }
  } else {
    checkType(checkTexts(value, spot, scope, checking), schema, spot, checking);
  }
};

/** Checks an object field by field: what it lacks, what is not known, and the rest by value. */
const checkFields = (
  value: JsonObject,
  wanted: Wanted & { readonly schema: JsonSchema },
  spot: Spot,
  scope: VisibleScope,
  checking: Checking,
): void => {
  const { properties, required, additionalProperties: rest, patternProperties } = wanted.schema;
  const fields = isRecord(properties) ? properties : {};
  const open = rest === true || isRecord(rest) || patternProperties !== undefined;
  for (const [name, item] of Object.entries(value)) {
    if (checking.problems.full()) return;
    const at = member(spot, name);
    if (Object.hasOwn(fields, name)) {
      checkValue(item, { schema: fields[name], root: wanted.root }, at, scope, checking);
    } else if (open) {
      checkValue(item, { schema: isRecord(rest) ? rest : {}, root: wanted.root }, at, scope, checking);
    } else {
      reportUnknown(name, value, fields, spot, checking);
      checkTexts(item, at, scope, checking);
    }
  }
  for (const name of Array.isArray(required) ? required : []) {
    if (typeof name !== 'string' || Object.hasOwn(value, name)) continue;
    const at = member(spot, name);
    const fix = findSource(name, dereference(fields[name], wanted.root), at, scope);
    report(checking, at, 'missing_input', `"${name}" is required but has no value.`, { fix });
  }
};

const reportUnknown = (
  name: string,
  value: JsonObject,
  fields: Readonly<Record<string, unknown>>,
  spot: Spot,
  checking: Checking,
): void => {
  const free = Object.keys(fields).filter((field) => !Object.hasOwn(value, field));
  const near = nearestName(name, free);
  const at = member(spot, name);
  const fix = near === undefined ? unsetAt(at) : setAt(member(spot, near), value[name] ?? null, [at]);
  const hint =
    near === undefined ? `Known are ${listed(Object.keys(fields)) || 'none'}.` : `Did you mean "${near}"?`;
  report(checking, at, 'unknown_input', `The field "${name.slice(0, 120)}" is not known here. ${hint}`, {
    fix,
  });
};

/** The edits that take a missing value from the nearest step before, else from the run's inputs, if one has its name. */
const findSource = (
  name: string,
  wanted: JsonSchema | undefined,
  spot: Spot,
  scope: VisibleScope,
): readonly Edit[] | undefined => {
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const sources = [
    ...[...scope.steps].reverse().map(([id, ended]) => {
      const output = isRecord(ended.properties) ? ended.properties.output : undefined;
      return { text: `steps.${id}.output.${name}`, schema: isRecord(output) ? output : undefined };
    }),
    { text: `inputs.${name}`, schema: scope.names.get('inputs') },
  ];
  const source = sources.find(({ schema }) => {
    const field =
      isRecord(schema?.properties) && Object.hasOwn(schema.properties, name)
        ? schema.properties[name]
        : undefined;
    return isRecord(field) && fits(field, wanted);
  });
  return source && setAt(spot, `\${{ ${source.text} }}`);
};

const checkLiteral = (
  value: Json,
  schema: JsonSchema,
  root: JsonSchema,
  spot: Spot,
  checking: Checking,
): void => {
  if (value === null && takesNull(schema)) return;
  const definitions = definitionsOf(root);
  // The object itself where possible: compiled schemas are kept by it.
  const whole = Object.keys(definitions).length === 0 ? schema : { ...definitions, ...schema };
  for (const problem of checkTrusted(whole, value, spot.path).problems) {
    if (problem.code === 'invalid_schema') continue;
    const fix = problem.path === spot.path ? nearestValue(value, schema, spot) : undefined;
    report(
      checking,
      { ...spot, path: problem.path },
      problem.code,
      problem.message.replace('The input', `"${lastKey(spot)}"`),
      { fix },
    );
  }
};

const definitionsOf = ({ $defs, definitions }: JsonSchema): JsonSchema => ({
  ...($defs === undefined ? {} : { $defs }),
  ...(definitions === undefined ? {} : { definitions }),
});

/** The edits that replace a mistyped value of an enumeration. */
const nearestValue = (value: Json, schema: JsonSchema, spot: Spot): readonly Edit[] | undefined => {
  const values: readonly unknown[] = Array.isArray(schema.enum) ? schema.enum : [];
  const texts = values.filter((each) => typeof each === 'string');
  const near = typeof value === 'string' ? nearestName(value, texts) : undefined;
  return near === undefined ? undefined : setAt(spot, near);
};

const lastKey = ({ path }: Spot): string => path.slice(path.lastIndexOf('/') + 1);

const hasTemplate = (value: Json): boolean => {
  if (typeof value === 'string') return value.includes('${{');
  return typeof value === 'object' && value !== null && Object.values(value).some(hasTemplate);
};
