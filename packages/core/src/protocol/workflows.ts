/** Bodies of the catalog, workflow, execute and health routes. Types only. */
import type { Json, JsonSchema } from '../json.js';
import type { Effect } from '../workflow/action-spec.js';
import type { Definition } from '../workflow/definition.js';
import type { Problem } from '../workflow/problem.js';
import type { RunEvent } from '../workflow/run.js';

/** An action as `GET /api/actions` lists it: the first version's fields and ours. */
export interface ActionListing {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly icon: string;
  readonly color: string;
  readonly action_count: number;
  readonly category: string;
  readonly config_fields: readonly {
    readonly name: string;
    readonly label: string;
    readonly type: string;
    readonly required: boolean;
    readonly description?: string;
    readonly default?: Json;
    readonly options?: readonly Json[];
  }[];
  readonly branches: readonly string[];
  readonly input_schema: JsonSchema;
  readonly output_schema: JsonSchema;
  readonly effect: Effect;
}

/** `GET /api/actions`, out. */
export interface ActionsAnswer {
  readonly total: number;
  readonly categories: { readonly [category: string]: readonly ActionListing[] };
}

/** A saved definition at a version (from 1). */
export interface SavedWorkflow {
  readonly id: string;
  readonly version: number;
  readonly definition: Definition;
}

/** `POST /api/workflows/validate`, out. `definition` when the body was a node list that could be converted. */
export interface ValidateAnswer {
  readonly valid: boolean;
  readonly problems: readonly Problem[];
  readonly definition?: Definition;
}

/** The first version's node list. */
export interface NodeList {
  readonly id: string;
  readonly name: string;
  readonly config?: { readonly [key: string]: Json };
  readonly nodes: readonly SeedNode[];
  readonly edges?: readonly { readonly source: string; readonly target: string; readonly label?: string }[];
}

/** A node of the first version's node list. */
export interface SeedNode {
  readonly id: string;
  readonly type: 'trigger' | 'action';
  readonly label?: string;
  readonly activity: string;
  readonly params?: { readonly [name: string]: Json };
  readonly next?: readonly string[];
}

/** `POST /api/workflows/execute`, out. */
export interface ExecuteAnswer {
  readonly status: 'started';
  readonly workflow_id: string;
  readonly run_id: string;
  readonly task_queue: string;
  readonly monitor_url?: string;
  /** Warnings of the conversion, if any. */
  readonly problems?: readonly Problem[];
}

/** `GET /api/runs/{id}/events` as JSON, out. */
export interface RunEventsAnswer {
  readonly events: readonly RunEvent[];
}

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** `GET /health`, out. */
export interface HealthAnswer {
  readonly status: 'healthy' | 'degraded';
  readonly agent: 'ready' | 'unavailable';
  readonly temporal: 'connected' | 'disconnected' | 'disabled';
  readonly session_store: string;
  /** What holds the runs: `sqlite`, `postgres`, `memory` or `temporal`. */
  readonly journal: string;
  /** The language model's name, e.g. `offline-planner`. */
  readonly model: string;
  readonly timestamp: string;
  /** Why it is degraded, a sentence each. */
  readonly reasons?: readonly string[];
}
