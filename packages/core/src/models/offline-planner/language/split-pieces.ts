import { mask } from './mask.js';

/** A piece of a sentence with the word that leads it in. */
export interface Piece {
  /** `if`, `then`, `otherwise`, `before`, … or empty. */
  readonly lead: string;
  readonly text: string;
  /** Whether a comma or "then" stands before it, not only a space. */
  readonly apart: boolean;
}

const connectors =
  'and then|and also|and finally|and|then|otherwise|or else|else|if|when|whenever|as soon as|once|in case|unless|until|before|after|but|while|in parallel|at the same time|simultaneously|meanwhile|for each|for every|for all|finally|next|also';
const boundary = new RegExp(
  `\\s*(?:,(?!\\d)|:(?=\\s|$)|;|→|->|=>)+\\s*|\\s+(?=(?:${connectors})\\b)|\\s*[\\u2013\\u2014]\\s*`,
  'gi',
);
const leading = new RegExp(`^(?:(${connectors})\\b\\s*)`, 'i');

/** Sentences of a text: lines, list entries, and what full stops, semicolons and question marks end. */
export const sentences = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:\(?\d{1,3}[.):]|[-*•]|step \d{1,3}[.:)]?)\s+/i, ''))
    .map(questionAsCondition)
    .flatMap(splitLine)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

/** "Nobody replied? Escalate." is "if nobody replied, escalate". */
const questionAsCondition = (line: string): string =>
  line.replace(/(?<=^|[.!;] )([^.!?;]{3,80})\?\s+(?=\S)/g, (whole, asked: string) =>
    /^(?:can|could|would|will|please|what|how|which|where|who|why|do|does|is|are)\b/i.test(asked)
      ? whole
      : `if ${asked}, `,
  );

const splitLine = (line: string): readonly string[] => {
  const masked = mask(line);
  const parts: string[] = [];
  let start = 0;
  for (const match of masked.matchAll(/[.!?;](?=\s|$)/g)) {
    parts.push(line.slice(start, match.index));
    start = match.index + 1;
  }
  return [...parts, line.slice(start)];
};

/** The pieces of a sentence between commas and connecting words. Quotations and addresses stay whole. */
export const splitPieces = (sentence: string): readonly Piece[] => {
  const masked = mask(sentence);
  const pieces: Piece[] = [];
  let start = 0;
  let apart = false;
  const push = (end: number): void => {
    const piece = readPiece(sentence.slice(start, end), apart);
    const before = pieces.at(-1);
    // "and" directly before "if" only says that the condition governs what follows it.
    if (piece && before && isConnector(before)) pieces[pieces.length - 1] = { ...piece, apart: true };
    else if (piece) pieces.push(piece);
  };
  for (const match of masked.matchAll(boundary)) {
    push(match.index);
    start = match.index + match[0].length;
    apart = match[0].trim() !== '';
  }
  push(sentence.length);
  return pieces;
};

const isConnector = ({ lead, text }: Piece): boolean => text === '' && (lead === 'and' || lead === 'then');

const readPiece = (raw: string, apart: boolean): Piece | undefined => {
  let text = raw.trim();
  const leads: string[] = [];
  for (let match = leading.exec(text); match && leads.length < 4; match = leading.exec(text)) {
    leads.push((match[1] ?? '').toLowerCase());
    text = text.slice(match[0].length);
  }
  const lead = leads.filter((word) => !soft.has(word)).at(-1) ?? leads.at(-1) ?? '';
  if (text === '' && lead === '') return undefined;
  return {
    lead: soft.has(lead) ? softened(lead) : lead,
    text,
    apart: apart || leads.some((word) => firm.has(word)),
  };
};

const soft = new Set([
  'and',
  'and then',
  'and also',
  'and finally',
  'then',
  'but',
  'finally',
  'next',
  'also',
]);
const firm = new Set(['and then', 'and also', 'and finally', 'then', 'but', 'finally', 'next', 'also']);
const softened = (lead: string): string => (lead === 'and' ? 'and' : 'then');
