import { isRecord } from '../../json.js';
import type { TurnContext } from '../../ports/language-model.js';
import type { ActionIndex } from './matching/match-actions.js';
import { properties } from './matching/schema.js';
import { describeTrigger, outlineDraft } from './outline-draft.js';

/** Said in every reply about a draft, so that nobody takes the planner for a language model. */
export const disclosure = '_I am the offline planner: rule-based, no language model._';

type Draft = NonNullable<TurnContext['draft']>;

/** Paragraphs of Markdown; empty ones are left out. */
export const paragraphs = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n');

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** What the draft is: outline, trigger, asked values and problems. */
export const describeDraft = (draft: Draft, { lookup }: ActionIndex): string =>
  paragraphs(
    `It runs ${describeTrigger(draft.definition.trigger)}:`,
    draft.definition.steps.length > 0 ? outlineDraft(draft.definition, lookup) : 'It has no steps yet.',
    askedValues(draft),
    problemList(draft),
  );

const askedValues = ({ definition }: Draft): string => {
  const asked = properties(definition.inputs);
  if (asked.length === 0) return '';
  const lines = asked.map(({ name, description }) => `\`${name}\`${description ? `: ${description}` : ''}`);
  const unattended = definition.trigger !== undefined && definition.trigger.kind !== 'manual';
  return paragraphs(
    `Asked at the start of a run:\n\n${bullets(lines)}`,
    unattended
      ? 'Nobody is there to answer when it starts by itself, so tell me these values, for example “send it to ops@example.com”.'
      : '',
  );
};

const problemList = ({ problems }: Draft): string => {
  const of = (wanted: 'error' | 'warning', title: string): string => {
    const messages = problems.filter(({ severity }) => severity === wanted).map(({ message }) => message);
    return messages.length === 0 ? '' : `${title}:\n\n${bullets(messages.slice(0, 10))}`;
  };
  return paragraphs(of('error', 'Still to solve'), of('warning', 'Mind'));
};

/** The reply to a workflow that was just drafted. */
export const replyCreated = (
  draft: Draft,
  index: ActionIndex,
  open: readonly string[],
  notes: readonly string[],
): string =>
  paragraphs(
    `I drafted **${draft.definition.name}**. ${describeDraft(draft, index)}`,
    notesList(notes),
    open.length > 0 ? `Left out, because I cannot build it:\n\n${bullets(open)}` : '',
    disclosure,
  );

/** The reply to edits that were just applied. */
export const replyEdited = (
  applied: readonly string[],
  draft: Draft,
  index: ActionIndex,
  open: readonly string[],
): string =>
  paragraphs(
    applied.length > 0 ? `Done:\n\n${bullets(applied)}` : 'Done.',
    open.length > 0 ? `Not done yet:\n\n${bullets(open)}` : '',
    `The workflow now. ${describeDraft(draft, index)}`,
    disclosure,
  );

const notesList = (notes: readonly string[]): string =>
  notes.length === 0 ? '' : `Good to know:\n\n${bullets(notes)}`;

/** The reply to a tool that refused. */
export const replyFailed = (reason: string): string =>
  paragraphs(`I could not apply that, and nothing was changed: ${reason}`, disclosure);

/** A reply that asks. */
export const replyQuestions = (questions: readonly string[], hasDraft: boolean): string =>
  paragraphs(`${hasDraft ? 'Nothing was changed yet. ' : ''}I need to know:`, bullets(questions), disclosure);

/** The catalog by category. */
export const replyCatalog = (index: ActionIndex): string => {
  const categories = new Map<string, string[]>();
  for (const { name, description, category } of index.lookup.all()) {
    categories.set(category, [...(categories.get(category) ?? []), `**${name}**: ${description}`]);
  }
  const groups = [...categories].map(([category, lines]) => `**${category}**\n\n${bullets(lines)}`);
  return paragraphs(
    index.actions.length > 0 ? 'These actions can be used:' : 'This catalog has no actions yet.',
    ...groups,
    'Besides, I can wait, decide, repeat, loop over lists, run steps side by side and ask a person to approve.',
    disclosure,
  );
};

/** An example a person can start from, made of the catalog's own names. */
const example = (index: ActionIndex): string => {
  const all = index.lookup.all();
  const acting = [
    ...all.filter(({ effect }) => effect === 'irreversible'),
    ...all.filter(({ effect }) => effect === 'write'),
  ];
  const names = acting.slice(0, 2).map(({ name }) => name.charAt(0).toLowerCase() + name.slice(1));
  return names.length === 2 ? `“${names[0]}, wait 2 days, then ${names[1]}”` : '“which actions can I use?”';
};

/** The reply to a greeting, or to nothing. */
export const replyGreeting = (index: ActionIndex): string =>
  paragraphs(
    `Hello. Tell me what the workflow should do, step by step, for example ${example(index)}.`,
    disclosure,
  );

/** The reply to "yes" or "looks good", which asks for nothing. */
export const replyAgreement = (hasDraft: boolean): string =>
  paragraphs(
    hasDraft
      ? 'The draft stays as it is. Tell me what to change, or ask what it does.'
      : 'Tell me what the workflow should do, step by step.',
    disclosure,
  );

/** The reply to "undo". */
export const replyUndo = (): string =>
  paragraphs(
    'I cannot undo by chat: use the undo button above the steps, or tell me which step to remove or change.',
    disclosure,
  );

/** The reply to what cannot be read. */
export const replyUnknown = (index: ActionIndex): string =>
  paragraphs(
    `I did not understand that; I read short English instructions. Say it in steps, for example ${example(index)}.`,
    disclosure,
  );

/** Strings of a list in a tool's arguments or result. */
export const textsIn = (value: unknown, key: string): readonly string[] => {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.filter((entry): entry is string => typeof entry === 'string') : [];
};
