/** The tab's memory, so that a refresh keeps the chat and the run. */
const prefix = 'fk-workflow-builder';

/** Where a value is kept: one widget of a page beside another at a different endpoint. */
export const storageKey = (...parts: readonly string[]): string => [prefix, ...parts].join(':');

/** Reads a value; undefined when there is none or the browser keeps storage from this page. */
export const recall = (key: string): string | undefined => {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw error;
  }
};

/** Keeps a value, or forgets it when undefined. Without storage it lives as long as the page does. */
export const remember = (key: string, value: string | undefined): void => {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch (error) {
    if (!isDenied(error)) throw error;
  }
};

/** Storage that is switched off or full is the person's choice, not a failure. */
const isDenied = (error: unknown): boolean => error instanceof DOMException;
