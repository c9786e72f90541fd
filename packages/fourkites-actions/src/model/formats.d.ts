import { z } from 'zod';
/** A mail address that somebody gave. */
export declare const mailAddress: z.ZodString;
/** A time that somebody gave: RFC 3339, with Z or an offset. */
export declare const dateTime: z.ZodString;
/** A time that a far side gave. */
export declare const timestamp: z.ZodString;
