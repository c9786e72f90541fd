import type { ModelMessage } from '../ports/language-model.js';
import type { StoredTurn } from '../ports/session-store.js';

/** Characters of history that are sent: about 15,000 tokens at four characters each. */
const maxCharacters = 60_000;

/**
 * The newest turns that fit, whole and in order, as the model saw them: a tool call is never parted from its result.
 * A turn that ended without an answer is there as what it was; a blocked one is left out.
 */
export const historyWindow = (
  turns: readonly StoredTurn[],
  budget: number = maxCharacters,
): readonly ModelMessage[] => turns.slice(windowStart(turns, budget)).flatMap(messagesOf);

/** Turns that a session keeps to be shown. */
const maxTurns = 200;

/** What a session keeps of its turns, so that it does not grow without end: transcripts only as far as they are sent again. */
export const keptTurns = (turns: readonly StoredTurn[]): readonly StoredTurn[] => {
  const start = windowStart(turns, maxCharacters);
  return turns.map((turn, index) => (index < start ? { ...turn, transcript: [] } : turn)).slice(-maxTurns);
};

const windowStart = (turns: readonly StoredTurn[], budget: number): number => {
  let left = budget;
  for (let index = turns.length - 1; index >= 0; index--) {
    const turn = turns[index];
    left -= turn ? JSON.stringify(messagesOf(turn)).length : 0;
    if (left < 0) return index + 1;
  }
  return 0;
};

const messagesOf = (turn: StoredTurn): readonly ModelMessage[] => {
  if (turn.transcript.length > 0 || turn.reply !== undefined) return turn.transcript;
  return [
    { role: 'user', content: [{ type: 'text', text: turn.message }] },
    {
      role: 'assistant',
      content: [{ type: 'text', text: 'This turn ended before I could answer. Nothing was changed.' }],
    },
  ];
};
