import type { JsonSchema } from '../../json.js';

/** Made once for each schema, so that what was checked against it need not be checked again. */
export const madeFrom = (
  cache: WeakMap<JsonSchema, JsonSchema>,
  from: JsonSchema,
  make: () => JsonSchema,
) => {
  const known = cache.get(from);
  if (known) return known;
  const made = make();
  cache.set(from, made);
  return made;
};
