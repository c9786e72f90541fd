/** `@fk-workflow/widget/client`: the server's routes for a page of your own. No DOM, no dependency besides the wire types. */
export type { ChatOptions } from './chat.js';
export { type Client, createClient } from './create-client.js';
export { endsRun, type FollowOptions } from './follow-run.js';
export { emptyDraft, mirrorDraft } from './mirror-draft.js';
export { RequestError } from './request-error.js';
export type { ClientOptions, GetToken } from './transport.js';
