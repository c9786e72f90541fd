import { LRUCache } from 'lru-cache';
import type { Definition } from '../workflow/definition.js';
import { type CheckDeps, requireValid, runsWorkflows } from './validate-body.js';

/** Characters of JSON whose definitions are remembered as valid. */
const rememberedCharacters = 10_000_000;

/** Gives a saved definition when it may run. Throws `invalid_definition` with details `{problems}`. */
export type SavedCheck = (saved: Definition) => Promise<Definition>;

/**
 * Makes a {@link SavedCheck}: a definition was saved as valid, but perhaps under a catalog that had other actions, or beside
 * workflows that are gone. What depends on this catalog alone is checked once, and given as the same object.
 */
export const createSavedCheck = (deps: CheckDeps): SavedCheck => {
  const valid = new LRUCache<string, Definition>({
    maxSize: rememberedCharacters,
    sizeCalculation: (_, text) => text.length,
  });
  return async (saved) => {
    const text = JSON.stringify(saved);
    const known = valid.get(text);
    if (known) return known;
    const definition = await requireValid(saved, deps);
    if (!runsWorkflows(definition)) valid.set(text, definition);
    return definition;
  };
};
