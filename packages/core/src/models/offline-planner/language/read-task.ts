import type { Clause, Repetition } from './clauses.js';
import { findDurations } from './durations.js';
import { type Grammar, isApproval, isStop, isWait, polite } from './grammar.js';
import { words } from './tokens.js';

/** What one piece without a connecting word asks for. */
export const readTask = (raw: string, grammar: Grammar): readonly Clause[] => {
  const text = raw.trim().replace(polite, '').trim();
  // "branch on complete / partial" announces the conditions that follow.
  if (
    words(text).length === 0 ||
    /^(?:branch|conditional_router)\b|^(?:decide|depending|based|route|switch) (?:on|by)\b/i.test(text)
  )
    return [];
  const rounds =
    /^(?:repeat|do (?:this|that|it|the following)|loop)(?: this| that| the following)? (\d{1,3}|twice|two|three|four|five|six|ten)(?: times)?:?$/i.exec(
      text,
    )?.[1];
  if (rounds !== undefined) return [{ kind: 'rounds', max: numbers[rounds.toLowerCase()] ?? Number(rounds) }];
  const loop = /^(?:for (?:each|every|all)|loop (?:over|through))\s+(.+)$/i.exec(text)?.[1];
  if (loop !== undefined) {
    const [noun, body] = splitBody(loop, grammar);
    return [{ kind: 'each', text: noun }, ...readTask(body, grammar)];
  }
  if (isWait(text)) {
    const [found] = findDurations(text);
    const wait: Clause = { kind: 'wait', text, ...(found ? { duration: found.duration } : {}) };
    const rest = found ? text.slice(found.end).trim() : '';
    return [wait, ...(grammar.isVerb(words(rest)[0] ?? '') ? readTask(rest, grammar) : [])];
  }
  if (isApproval(text)) return [{ kind: 'approval', text }];
  if (isStop(text)) return [{ kind: 'stop', text }];
  const repeat = repetitionOf(text);
  return [{ kind: 'do', text: repeat ? repeat.rest : text, ...(repeat ? { repeat: repeat.repeat } : {}) }];
};

const repetitionOf = (text: string): { repeat: Repetition; rest: string } | undefined => {
  const count =
    /(?:,? ?(?:up to|at most|max(?:imum)?(?: of)?|no more than))? ?\b(\d{1,3}|two|three|four|five|six|ten|twice) ?(?:times|x\b|(?<=twice))/i.exec(
      text,
    );
  const every = /\b(?:every|each)\b/i.test(text)
    ? findDurations(text.replace(/\bevery (?=(?:day|hour|week)\b)/gi, 'every 1 '))[0]?.duration
    : undefined;
  if (!count && !every) return undefined;
  const max = count ? (numbers[(count[1] ?? '').toLowerCase()] ?? Number(count[1])) : undefined;
  const rest = text
    .replace(count?.[0] ?? '', ' ')
    .replace(every ? /\b(?:every|each) (?:\d{1,3} ?)?\w{1,12}/i : '', ' ')
    .trim();
  return {
    repeat: { ...(max && max > 1 ? { max } : {}), ...(every ? { every } : {}) },
    rest: rest === '' ? text : rest,
  };
};

const numbers: Readonly<Record<string, number>> = {
  two: 2,
  twice: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
};

/** "no reply escalate to ops" -> ["no reply", "escalate to ops"]. */
export const splitBody = (text: string, grammar: Grammar): readonly [string, string] => {
  const parts = text.split(/\s+/);
  for (let index = 1; index < parts.length; index += 1) {
    const word = (parts[index] ?? '').toLowerCase().replace(/[^a-z]/g, '');
    const previous = (parts[index - 1] ?? '').toLowerCase();
    const tail = parts.slice(index).join(' ');
    if (
      !grammar.isVerb(word) ||
      /[^s]s$/.test(word) ||
      /^(?:is|are|was|were|has|have|had|not|no|a|an|the|to|be|been|any|of|they|we|he|she|it|you|i)$/.test(
        previous,
      )
    )
      continue;
    if (isWait(tail) || isStop(tail) || isApproval(tail) || grammar.isAction(tail)) {
      return [parts.slice(0, index).join(' '), tail];
    }
  }
  return [text, ''];
};
