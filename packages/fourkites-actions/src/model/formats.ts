import { z } from 'zod';

const email = z.email();
const rfc3339 = z.iso.datetime({ offset: true });

// Both say their JSON Schema by `format` alone: zod's own patterns for them are long, and backtrack too much to be matched
// with texts from documents.

/** A mail address that somebody gave. */
export const mailAddress = z
  .string()
  .max(254)
  .refine((text) => email.safeParse(text).success, { error: 'must be a mail address' })
  .meta({ format: 'email' });

/** A time that somebody gave: RFC 3339, with Z or an offset. */
export const dateTime = z
  .string()
  .max(40)
  .refine((text) => rfc3339.safeParse(text).success, { error: 'must be a time such as 2030-01-31T14:00:00Z' })
  .meta({ format: 'date-time' });

/** A time that a far side gave. */
export const timestamp = z.string().meta({ format: 'date-time' });
