import type { ReactiveControllerHost } from 'lit';
import type { Client } from '../client/index.js';
import type { ErrorSource, FkWorkflowBuilderEventMap } from '../events.js';

/** What the controllers need of the element. */
export interface WidgetHost extends ReactiveControllerHost {
  readonly client: Client;
  /** Says something to people who listen to the page instead of looking at it. */
  announce(text: string): void;
  /** Fires a typed event. */
  emit<K extends keyof FkWorkflowBuilderEventMap>(
    type: K,
    detail: FkWorkflowBuilderEventMap[K]['detail'],
  ): void;
  /** Tells the page of an error that the element goes on after. */
  report(error: unknown, where: ErrorSource): void;
}

/** The sentence of an error for a person. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
