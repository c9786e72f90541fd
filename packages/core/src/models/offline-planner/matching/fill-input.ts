import type { Json, JsonObject } from '../../../json.js';
import type { ActionSpec } from '../../../workflow/action-spec.js';
import { asText } from '../language/literals.js';
import { isFreeText } from './field-kinds.js';
import { literalInput } from './literal-input.js';
import { findReference } from './references.js';
import { type Property, properties } from './schema.js';
import type { Source } from './sources.js';

/** What is known when an action's input is filled. */
export interface Known {
  /** The clause that asks for the action. */
  readonly text: string;
  /** What the step is about, for messages that must say something. */
  readonly subject: string;
  readonly visible: readonly Source[];
  /** Conditions that hold where the step stands, as CEL. */
  readonly guards: readonly string[];
}

/** A filled input, and the required fields nothing is known about. */
export interface Filled {
  readonly input: JsonObject;
  readonly unknown: readonly Property[];
}

/** Fills an action's input from the words of a clause and from earlier outputs. */
export const fillInput = (action: ActionSpec, known: Known): Filled => {
  const fields = properties(action.inputSchema);
  const input: Record<string, Json> = { ...literalInput(fields, known.text) };
  const unknown: Property[] = [];
  for (const property of fields) {
    if (property.name in input) continue;
    const reference = findReference(property, known.visible, known.guards);
    if (reference !== undefined) input[property.name] = reference;
    else if (property.required && !('default' in property.schema)) {
      const wording = wordingFor(property, known);
      if (wording === undefined) unknown.push(property);
      else input[property.name] = wording;
    }
  }
  return { input, unknown: unknown.length > 0 ? unknown : mustChoose(action, fields, input) };
};

/**
 * An action that requires no field by itself, but is about one thing ("a path or an attachment"), needs that thing: the one
 * its example gives.
 */
const mustChoose = (
  action: ActionSpec,
  fields: readonly Property[],
  input: JsonObject,
): readonly Property[] => {
  const [first = ''] = Object.keys(action.example?.input ?? {});
  const free = fields.every(({ required }) => !required) && Object.keys(input).length === 0;
  const isThing = /(?:path|file|document|attachment|url|id)$/i.test(first);
  return free && isThing ? fields.filter(({ name }) => name === first) : [];
};

/** What a message says when the person gave no words: what the step is about, and the newest data. */
const wordingFor = (property: Property, { subject, visible }: Known): Json | undefined => {
  const newest = visible.findLast(({ stepId, action }) => stepId === undefined || action?.effect === 'read');
  const payload = /^(?:body|data|payload|content)$/.test(property.name) && !property.types.includes('string');
  if (payload) return newest ? `\${{ ${newest.expression} }}` : undefined;
  if (!isFreeText(property)) return undefined;
  return newest ? `${asText(subject)}: \${{ ${newest.expression} }}` : asText(subject);
};
