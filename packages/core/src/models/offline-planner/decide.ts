import type { Json } from '../../json.js';
import type { TurnContext } from '../../ports/language-model.js';
import { planQuestions, planRequirement, type RequirementPlan } from './build/plan-requirement.js';
import type { Conversation } from './conversation.js';
import { planEdits } from './edits/plan-edits.js';
import { words } from './language/tokens.js';
import { type ActionIndex, chooseAction } from './matching/match-actions.js';
import {
  describeDraft,
  disclosure,
  paragraphs,
  replyAgreement,
  replyCatalog,
  replyGreeting,
  replyUndo,
  replyUnknown,
} from './reply.js';

/** A tool the planner calls. */
export interface PlannedCall {
  readonly name: string;
  readonly arguments: Json;
}

/** What the planner does about a message: calls tools, or says something. */
export type Decision =
  | { readonly kind: 'call'; readonly calls: readonly PlannedCall[] }
  | { readonly kind: 'say'; readonly text: string };

const greeting =
  /^(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|ok|okay|great|cool)\b[\s!.,]*(?:there|all|you|so much|a lot|very much)?[\s!.,]*$/i;
const catalogQuestion =
  /^(?:help|\?)\W*$|\b(?:which|what|list|show)\b.{0,40}\b(?:actions?|steps can|capabilities|possible|available)\b|\bwhat can (?:you|i|it|we)\b/i;
const explainQuestion =
  /\b(?:what (?:does|will|would) (?:it|this|the (?:work)?flow|the draft|that) do|explain|describe (?:it|this|the)|summari[sz]e|show (?:me )?(?:it|the (?:work)?flow|the draft|the steps)|what (?:is|have we) (?:it|drafted|there)|what (?:are|is) (?:the )?(?:inputs?|problems?|missing|steps)|walk me through)\b/i;
const undoRequest = /^(?:please )?(?:undo|redo|revert|roll ?back|take (?:that|it) back|go back)\b/i;
const startOver =
  /\b(?:start (?:over|again|anew)|from scratch|new (?:work)?flow|another (?:work)?flow|instead build|replace (?:it|the (?:draft|(?:work)?flow)|everything))\b/i;
const startOverPrefix =
  /^(?:please |let['’]?s )?(?:start (?:over|again|anew)|(?:do it )?from scratch|replace (?:it|everything))(?: with)?[\s:,.]*/i;
const agreement = /^(?:yes|no|sure|perfect|nice|looks? good|it looks good|approved?|fine)\b[\s!.,]*$/i;
const fromDocument =
  /\b(?:(?:uploaded|attached|requirements?) (?:document|file|pdf|docx)|(?:from|based on|according to|use|read|follow|implement) (?:the|my|this|our) (?:document|file|requirements?|upload|specification|spec))\b/i;

/** Decides about the newest message; looks at nothing but the conversation and the context. */
export const decide = (conversation: Conversation, context: TurnContext, index: ActionIndex): Decision => {
  const { text } = conversation;
  const trimmed = text.trim();
  if (words(trimmed).length === 0 || greeting.test(trimmed)) {
    return say(catalogQuestion.test(trimmed) ? replyCatalog(index) : replyGreeting(index));
  }
  if (agreement.test(trimmed)) return say(replyAgreement(context.draft !== null));
  if (undoRequest.test(trimmed)) return say(replyUndo());
  if (words(trimmed).length <= 16) {
    if (catalogQuestion.test(trimmed)) return say(replyCatalog(index));
    if (explainQuestion.test(trimmed)) return say(explanation(context, index));
  }
  if (fromDocument.test(trimmed)) return call([{ name: 'read_requirement_document', arguments: {} }]);
  const answered = answerTo(conversation, context, index);
  if (answered) return answered;
  if (context.draft && !startOver.test(trimmed)) return decideEdits(trimmed, context, index);
  return decideRequirement(trimmed.replace(startOverPrefix, ''), context, index);
};

const say = (text: string): Decision => ({ kind: 'say', text });
const call = (calls: readonly PlannedCall[]): Decision => ({ kind: 'call', calls });

const explanation = ({ draft }: TurnContext, index: ActionIndex): string =>
  draft
    ? paragraphs(`**${draft.definition.name}**. ${describeDraft(draft, index)}`, disclosure)
    : paragraphs('Nothing is drafted yet. Tell me what the workflow should do.', disclosure);

/** A short message that names an action the last question offered: the message before is planned again with it. */
const answerTo = (
  { text, askedAbout }: Conversation,
  context: TurnContext,
  index: ActionIndex,
): Decision | undefined => {
  if (askedAbout === undefined || words(text).length > 8) return undefined;
  if (startOver.test(text) || /^(?:replace|start over)/i.test(text.trim()))
    return decideRequirement(askedAbout, context, index);
  const choice = chooseAction(text, index);
  const asked = planRequirement(askedAbout, index).ambiguous.flatMap(({ actions }) => actions);
  const place = ['first', 'second', 'third'].findIndex((word) => words(text).includes(word));
  const chosen =
    asked[place] ?? (choice.kind === 'found' ? asked.find(({ id }) => id === choice.action.id) : undefined);
  if (!chosen) return undefined;
  const preferred = new Set([chosen.id]);
  return context.draft
    ? decideEdits(askedAbout, context, index, preferred)
    : decideRequirement(askedAbout, context, index, preferred);
};

const decideEdits = (
  text: string,
  { draft }: TurnContext,
  index: ActionIndex,
  preferred?: ReadonlySet<string>,
): Decision => {
  if (!draft) return say(replyUnknown(index));
  if (looksNew(text, index)) {
    return questions([
      'There is a draft already. Should I replace it (say “replace it”), or what should I add to it?',
    ]);
  }
  const plan = planEdits(text, draft.definition, index, preferred);
  if (plan.edits.length === 0 && plan.questions.length === 0) return say(replyUnknown(index));
  const calls: PlannedCall[] = [];
  // Edits and the text they answer travel as JSON from here on.
  if (plan.edits.length > 0)
    calls.push({ name: 'modify_workflow_steps', arguments: asJson({ edits: plan.edits }) });
  if (plan.questions.length > 0) calls.push(ask(plan.questions));
  return call(calls);
};

/** A whole requirement, told as such, while another workflow is drafted. */
const looksNew = (text: string, index: ActionIndex): boolean =>
  /^(?:i (?:need|want)|we (?:need|want)|(?:please )?(?:create|build|make|design)\b.{0,20}flow)/i.test(text) &&
  planRequirement(text, index).steps.length >= 3;

const questions = (asked: readonly string[]): Decision => call([ask(asked)]);
const ask = (asked: readonly string[]): PlannedCall => ({
  name: 'generate_clarifying_questions',
  arguments: { questions: asked.slice(0, 10) },
});

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Plans a requirement from nothing; asks first where two actions fit. */
export const decideRequirement = (
  text: string,
  { draft }: TurnContext,
  index: ActionIndex,
  preferred?: ReadonlySet<string>,
): Decision => {
  const plan = planRequirement(text, index, preferred);
  const open = planQuestions(plan, index);
  if (plan.steps.length === 0 && open.length === 0) return say(replyUnknown(index));
  const calls: PlannedCall[] = [analysis(text, plan)];
  if (plan.ambiguous.length > 0 || plan.steps.length === 0) calls.push(ask(open));
  else
    calls.push({
      name: 'create_workflow_json',
      arguments: asJson({ definition: definitionOf(plan), ...(draft ? { replace: true } : {}) }),
    });
  if (plan.ambiguous.length === 0 && plan.steps.length > 0 && open.length > 0) calls.push(ask(open));
  return call(calls);
};

const analysis = (text: string, plan: RequirementPlan): PlannedCall => ({
  name: 'analyze_requirement_and_map_actions',
  arguments: {
    requirement: text.slice(0, 2000),
    suggested_actions: [...new Set(plan.actions)],
    unmatched: plan.unmatched.map((entry) => entry.text),
  },
});

const definitionOf = ({ name, trigger, inputs, steps }: RequirementPlan) => ({
  name,
  ...(trigger ? { trigger } : {}),
  ...(inputs ? { inputs } : {}),
  steps,
});
