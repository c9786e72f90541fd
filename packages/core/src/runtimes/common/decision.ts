import { WorkflowError } from '../../errors.js';
import { isRecord, type Json } from '../../json.js';

/** Throws `invalid_request` unless the body is an approval's answer: `{decision: "approved" | "rejected", comment?}`. */
export const requireDecision = (body: Json): void => {
  const fits =
    isRecord(body) &&
    (body.decision === 'approved' || body.decision === 'rejected') &&
    (body.comment === undefined || body.comment === null || typeof body.comment === 'string') &&
    Object.keys(body).every((key) => key === 'decision' || key === 'comment');
  if (fits) return;
  throw new WorkflowError(
    'invalid_request',
    'An approval takes {"decision": "approved" or "rejected", "comment": "text, optional"}.',
  );
};
