import type { Json, JsonObject } from '../../../json.js';
import { findDurations } from '../language/durations.js';
import { asText, findLiterals, type Literals } from '../language/literals.js';
import { withoutLiterals } from '../language/mask.js';
import { capitalize, concepts, stem, words } from '../language/tokens.js';
import { isAddress, isFreeText, isSpoken, isText } from './field-kinds.js';
import { mayBe, type Property, properties } from './schema.js';

/** The fields whose values a text names: addresses, URLs, numbers, quotations, enumerated values. */
export const literalInput = (fields: readonly Property[], text: string): JsonObject => {
  const literals = findLiterals(text);
  const pool: Literals & { used: Set<string> } = { ...literals, used: new Set() };
  const input: Record<string, Json> = {};
  // What must be given comes first: the one address of a clause is the recipient, not the copy.
  for (const property of [...fields].sort((a, b) => Number(b.required) - Number(a.required))) {
    const value = literalFor(property, text, pool);
    if (value !== undefined) input[property.name] = value;
  }
  return Object.fromEntries(
    fields.flatMap(({ name }) => (name in input ? [[name, input[name] ?? null]] : [])),
  );
};

const literalFor = (
  property: Property,
  text: string,
  pool: Literals & { used: Set<string> },
): Json | undefined => {
  const take = (values: readonly string[]): string | undefined => {
    const value = values.find((entry) => !pool.used.has(entry));
    if (value !== undefined) pool.used.add(value);
    return value;
  };
  const name = words(property.name);
  if (property.types.includes('array')) return listFor(property, text, pool);
  if (property.types.includes('object')) {
    const nested = literalInput(properties(property.schema), text);
    return Object.keys(nested).length > 0 ? nested : undefined;
  }
  if (property.enumValues.length > 0) return enumFor(property, text);
  if (mayBe(property, 'number', 'integer') && property.types.length > 0) return numberFor(property, text);
  if (!isText(property)) return undefined;
  if (/^date/.test(property.format)) return dateFor(property, text);
  if (name.some((word) => /^(?:from|sender)$/.test(word))) {
    const sender = /\b(?:from|by)\s+([\w.+-]{1,64}@[\w.-]{1,100}\w)/i.exec(text)?.[1];
    return pool.emails.includes(sender ?? '') ? take([sender ?? '']) : undefined;
  }
  if (isAddress(property))
    return /\b(?:cc|bcc|original|from|sender)\b/.test(name.join(' ')) && !isSpoken(property, text)
      ? undefined
      : take(pool.emails);
  if (property.format === 'uri' || property.format === 'url' || name.includes('url')) return take(pool.urls);
  if (isFreeText(property)) return wordsFor(property, text, pool, take);
  if (name.at(-1) === 'id' || name.at(-1) === 'number' || name.at(-1) === 'key') {
    const id = pool.ids.find((entry) => !pool.used.has(entry));
    const what = concepts(property.name.replace(/_?(?:id|number|key)$/i, ''));
    const fits = what.length === 0 || what.some((term) => concepts(text).includes(term)) || property.required;
    return id !== undefined && fits ? take(pool.ids) : undefined;
  }
  // A proper name goes on as long as its words are capitalised: "facility Chicago DC".
  const named = new RegExp(
    `\\b${name.join('[ _-]?')}\\b(?: (?:is|to|of|=|:))?\\s*["“']?([A-Z][\\w-]{1,60}(?: [A-Z0-9][\\w-]{0,60}){0,4})`,
  ).exec(text)?.[1];
  if (named !== undefined && !pool.ids.includes(named)) return named;
  return isSpoken(property, text) ? take(pool.quotes) : undefined;
};

const listFor = (
  property: Property,
  text: string,
  pool: Literals & { used: Set<string> },
): Json | undefined => {
  const item = properties({ properties: { item: property.schema.items ?? {} } })[0];
  const unused = pool.emails.filter((email) => !pool.used.has(email));
  if (item && (item.format === 'email' || isAddress(property)) && unused.length > 0) {
    if (/\bcc\b/.test(words(property.name).join(' ')) && !/\b(?:cc|copy|copying)\b/i.test(text))
      return undefined;
    for (const email of unused) pool.used.add(email);
    return unused;
  }
  const ids = pool.ids.filter((id) => !pool.used.has(id));
  if (
    item &&
    mayBe(item, 'string') &&
    ids.length > 0 &&
    /\bids?\b|\bnumbers?\b/.test(words(property.name).join(' '))
  )
    return ids;
  return undefined;
};

const enumFor = (property: Property, text: string): Json | undefined => {
  const said = ` ${words(withoutLiterals(text)).map(stem).join(' ')} `;
  return property.enumValues.find((value) => {
    const parts = words(value).map(stem);
    return (
      parts.length > 0 &&
      (said.includes(` ${parts.join(' ')} `) ||
        (parts.length > 2 && parts.filter((part) => said.includes(` ${part} `)).length >= 2))
    );
  });
};

const dateFor = (property: Property, text: string): Json | undefined => {
  const pattern =
    property.format === 'date'
      ? /\b\d{4}-\d{2}-\d{2}\b/
      : /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})/;
  return pattern.exec(text)?.[0];
};

const numberFor = (property: Property, text: string): Json | undefined => {
  const name = words(property.name);
  const plain = withoutLiterals(text);
  for (const word of [...name].reverse()) {
    const after = new RegExp(`\\b${word}s?\\b(?: (?:is|to|of|=|:))? ?(\\d{1,9}(?:\\.\\d{1,6})?)`, 'i').exec(
      plain,
    )?.[1];
    if (after !== undefined) return Number(after);
  }
  const duration = findDurations(plain)[0];
  const unit = (['day', 'hour', 'minute', 'second'] as const).find((word) =>
    name.some((part) => part.startsWith(word)),
  );
  if (duration && unit)
    return duration.ms / { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 }[unit];
  return undefined;
};

const wordsFor = (
  property: Property,
  text: string,
  pool: Literals & { used: Set<string> },
  take: (values: readonly string[]) => string | undefined,
): Json | undefined => {
  const isSubject = /\b(?:subject|title)\b/.test(words(property.name).join(' '));
  const quoted =
    pool.quotes.length > 0 &&
    (property.required || isSpoken(property, text) || (!isSubject && pool.quotes.length > 0));
  if (quoted) {
    const value = take(pool.quotes);
    if (value !== undefined) return asText(value);
  }
  const said = isSubject
    ? undefined
    : /\b(?:that|saying|says|reading|with the (?:text|message))[: ]+(.{3,400})$/i.exec(text)?.[1];
  return said === undefined || !property.required ? undefined : asText(capitalize(said));
};
