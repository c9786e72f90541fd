import { z } from 'zod';
import { mailAddress } from '../../model/formats.js';

/** Further recipients, as an action's input field. */
export const ccList = z.array(mailAddress).max(50).optional().describe('Mail addresses that get a copy.');

/** Name of the facility, as an action's input field. */
export const facility = z
  .string()
  .min(1)
  .max(200)
  .describe('Name of the facility, for the text of the mail.');
