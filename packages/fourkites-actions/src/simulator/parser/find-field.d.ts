/** The value of a field in a text, given as its lines (see {@link linesOf}); undefined when it is not there. */
export declare const findField: (name: string, lines: readonly string[]) => string | undefined;
/**
 * The lines of a text, also where several stand in one ("BOL: 1; Carrier: X", "Origin: A, B, Destination: C"); quoted lines of
 * an earlier mail are left out.
 */
export declare const linesOf: (text: string) => readonly string[];
