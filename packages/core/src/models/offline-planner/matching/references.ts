import { concept, words } from '../language/tokens.js';
import { compatible, type Property } from './schema.js';
import { type Field, fieldsOf, type Source } from './sources.js';

/**
 * A reference to the earlier value a field is named after: the same name, or the name of the thing with that of its field
 * (`shipmentId` is the `id` of a shipment; `email_body` the `body` of the first of `emails`). The nearest source wins.
 */
export const findReference = (
  property: Property,
  visible: readonly Source[],
  guards: readonly string[],
): string | undefined => {
  const wanted = words(property.name).map(concept);
  if (vague.has(wanted.join(' '))) return undefined;
  let best: { field: Field; score: number } | undefined;
  for (const [distance, source] of [...visible].reverse().entries()) {
    const own = wholeItem(source, wanted, property);
    if (own !== undefined) return own;
    for (const field of fieldsOf(source)) {
      const score = nameFit(wanted, field) - distance * 0.01;
      if (score > (best?.score ?? 0.9) && compatible(field.property, property)) best = { field, score };
    }
  }
  return best ? `\${{ ${read(best.field, guards)} }}` : undefined;
};

/** Names that say too little for one value to stand for another. */
const vague = new Set([
  'messag',
  'notify',
  'text',
  'statu',
  'status',
  'id',
  'name',
  'data',
  'limit',
  'format',
  'reason',
  'severity',
  'header',
  'body',
]);

const wholeItem = (source: Source, wanted: readonly string[], property: Property): string | undefined => {
  // An item that is itself a string is the value its list is named after: `shipmentId` of "for each shipment id".
  if (source.stepId !== undefined || source.schema.type !== 'string' || !property.types.includes('string'))
    return undefined;
  const bare = wanted.filter((term) => term !== 'id');
  return source.nouns.filter((term) => term !== 'id').join(' ') === bare.join(' ')
    ? `\${{ ${source.expression} }}`
    : undefined;
};

const nameFit = (wanted: readonly string[], field: Field): number => {
  const target = wanted.join(' ');
  const path = field.path.join(' ');
  const last = words(field.property.name).map(concept).join(' ');
  const far = field.list === undefined ? 0 : 0.3;
  if (path === target && !vague.has(path)) return 2 - far;
  if (last === target && !vague.has(last)) return 1.6 - far;
  const known = new Set([...field.source.nouns, ...field.path]);
  const all =
    wanted.every((term) => known.has(term)) &&
    words(field.property.name)
      .map(concept)
      .every((term) => wanted.includes(term));
  return all && wanted.length > 1 ? 1.4 - far : 0;
};

const read = (field: Field, guards: readonly string[]): string => {
  const { list } = field;
  // The first entry of a list that may be empty: safe where a condition on its step holds, else with an empty text.
  if (list === undefined || guards.some((guard) => guard.startsWith(field.source.expression)))
    return field.expression;
  return field.property.types.includes('string')
    ? `size(${list}) > 0 ? ${field.expression} : ""`
    : field.expression;
};
