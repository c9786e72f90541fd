import type { Clause, Condition, Repetition } from './clauses.js';
import { findDurations } from './durations.js';
import { conditionLeads, type Grammar } from './grammar.js';
import { mergePieces } from './merge-pieces.js';
import { readTask, splitBody } from './read-task.js';
import { type Piece, sentences, splitPieces } from './split-pieces.js';

/** Reads a requirement into clauses. Time grows with the length of the text only. */
export const readClauses = (text: string, grammar: Grammar): readonly Clause[] =>
  sentences(text).flatMap((sentence) => {
    const open = /:\s*$/.test(sentence);
    const clauses = readSentence(mergePieces(splitPieces(sentence), grammar), grammar);
    return open ? clauses : [...clauses, { kind: 'end' } as const];
  });

const parallelLeads = new Set(['in parallel', 'at the same time', 'simultaneously', 'meanwhile', 'while']);
const eachLeads = new Set(['for each', 'for every', 'for all']);

const readSentence = (pieces: readonly Piece[], grammar: Grammar): readonly Clause[] => {
  const parallel = pieces.findIndex(({ lead }) => parallelLeads.has(lead));
  if (parallel >= 0) return readParallel(pieces, parallel, grammar);
  const out: Clause[] = [];
  const held: Clause[] = [];
  for (const [index, piece] of pieces.entries()) {
    const postfix = index > 0 && !piece.apart;
    const next = pieces[index + 1];
    const last = next === undefined || /^(?:otherwise|else|if)$/.test(next.lead);
    const made = readPiece(piece, postfix, last, out, grammar);
    if (piece.lead === 'before' && !postfix) held.push(...made);
    else {
      out.push(...made);
      if (held.length > 0 && made.length > 0) out.push(...held.splice(0));
    }
  }
  return [...out, ...held];
};

const readParallel = (pieces: readonly Piece[], at: number, grammar: Grammar): readonly Clause[] => {
  const rest = (list: readonly Piece[]): readonly Clause[] =>
    readSentence(
      list
        .map((piece) => (parallelLeads.has(piece.lead) ? { ...piece, lead: '' } : piece))
        .filter(({ text }) => text !== ''),
      grammar,
    );
  // "in parallel, A and B" · "A and B in parallel" · "A and at the same time B"
  const before = rest(pieces.slice(0, at));
  const after = rest(pieces.slice(at));
  const isTask = (clause: Clause): boolean => clause.kind === 'do' || clause.kind === 'approval';
  const prefix = before.length === 0 || (before.length > 0 && after.filter(isTask).length > 1);
  const start = prefix ? before.length : before.findIndex(isTask);
  const single = !prefix && after.length > 0 ? before.length - 1 : start;
  const all = [...before, ...after];
  const branches = all.slice(Math.max(single, 0)).filter(isTask);
  if (branches.length < 2) return all;
  return [...all.slice(0, Math.max(single, 0)), { kind: 'parallel', branches }];
};

const readPiece = (
  piece: Piece,
  postfix: boolean,
  last: boolean,
  out: Clause[],
  grammar: Grammar,
): readonly Clause[] => {
  const { lead } = piece;
  const text = piece.text.trim();
  if (lead === 'otherwise' || lead === 'else' || lead === 'or else') {
    return [{ kind: 'otherwise' }, ...readTask(text, grammar)];
  }
  if (lead === 'if' && /^(?:not|so)$/i.test(text)) return /^not$/i.test(text) ? [{ kind: 'otherwise' }] : [];
  if (conditionLeads.has(lead)) return readCondition(piece, postfix, last, out, grammar);
  if (lead === 'until') return repeatLast(out, { until: text });
  if (eachLeads.has(lead)) return readEach(text, postfix, out, grammar);
  if (lead === 'before' && /^(?:that|this|it|doing so)\b/i.test(text)) {
    const [earlier, before] = [out.pop(), out.pop()];
    return [earlier, before].filter((clause) => clause !== undefined);
  }
  if (lead === 'before' && postfix) return readTask(text, grammar);
  if (lead === 'after') return readAfter(text, postfix, out, grammar);
  return readTask(text, grammar);
};

const readCondition = (
  { lead, text: said }: Piece,
  postfix: boolean,
  last: boolean,
  out: Clause[],
  grammar: Grammar,
): readonly Clause[] => {
  const negated = lead === 'unless';
  const previous = out.at(-1);
  const [alone, task] = last ? splitBody(said, grammar) : [said, ''];
  if (elliptic.test(alone)) return [{ kind: 'otherwise' }, ...readTask(task, grammar)];
  const { text, wait } = withoutDeadline(said);
  const governs = previous && (previous.kind === 'do' || previous.kind === 'stop') && !previous.condition;
  if (governs && (postfix || (last && negated))) {
    out.splice(-1, 1, ...wait, { ...previous, condition: { text, negated } });
    return [];
  }
  const [condition, body] = last ? splitBody(text, grammar) : [text, ''];
  const made: Condition = { text: condition, negated };
  if (body === '' && last && governs) {
    out.splice(-1, 1, ...wait, { ...previous, condition: made });
    return [];
  }
  return [...wait, { kind: 'if', condition: made }, ...readTask(body, grammar)];
};

/** "if they don't", "if it is": the other case of the branch before. */
const elliptic =
  /^(?:(?:they|it|he|she|that|we|you) (?:do|does|did|is|are|was|has|have)(?: not|n['’]?t)?|(?:that['’]s|it['’]s) not the case)$/i;

/** "no response in 48 hours" says when to look: a wait, then the condition. */
const withoutDeadline = (text: string): { text: string; wait: readonly Clause[] } => {
  const [found] = findDurations(text);
  const lead = found && /\b(?:in|within|after) (?:the next )?$/i.exec(text.slice(0, found.start));
  if (!found || !lead || /\b(?:late|delay\w*|more|less|least|most)\b/i.test(text)) return { text, wait: [] };
  const rest = `${text.slice(0, lead.index)} ${text.slice(found.end)}`.replace(/\s+/g, ' ').trim();
  return { text: rest, wait: [{ kind: 'wait', text, duration: found.duration }] };
};

const readEach = (text: string, postfix: boolean, out: Clause[], grammar: Grammar): readonly Clause[] => {
  const [noun, body] = splitBody(text, grammar);
  const each: Clause = { kind: 'each', text: noun };
  const previous = out.at(-1);
  if (!postfix || previous?.kind !== 'do') return [each, ...readTask(body, grammar)];
  out[out.length - 1] = each;
  return [previous, ...readTask(body, grammar)];
};

const readAfter = (text: string, postfix: boolean, out: Clause[], grammar: Grammar): readonly Clause[] => {
  if (/^(?:that|this|which)\b/i.test(text)) return readTask(text.replace(/^\w+\s*/, ''), grammar);
  const [first] = findDurations(text);
  const made: readonly Clause[] =
    first?.start === 0
      ? [{ kind: 'wait', text, duration: first.duration }, ...readTask(text.slice(first.end), grammar)]
      : readTask(text, grammar);
  const previous = out.at(-1);
  if (!postfix || !previous) return made;
  out.pop();
  return [...made, previous];
};

const repeatLast = (out: Clause[], repeat: Repetition): readonly Clause[] => {
  const at = out.findLastIndex((clause) => clause.kind === 'do');
  const previous = out[at];
  if (previous?.kind === 'do') out[at] = { ...previous, repeat: { ...previous.repeat, ...repeat } };
  return [];
};
