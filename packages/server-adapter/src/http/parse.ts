import { WorkflowError } from '@fk-workflow/core';
import type { Json } from '@fk-workflow/core/protocol';
import { z } from 'zod';

/** What came through `JSON.parse` is JSON: the type says so. */
export const jsonSchema = z.custom<Json>((value) => value !== undefined, 'must be JSON');

/** A session id: 1 to 100 of `[A-Za-z0-9_-]`. */
export const sessionIdSchema = z
  .string({ error: 'must be a string of 1 to 100 characters of A-Z, a-z, 0-9, "_" and "-"' })
  .regex(/^[A-Za-z0-9_-]{1,100}$/, 'must be 1 to 100 characters of A-Z, a-z, 0-9, "_" and "-"');

/** `?limit=` (1 to 100, default 50) and `?cursor=` of the lists. */
export const pageSchema = z.object({
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/, 'must be a whole number from 1 to 100')
    .transform(Number)
    .default(50),
  cursor: z.string().min(1, 'must not be empty').max(500, 'must be at most 500 characters').optional(),
});

/** Query parameters by name, absent ones left out. */
export const query = (url: URL, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = url.searchParams.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );

/**
 * Checks a value against a schema whose messages are predicates ("must be …"). Throws `invalid_request` with a
 * sentence per field, also as data in `errors: [{field, message}]`.
 */
export const parse = <T>(schema: z.ZodType<T>, value: unknown, root = 'The body'): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, 10).map((issue) => ({
    field: issue.path.map(String).join('.'),
    message:
      issue.code === 'unrecognized_keys'
        ? `must not have ${issue.keys.map((key) => `"${key.slice(0, 100)}"`).join(', ')}`
        : issue.message,
  }));
  throw new WorkflowError(
    'invalid_request',
    errors.map(({ field, message }) => `${field || root} ${message}.`).join(' '),
    { details: { errors } },
  );
};
