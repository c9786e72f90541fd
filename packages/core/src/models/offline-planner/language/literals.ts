/** The plain values a text names. */
export interface Literals {
  readonly emails: readonly string[];
  readonly urls: readonly string[];
  readonly quotes: readonly string[];
  /** Record numbers such as `FK-1002`. */
  readonly ids: readonly string[];
}

/** Finds addresses, URLs, quotations and record numbers. Everything is data: nothing is evaluated. */
export const findLiterals = (text: string): Literals => {
  const urls = [...text.matchAll(/\bhttps?:\/\/[^\s"'<>]{1,500}/g)].map(([url]) =>
    url.replace(/[.,;:)]+$/, ''),
  );
  const rest = text.replace(/\bhttps?:\/\/[^\s"'<>]{1,500}/g, ' ');
  const emails = [...rest.matchAll(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g)].map(
    ([email]) => email,
  );
  const quotes = [
    ...rest.matchAll(
      /"([^"\n]{1,500})"|“([^”\n]{1,500})”|(?<![\p{L}\p{N}])'([^'\n]{1,500})'(?![\p{L}\p{N}])/gu,
    ),
  ].flatMap(([, a, b, c]) => a ?? b ?? c ?? []);
  const ids = [...rest.matchAll(/(?<![\w@.-])[A-Z]{1,6}-?\d{2,12}(?![\w@])/g)].map(([id]) => id);
  return { emails, urls, quotes, ids };
};

/** A literal as template text: a `${{` of the person's stays text. */
export const asText = (text: string): string => text.replaceAll('${{', () => '$${{');
