/** Whether a text has a part in it, in any case; an absent or empty part is in every text. */
export const contains = (text: string, part: string | undefined): boolean =>
  part === undefined || text.toLowerCase().includes(part.trim().toLowerCase());
