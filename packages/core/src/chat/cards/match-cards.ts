import type { StepCard } from '../../protocol/chat.js';
import type { GivenCard } from './read-cards.js';

/**
 * For each given card, the index of the sent card it is, or undefined for a new one. Cards carry no identity, so the most
 * certain matches are made first: unchanged, then unchanged but renumbered, then the same number and action, then the
 * same action.
 */
export const matchCards = (
  given: readonly GivenCard[],
  sent: readonly StepCard[],
): readonly (number | undefined)[] => {
  const matches = new Map<number, number>();
  // Written once: each card is compared with many.
  const texts = new Map([...given, ...sent].map((card) => [card, JSON.stringify(card.params)]));
  const taken = new Set<number>();
  const pass = (same: (card: GivenCard, other: StepCard) => boolean): void => {
    for (const [index, card] of given.entries()) {
      if (matches.has(index)) continue;
      const found = sent.findIndex((other, at) => !taken.has(at) && same(card, other));
      if (found < 0) continue;
      matches.set(index, found);
      taken.add(found);
    }
  };
  const sameAction = (card: GivenCard, other: StepCard): boolean => card.actionId === other.actionId;
  const sameNumber = (card: GivenCard, other: StepCard): boolean => card.stepNumber === other.stepNumber;
  const unchanged = (card: GivenCard, other: StepCard): boolean =>
    sameAction(card, other) &&
    (card.title ?? other.title) === other.title &&
    (card.params === undefined || texts.get(card) === texts.get(other));

  pass((card, other) => sameNumber(card, other) && unchanged(card, other));
  pass(unchanged);
  pass((card, other) => sameNumber(card, other) && sameAction(card, other));
  pass(sameAction);
  return given.map((_, index) => matches.get(index));
};

/** The longest run of numbers that grows, as a set: what may stay in place when the rest is moved around it. */
export const longestGrowing = (numbers: readonly number[]): ReadonlySet<number> => {
  const tails: { readonly value: number; readonly length: number; readonly before: number | undefined }[] =
    [];
  for (const [index, value] of numbers.entries()) {
    let best: { length: number; before: number | undefined } = { length: 1, before: undefined };
    for (let earlier = 0; earlier < index; earlier++) {
      const tail = tails[earlier];
      if (tail && tail.value < value && tail.length + 1 > best.length) {
        best = { length: tail.length + 1, before: earlier };
      }
    }
    tails.push({ value, ...best });
  }
  const kept = new Set<number>();
  let longest = tails.reduce<(typeof tails)[number] | undefined>(
    (a, b) => (a && a.length >= b.length ? a : b),
    undefined,
  );
  while (longest) {
    kept.add(longest.value);
    longest = longest.before === undefined ? undefined : tails[longest.before];
  }
  return kept;
};
