import { WorkflowError } from '@fk-workflow/core';

/** The `ETag` of a version: `"3"`. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * The version that `If-Match` names. Throws `precondition_required` without one, and `version_conflict` for a tag
 * that is none of ours and therefore cannot be the newest. A proxy may have weakened the tag (`W/"3"`).
 */
export const expectedVersion = (request: Request): number => {
  const header = request.headers.get('if-match')?.trim();
  if (header === undefined || header === '' || header === '*') {
    throw new WorkflowError(
      'precondition_required',
      'Send the version you changed as If-Match, such as If-Match: "3"; the ETag of GET names it.',
    );
  }
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  throw new WorkflowError(
    'version_conflict',
    'If-Match names no version of this workflow: read it again and send its ETag.',
  );
};
