import type { Page, SavedWorkflow } from '../protocol/workflows.js';
import type { Definition } from '../workflow/definition.js';

/** Saved definitions: immutable, numbered versions. */
export interface WorkflowStore {
  /** Saves version 1. Throws `already_exists`. */
  create(definition: Definition): Promise<SavedWorkflow>;
  /** Saves the next version if the newest is `expected`. Throws `not_found`, `version_conflict`. */
  replace(definition: Definition, expected: number): Promise<SavedWorkflow>;
  /** The newest version, or the named one. */
  get(id: string, version?: number): Promise<SavedWorkflow | undefined>;
  /** Numbers of the versions, oldest first. */
  versions(id: string): Promise<readonly number[]>;
  /** Newest versions by id, at most `limit` (1–100). */
  list(query: { readonly limit: number; readonly cursor?: string }): Promise<Page<SavedWorkflow>>;
  /** Removes all versions; true when there was one. Runs go on: they carry their definition. */
  delete(id: string): Promise<boolean>;
}

/** The definition of a workflow at a version; undefined when there is none (any more). */
export type DefinitionOf = (workflow: string, version: number) => Promise<Definition | undefined>;
