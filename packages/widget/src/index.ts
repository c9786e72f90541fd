/** `@fk-workflow/widget`: importing this defines `<fk-workflow-builder>`. */
import type { FkWorkflowBuilderEventMap } from './events.js';
import { FkWorkflowBuilder } from './fk-workflow-builder.js';

// A page that loads two copies keeps the first one instead of failing.
if (!customElements.get('fk-workflow-builder')) {
  customElements.define('fk-workflow-builder', FkWorkflowBuilder);
}

declare global {
  interface HTMLElementEventMap extends FkWorkflowBuilderEventMap {}
  interface HTMLElementTagNameMap {
    'fk-workflow-builder': FkWorkflowBuilder;
  }
}

export { type GetToken, RequestError } from './client/index.js';
export type { ErrorSource, FkWorkflowBuilderEventMap } from './events.js';
export { FkWorkflowBuilder };
