import { phrases, related, stopWords, synonyms } from './lexicon.js';

/**
 * A word without its ending, so that "escalating", "escalated" and "escalation" meet. Crude, and only ever compared with
 * other stems.
 */
export const stem = (word: string): string => {
  let text = word;
  if (text.length > 4 && text.endsWith('ies')) text = `${text.slice(0, -3)}y`;
  else if (text.length > 3 && /(?:ss|sh|ch|x|z)es$/.test(text)) text = text.slice(0, -2);
  else if (text.length > 3 && /[^su]s$/.test(text)) text = text.slice(0, -1);
  const root = /^(.{3,}?)(?:ing|ed)$/.exec(text)?.[1];
  if (root && /[aeiouy]/.test(root)) text = /([^aeiouls])\1$/.test(root) ? root.slice(0, -1) : root;
  if (/.{3}ation$/.test(text)) text = text.slice(0, -3);
  if (text.length > 4 && /[^e]e$/.test(text)) text = text.slice(0, -1);
  return text.length > 4 && text.endsWith('y') ? `${text.slice(0, -1)}i` : text;
};

const conceptOf: ReadonlyMap<string, string> = new Map(
  synonyms.flatMap((group) => group.map((word) => [stem(word.replace('-', '')), group[0] ?? word] as const)),
);

/** The concept a word stands for: its group in the lexicon, else its stem. */
export const concept = (word: string): string => {
  const key = stem(word);
  return conceptOf.get(key) ?? key;
};

const nearness: ReadonlyMap<string, ReadonlyMap<string, number>> = (() => {
  const near = new Map<string, Map<string, number>>();
  const put = (from: string, to: string, weight: number): void => {
    const row = near.get(from) ?? new Map<string, number>();
    near.set(from, row.set(to, weight));
  };
  for (const [a, b, weight] of related) {
    put(concept(a), concept(b), weight);
    put(concept(b), concept(a), weight);
  }
  return near;
})();

/** Concepts near a concept, with weights below 1. */
export const relatedTo = (of: string): ReadonlyMap<string, number> => nearness.get(of) ?? new Map();

/** Lower-case words of a text or identifier: `delayMinutes`, `delay_minutes` and "delay minutes" give the same. */
export const words = (text: string): readonly string[] => {
  let plain = text.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  plain = plain.replace(/[’']s\b/g, '').replace(/[’']/g, '');
  for (const [pattern, replacement] of phrases) plain = plain.replace(pattern, replacement);
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
};

/** The concepts of a text in order, without words that choose nothing. */
export const concepts = (text: string): readonly string[] =>
  words(text)
    .filter((word) => !stopWords.has(word))
    .map(concept);

/** A text as an identifier: `[a-z][a-z0-9_]*`, at most `longest` characters; empty when nothing of it fits. */
export const slug = (text: string, separator = '_', longest = 40): string =>
  words(text.normalize('NFKD').replace(/\p{M}/gu, ''))
    .filter((word) => /^[a-z0-9]+$/.test(word))
    .join(separator)
    .slice(0, longest)
    .replace(/^[^a-z]+/, '')
    .replace(/[^a-z0-9]+$/, '');

/** A text as a sentence's beginning: trimmed, first letter large. */
export const capitalize = (text: string): string => {
  const trimmed = text.trim();
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
};
