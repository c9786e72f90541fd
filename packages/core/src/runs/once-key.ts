import type { Caller, OnceOptions } from '../builder.js';
import { digest } from '../digest.js';

/** What stands for an idempotency key and its caller: one caller's key is not another's. Undefined without a key. */
export const onceKey = (
  { tenant, principal, client }: Partial<Caller> = {},
  { idempotencyKey }: OnceOptions = {},
): string | undefined =>
  idempotencyKey === undefined
    ? undefined
    : digest([{ tenant, caller: principal ?? client }, idempotencyKey]);
