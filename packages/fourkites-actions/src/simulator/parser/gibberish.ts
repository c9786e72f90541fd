/** Words that hardly any real mail does without. */
const common = new Set(
  'the a an and or of to for in on at by is are was be will we you i it this that not no please thanks hello hi with from your our'.split(
    ' ',
  ),
);

/** No vowel, four consonants in a row, a letter three times, or a q without its u. */
const unpronounceable = /^[^aeiouy]+$|[bcdfghjklmnpqrstvwxz]{4}|([a-z])\1\1|q[^u]/;

/** Above this share of unpronounceable words a text is mash. */
const mashed = 0.4;

/**
 * Whether a text is no language: signs without words, or words that nobody can say, with none that every real mail has.
 * Short codes such as "BOL" count as words only from four letters on. An empty text is not gibberish, it is no answer.
 */
export const isGibberish = (text: string): boolean => {
  if (text.trim() === '') return false;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length === 0) return true;
  if (words.some((word) => common.has(word))) return false;
  const long = words.filter((word) => word.length >= 4);
  const odd = long.filter((word) => unpronounceable.test(word)).length;
  return odd > long.length * mashed;
};
