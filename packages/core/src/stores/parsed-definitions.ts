import { LRUCache } from 'lru-cache';
import type { Definition } from '../workflow/definition.js';

/** Characters of JSON whose definitions are kept parsed. */
const keptCharacters = 10_000_000;

const parse = (text: string): Definition => JSON.parse(text);

/**
 * Makes a function that parses definitions, and gives the same object for the same text while it is remembered: runs of
 * one version are then compiled once, and share its memory.
 */
export const parsedDefinitions = (): ((text: string) => Definition) => {
  const known = new LRUCache<string, Definition>({
    maxSize: keptCharacters,
    sizeCalculation: (_, text) => text.length,
  });
  return (text) => {
    const definition = known.get(text) ?? parse(text);
    known.set(text, definition);
    return definition;
  };
};
