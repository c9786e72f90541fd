const literals =
  /"[^"\n]{0,500}"|“[^”\n]{0,500}”|(?<![\p{L}\p{N}])'[^'\n]{1,500}'(?![\p{L}\p{N}])|\bhttps?:\/\/[^\s"'<>]{1,500}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/gu;

/** A text whose quotations, addresses and URLs are blanked, character by character, so that grammar does not look inside. */
export const mask = (text: string): string => text.replace(literals, (literal) => 'x'.repeat(literal.length));

/** A text without its quotations, addresses, URLs and record numbers: what is left says what to do. */
export const withoutLiterals = (text: string): string =>
  text.replace(literals, ' ').replace(/\b[A-Z]{1,6}-?\d{2,12}\b/g, ' ');
