import { conditionLeads, type Grammar, isApproval, isWait, polite } from './grammar.js';
import type { Piece } from './split-pieces.js';
import { words } from './tokens.js';

/** Joins what the splitter cut too finely: lists of nouns, "chase once", "check if there is a reply". */
export const mergePieces = (pieces: readonly Piece[], grammar: Grammar): readonly Piece[] => {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const before = merged.at(-1);
    if (before && belongsToPrevious(piece, before, grammar)) {
      const joined = [before.text, piece.apart && piece.lead === '' ? ',' : '', piece.lead, piece.text];
      merged[merged.length - 1] = { ...before, text: joined.filter(Boolean).join(' ').replace(' ,', ',') };
    } else merged.push(piece);
  }
  return merged;
};

const belongsToPrevious = (piece: Piece, before: Piece, grammar: Grammar): boolean => {
  const [first = ''] = words(piece.text.replace(polite, ''));
  if (piece.lead === 'once' && /^(?:$|more|again|a |per )/i.test(piece.text)) return true;
  if (piece.lead === 'else' || piece.lead === 'or else')
    return /\b(?:any|some|every)(?:one|thing|body)$/i.test(before.text);
  if (
    (piece.lead === 'if' || piece.lead === 'when') &&
    /\b(?:check|see|verify|know|find out|ask|look|tell (?:me|us|them))$/i.test(before.text)
  )
    return true;
  if (piece.lead === 'after' && /^(?:that|this|which)\b/i.test(piece.text)) return false;
  if (piece.lead !== '' && piece.lead !== 'and') return false;
  if (conditionLeads.has(before.lead) && !grammar.isVerb(first)) return piece.lead === 'and' || !piece.apart;
  if (grammar.isVerb(first) || isWait(piece.text) || isApproval(piece.text)) return false;
  if (/\b(?:in parallel|at the same time|simultaneously)\b/i.test(piece.text)) return true;
  return before.text !== '' && !grammar.isOther(piece.text, before.text);
};
