import { createHash } from 'node:crypto';

/** 32 hexadecimal digits that stand for a value: the same on every server and runtime. */
export const digest = (what: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32);
