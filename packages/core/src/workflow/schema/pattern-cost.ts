/**
 * Bounds on regular expressions from documents. JavaScript's engine backtracks: `^(a+)+$` takes hours on forty letters,
 * and k unbounded repetitions take about n^k steps on n characters.
 */

/** Steps a match may take at worst. */
const budget = 1e8;

/** Characters any text may have that a cheap pattern is matched with. */
const longestText = 100_000;

/** Repetitions up to this count as harmless. */
const smallRepeat = 20;

interface Group {
  /** Whether something inside can match in several ways. */
  ambiguous: boolean;
}

/**
 * Characters a text may have so that matching `pattern` stays cheap; undefined when no length is safe (a repetition or
 * alternation inside a repetition, a back reference) or when it is no regular expression.
 */
export const safeTextLength = (pattern: string): number | undefined => {
  if (pattern.length > 1000 || !compiles(pattern) || /\\[1-9k]/.test(pattern)) return undefined;
  const groups: Group[] = [{ ambiguous: false }];
  let closed: Group | undefined;
  let repetitions = pattern.startsWith('^') ? 0 : 1;
  for (const token of pattern.matchAll(tokens)) {
    const [text] = token;
    const group = groups.at(-1) ?? { ambiguous: false };
    const repeat = repeatOf(text);
    if (repeat !== undefined) {
      if (repeat > 1 && closed?.ambiguous) return undefined;
      if (repeat > smallRepeat) repetitions += 1;
      group.ambiguous = true;
    } else if (text.startsWith('(')) {
      groups.push({ ambiguous: false });
    } else if (text === ')') {
      closed = groups.pop();
      const outer = groups.at(-1);
      if (outer && closed?.ambiguous) outer.ambiguous = true;
      continue;
    } else if (text === '|') {
      group.ambiguous = true;
    }
    closed = undefined;
  }
  const length = repetitions === 0 ? longestText : Math.floor(budget ** (1 / repetitions));
  return length < 50 ? undefined : Math.min(length, longestText);
};

/** Escapes, classes, group openings, repetitions, anything else by the character. */
const tokens =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|.)|\[(?:\\.|[^\]\\])*\]|\((?:\?(?::|=|!|<=|<!|<\w+>))?|[*+?]\??|\{\d+(?:,\d*)?\}\??|./gsu;

/** The most times a repetition repeats; undefined when the token is none. */
const repeatOf = (token: string): number | undefined => {
  if (/^[*+]\??$/.test(token)) return Number.POSITIVE_INFINITY;
  if (/^\?\??$/.test(token)) return 1;
  const counted = /^\{(\d+)(,(\d*))?\}/.exec(token);
  if (!counted) return undefined;
  const [, least, range, most] = counted;
  if (range === undefined) return Number(least);
  return most === '' ? Number.POSITIVE_INFINITY : Number(most);
};

const compiles = (pattern: string): boolean => {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch (error) {
    // The language has no other way to ask.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
};
