import type { Draft, Run, RunStatus } from '@fk-workflow/core/protocol';

/** The events `<fk-workflow-builder>` fires. They bubble and leave shadow roots. */
export interface FkWorkflowBuilderEventMap {
  /** The drawn workflow changed; null when a new conversation starts. */
  'fkw-draft-changed': CustomEvent<{ readonly draft: Draft | null }>;
  'fkw-run-started': CustomEvent<{ readonly run: Run }>;
  'fkw-run-ended': CustomEvent<{
    readonly runId: string;
    readonly status: RunStatus;
    readonly error?: { readonly code: string; readonly message: string };
  }>;
  /** Something failed; `where` says what was being done. The element shows it too. */
  'fkw-error': CustomEvent<{ readonly error: unknown; readonly where: ErrorSource }>;
}

/** What was being done when something failed. */
export type ErrorSource = 'chat' | 'session' | 'catalog' | 'run' | 'markdown' | 'render';
