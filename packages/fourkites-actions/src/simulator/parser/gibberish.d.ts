/**
 * Whether a text is no language: signs without words, or words that nobody can say, with none that every real mail has.
 * Short codes such as "BOL" count as words only from four letters on. An empty text is not gibberish, it is no answer.
 */
export declare const isGibberish: (text: string) => boolean;
