import { WorkflowError } from '../../../errors.js';
import { isRecord, type JsonSchema } from '../../../json.js';
import { applyEdits } from '../../../workflow/apply-edits.js';
import type { Definition } from '../../../workflow/definition.js';
import type { Edit } from '../../../workflow/edit.js';
import { walkSteps } from '../../../workflow/walk.js';
import { type RunInputs, runInputs } from '../build/run-inputs.js';
import { stepIds } from '../build/step-ids.js';
import { mask } from '../language/mask.js';
import { sentences } from '../language/split-pieces.js';
import type { ActionIndex } from '../matching/match-actions.js';
import { properties } from '../matching/schema.js';
import { addSteps } from './add-steps.js';
import type { EditContext, EditPlan } from './edit-plan.js';
import { editReaders } from './edit-readers.js';

const afterRemoval =
  /(?:\s*[,;]\s*(?:and |then |also |instead )*|\s+(?:and then|and|then)\s+)(?=(?:add|insert|remove|delete|drop|change|make|set|move|swap|rename|replace|log|notify|send|mail|email|post|escalate|wait)\b)/gi;
const boundary =
  /(?:\s*[,;]\s*(?:and |then |also )*|\s+(?:and then|and|then)\s+)(?=(?:add|insert|remove|delete|drop|change|make|set|move|swap|rename|replace)\b)/gi;

/** Plans the edits an instruction asks of a draft. Only steps it names are touched. */
export const planEdits = (
  text: string,
  definition: Definition,
  index: ActionIndex,
  preferred: ReadonlySet<string> = new Set(),
): EditPlan => {
  const inputs = runInputs(definition.inputs);
  const context: EditContext = {
    definition,
    index,
    preferred,
    newId: stepIds([...walkSteps(definition.steps)].map(({ step }) => step.id)),
    inputs,
  };
  const plans = instructions(text).map((instruction) => planOne(instruction, context));
  const edits = plans.flatMap((plan) => plan.edits);
  return {
    edits: withRunInputs(edits, definition, inputs),
    questions: plans.flatMap(({ questions }) => questions),
  };
};

/** Adds the run inputs the edits ask for, and drops those only the old values used: a run must not ask for nothing. */
const withRunInputs = (
  edits: readonly Edit[],
  definition: Definition,
  inputs: RunInputs,
): readonly Edit[] => {
  const schema = inputs.schema();
  if (!schema || edits.length === 0) return edits;
  const after = applied(edits, definition);
  if (!after) return edits;
  const isUsed = (name: string, { steps, output, trigger }: Definition): boolean =>
    new RegExp(`\\binputs\\.${name}\\b`).test(JSON.stringify([steps, output, trigger]));
  const unused = properties(definition.inputs).flatMap(({ name }) =>
    /^\w+$/.test(name) && isUsed(name, definition) && !isUsed(name, after) ? [name] : [],
  );
  if (inputs.added.length === 0 && unused.length === 0) return edits;
  return [{ op: 'setInputs', inputs: without(schema, unused) }, ...edits];
};

const applied = (edits: readonly Edit[], definition: Definition): Definition | undefined => {
  try {
    return applyEdits(definition, edits).definition;
  } catch (error) {
    // Edits that contradict each other are refused by the tool, which says why.
    if (WorkflowError.is(error)) return undefined;
    throw error;
  }
};

const without = (schema: JsonSchema, names: readonly string[]): JsonSchema | null => {
  const left = properties(schema).filter(({ name }) => !names.includes(name));
  if (left.length === 0) return null;
  const all = isRecord(schema.properties) ? schema.properties : {};
  return {
    ...schema,
    properties: Object.fromEntries(left.map(({ name }) => [name, all[name]])),
    required: left.filter(({ required }) => required).map(({ name }) => name),
  };
};

const planOne = (instruction: string, context: EditContext): EditPlan => {
  const text = instruction
    .replace(
      /^(?:(?:please|also|and|then|ok|okay|yes|no|now|but|can you|could you|i want (?:you )?to|let['’]?s|i['’]d like to)[\s,]+)+/i,
      '',
    )
    .trim();
  const [, field = '', value = ''] =
    /^(?:the|its) ([^,]{2,40}?) (?:is|should be|must be) ([^,]{1,200})$/i.exec(text) ?? [];
  const said = field === '' ? text : `set the ${field} to ${value}`;
  for (const reader of editReaders) {
    const plan = reader(said, context);
    if (plan) return plan;
  }
  return addSteps(text, context);
};

const instructions = (text: string): readonly string[] =>
  sentences(text).flatMap((sentence) => {
    const parts: string[] = [];
    let start = 0;
    // "remove the notification and log it" ends what is removed at the next verb of any kind.
    const between = /^(?:please )?(?:remove|delete|drop)\b(?!.*\binstead$)/i.test(sentence)
      ? afterRemoval
      : boundary;
    for (const match of mask(sentence).matchAll(between)) {
      parts.push(sentence.slice(start, match.index));
      start = match.index + match[0].length;
    }
    return [...parts, sentence.slice(start)].map((part) => part.trim()).filter(Boolean);
  });
