import { z } from 'zod';
/** Further recipients, as an action's input field. */
export declare const ccList: z.ZodOptional<z.ZodArray<z.ZodString>>;
/** Name of the facility, as an action's input field. */
export declare const facility: z.ZodString;
