import { WorkflowError } from '@fk-workflow/core';

/** The `Idempotency-Key` of a request, as an option. Throws `invalid_request` for one that is too odd. */
export const idempotencyOf = (request: Request): { readonly idempotencyKey?: string } => {
  const key = request.headers.get('idempotency-key');
  if (key === null) return {};
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return { idempotencyKey: key };
  throw new WorkflowError('invalid_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters.', {
    details: { errors: [{ field: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }] },
  });
};
