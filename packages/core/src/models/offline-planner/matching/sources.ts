import type { JsonSchema } from '../../../json.js';
import type { ActionSpec } from '../../../workflow/action-spec.js';
import { genericVerbs } from '../language/lexicon.js';
import { concept, concepts, words } from '../language/tokens.js';
import { itemSchema, mayBe, type Property, properties } from './schema.js';

/** Something earlier that an expression may read: the output of a step, or a loop's item. */
export interface Source {
  /** CEL, e.g. `steps.inbox.output` or `shipment`. */
  readonly expression: string;
  /** What it is of, as concepts: `shipment` of a shipment's ETA. */
  readonly nouns: readonly string[];
  readonly schema: JsonSchema;
  readonly stepId?: string;
  readonly action?: ActionSpec;
}

/** A value inside a source. */
export interface Field {
  readonly expression: string;
  /** Concepts of its path, e.g. `delay`, `minut` of `delayMinutes`. */
  readonly path: readonly string[];
  readonly property: Property;
  readonly source: Source;
  /** Whether it, or an object around it, may be absent. */
  readonly optional: boolean;
  /** The list it is the first entry's field of. */
  readonly list?: string;
}

/** What the output of an action step offers to later steps. */
export const stepSource = (stepId: string, action: ActionSpec): Source => ({
  expression: `steps.${stepId}.output`,
  nouns: concepts(action.id).filter(
    (term) => term !== concept(words(action.id)[0] ?? '') || !genericVerbs.has(term),
  ),
  schema: action.outputSchema,
  stepId,
  action,
});

/** What a loop's item offers inside the loop. */
export const itemSource = (name: string, schema: JsonSchema): Source => ({
  expression: name,
  nouns: concepts(name),
  schema,
});

const known = new WeakMap<Source, readonly Field[]>();

/** The fields of a source, two objects deep; of a list of objects, those of its first entry. */
export const fieldsOf = (source: Source): readonly Field[] => {
  const fields = known.get(source) ?? readFields(source);
  known.set(source, fields);
  return fields;
};

const readFields = (source: Source): readonly Field[] => {
  const found: Field[] = [];
  const visit = (schema: JsonSchema, prefix: Omit<Field, 'property'>, depth: number): void => {
    for (const property of properties(schema)) {
      const field: Field = {
        ...prefix,
        expression: `${prefix.expression}.${property.name}`,
        path: [...prefix.path, ...words(property.name).map(concept)],
        property,
        optional: prefix.optional || !property.required || property.nullable,
      };
      found.push(field);
      if (depth >= 2) continue;
      if (mayBe(property, 'object')) visit(property.schema, field, depth + 1);
      if (property.types.includes('array') && field.list === undefined) {
        const first = { ...field, expression: `${field.expression}[0]`, list: field.expression };
        visit(itemSchema(property.schema), first, depth + 1);
      }
    }
  };
  visit(source.schema, { expression: source.expression, path: [], source, optional: false }, 0);
  return found;
};
