import type { Definition } from '../../../workflow/definition.js';

/** Characters of JSON whose definitions are remembered; parsed and compiled they take some twenty times as many bytes. */
const keptCharacters = 1_000_000;

/** Of the worker, not of a run, see `bundle-workflow.ts`. The one that was asked for last stands last. */
const known = new Map<string, Definition>();
let characters = 0;

/**
 * The same object for equal definitions, while it is remembered: runs of one version are then compiled once in a worker, and
 * share its memory. What it answers never differs from what it was given, so that a replay meets the same.
 * By hand, not by a library: it is part of the code that every worker loads into its sandbox.
 */
export const knownDefinition = (definition: Definition): Definition => {
  const text = JSON.stringify(definition);
  if (text.length > keptCharacters) return definition;
  const same = known.get(text);
  if (same) known.delete(text);
  else characters += text.length;
  known.set(text, same ?? definition);
  for (const oldest of known.keys()) {
    if (characters <= keptCharacters) break;
    known.delete(oldest);
    characters -= oldest.length;
  }
  return same ?? definition;
};
