import { isRecord } from '../../json.js';
import type { TurnContext } from '../../ports/language-model.js';
import { planRequirement } from './build/plan-requirement.js';
import type { Conversation, DoneCall } from './conversation.js';
import { type Decision, decideRequirement } from './decide.js';
import type { ActionIndex } from './matching/match-actions.js';
import {
  disclosure,
  paragraphs,
  replyCreated,
  replyEdited,
  replyFailed,
  replyQuestions,
  replyUnknown,
  textsIn,
} from './reply.js';

/** Longest text of documents that is planned, in characters. */
const longestDocument = 5000;

/** What comes after tool calls: the reply, or the plan for a document that was read. */
export const answer = ({ done, text }: Conversation, context: TurnContext, index: ActionIndex): Decision => {
  const failed = done.find((entry) => isFailure(entry));
  if (failed) return say(replyFailed(reasonOf(failed)));
  const asked = textsIn(find(done, 'generate_clarifying_questions')?.arguments, 'questions');
  const created = find(done, 'create_workflow_json');
  const document = find(done, 'read_requirement_document');
  if (created && context.draft)
    return say(replyCreated(context.draft, index, asked, notesOf(created, document, text, index)));
  const modified = find(done, 'modify_workflow_steps');
  if (modified && context.draft) {
    return say(replyEdited(textsIn(modified.result, 'applied'), context.draft, index, asked));
  }
  if (asked.length > 0) return say(replyQuestions(asked, context.draft !== null));
  if (document) return fromDocument(document, context, index);
  return say(replyUnknown(index));
};

const say = (text: string): Decision => ({ kind: 'say', text });
const find = (done: readonly DoneCall[], name: string): DoneCall | undefined =>
  done.find((entry) => entry.name === name);

const isFailure = ({ failed, result }: DoneCall): boolean =>
  failed || (isRecord(result) && result.success === false);

const reasonOf = ({ result }: DoneCall): string => {
  if (typeof result === 'string') return result;
  return isRecord(result) && typeof result.error === 'string' ? result.error : 'the tool gave no reason.';
};

/** What was added unasked. A plan is a function of its text, so planning it again tells. */
const notesOf = (
  created: DoneCall,
  document: DoneCall | undefined,
  text: string,
  index: ActionIndex,
): readonly string[] => {
  const plan = planRequirement(document ? documentText(document) : text, index);
  const drafted =
    isRecord(created.arguments) && isRecord(created.arguments.definition)
      ? created.arguments.definition.steps
      : undefined;
  return JSON.stringify(plan.steps) === JSON.stringify(drafted) ? plan.notes : [];
};

const documentText = ({ result }: DoneCall): string => {
  const list = isRecord(result) && Array.isArray(result.documents) ? result.documents : [];
  return list
    .flatMap((entry: unknown) => (isRecord(entry) && typeof entry.text === 'string' ? [entry.text] : []))
    .join('\n')
    .slice(0, longestDocument);
};

const fromDocument = (document: DoneCall, context: TurnContext, index: ActionIndex): Decision => {
  const text = documentText(document);
  if (text.trim() !== '') return decideRequirement(text, context, index);
  return say(
    paragraphs(
      'No document was uploaded in this session. Upload one, or tell me here what the workflow should do.',
      disclosure,
    ),
  );
};
