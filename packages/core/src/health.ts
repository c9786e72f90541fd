import type { LanguageModel } from './ports/language-model.js';
import type { Orchestrator } from './ports/orchestrator.js';
import type { SessionStore } from './ports/session-store.js';
import type { HealthAnswer } from './protocol/workflows.js';

/** Health from what is known already: nothing is asked over the network, and the model is never called. */
export const healthOf = (
  parts: {
    readonly sessions: SessionStore;
    readonly model: LanguageModel;
    readonly orchestrator: Pick<Orchestrator, 'journal' | 'status'>;
  },
  closing: boolean,
  now: number,
): HealthAnswer => {
  const degraded = parts.sessions.degraded();
  const temporal = parts.orchestrator.status?.() ?? 'disabled';
  const reasons = [
    ...(degraded === undefined ? [] : [degraded]),
    ...(temporal === 'disconnected' ? ['Temporal does not answer: no run starts.'] : []),
    ...(closing ? ['The server is shutting down.'] : []),
  ];
  return {
    status: reasons.length === 0 ? 'healthy' : 'degraded',
    agent: closing ? 'unavailable' : 'ready',
    temporal,
    session_store: degraded === undefined ? parts.sessions.kind : 'memory',
    journal: parts.orchestrator.journal,
    model: parts.model.name,
    timestamp: new Date(now).toISOString(),
    ...(reasons.length === 0 ? {} : { reasons }),
  };
};
