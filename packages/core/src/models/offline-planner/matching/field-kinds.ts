import { withoutLiterals } from '../language/mask.js';
import { concept, words } from '../language/tokens.js';
import type { Property } from './schema.js';

/** Whether a field may hold text. */
export const isText = (property: Property): boolean =>
  property.types.length === 0 || property.types.includes('string');
const freeText = new Set([
  'message',
  'text',
  'bodi',
  'body',
  'reason',
  'note',
  'comment',
  'description',
  'content',
  'summary',
  'summari',
  'notify',
  'subject',
  'titl',
  'title',
]);

/** Whether a field takes words of a person, so that two steps hardly mean the same by it. */
export const isFreeText = (property: Property): boolean =>
  isText(property) &&
  property.format === '' &&
  property.enumValues.length === 0 &&
  freeText.has(words(property.name).map(concept).at(-1) ?? '');

/** Whether a text says the field's name. */
export const isSpoken = (property: Property, text: string): boolean => {
  const said = new Set(words(withoutLiterals(text)).map(concept));
  return words(property.name).some((word) => said.has(concept(word)));
};

/** Whether a field is for a mail address, or for a list of them. */
export const isAddress = (property: Property): boolean =>
  property.format === 'email' ||
  (property.format === '' &&
    /^to$|\b(?:emails?|recipients?|cc|approvers?)(?: list| address(?:es)?)?$/.test(
      words(property.name).join(' '),
    ));
