import type { Definition } from './definition.js';

/** Read access to saved workflows: what a definition's steps of kind `workflow` run. */
export interface WorkflowLookup {
  get(id: string, version: number): Definition | undefined;
  /** The newest version; undefined when there is no such workflow. */
  newest(id: string): number | undefined;
}
