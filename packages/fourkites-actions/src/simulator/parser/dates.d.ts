/**
 * A date of a text as YYYY-MM-DD. Reads 2030-01-31, 1/31/2030 (month first, as in the US), January 31, 2030 and
 * 31 January 2030; a day that does not exist is no date.
 */
export declare const findDate: (text: string) => string | undefined;
