/** Bodies of the chat routes (snake_case as in the first version's API). Types only. */
import type { Json } from '../json.js';
import type { Definition } from '../workflow/definition.js';
import type { Problem } from '../workflow/problem.js';

/** `POST /api/workflow-agent/chat`, in. */
export interface ChatRequest {
  /** 1–100 of `[A-Za-z0-9_-]`. */
  readonly session_id: string;
  /** 1–5000 characters after trimming. */
  readonly message: string;
  /** A JSON string of {@link StepCard}s: the page's copy, whose differences count as hand edits. */
  readonly current_workflow?: string | null;
}

/** A step as the first version's page shows it. */
export interface StepCard {
  readonly stepNumber: number;
  readonly title: string;
  readonly description: string;
  /** Catalog id, or the alias of a step kind (`wait_timer`, `conditional_router`). */
  readonly actionId: string;
  readonly connector: string;
  readonly icon: string;
  readonly status: 'pending' | 'active' | 'completed';
  readonly params: { readonly [name: string]: Json };
}

/** The definition a session is editing. */
export interface Draft {
  readonly definition: Definition;
  /** Counts up with every change, from 1. */
  readonly revision: number;
  readonly problems: readonly Problem[];
}

/** `POST /api/workflow-agent/chat`, out. */
export interface ChatAnswer {
  readonly status: 'success' | 'blocked';
  readonly session_id: string;
  readonly turn_id: string;
  /** Markdown. */
  readonly agent_response: string;
  readonly tool_calls_made: number;
  /** Catalog ids in workflow order, or null. */
  readonly detected_actions: readonly string[] | null;
  /** All cards in reading order when the turn changed the draft, else null. */
  readonly updated_steps: readonly StepCard[] | null;
  /** Input values known so far, by action id. */
  readonly collected_params?: { readonly [actionId: string]: { readonly [name: string]: Json } };
  readonly security_warning?: string | null;
  readonly draft: Draft | null;
  /** What the agent needs to know. */
  readonly questions?: readonly string[];
}

/** A message of a session as shown: sanitised Markdown source, never HTML. */
export interface SessionMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly turn_id: string;
}

/** `GET /api/workflow-agent/sessions/{id}`, out. */
export interface SessionView {
  readonly session_id: string;
  readonly messages: readonly SessionMessage[];
  readonly draft: Draft | null;
  /** The running turn, if any. */
  readonly turn?: { readonly turn_id: string; readonly status: 'running' };
}
