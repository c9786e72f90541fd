import type { Document } from '../task.js';

/** Gives on what it takes. */
export const read = async ({ id, document }: Document): Promise<Document> => ({ id, document });

/** Gives on what it takes. */
export const write = async ({ id, document }: Document): Promise<Document> => ({ id, document });
