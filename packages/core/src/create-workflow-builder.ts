import { randomUUID } from 'node:crypto';
import type { WorkflowBuilder, WorkflowBuilderOptions } from './builder.js';
import { createChat } from './chat/create-chat.js';
import { systemClock } from './clock.js';
import { WorkflowError } from './errors.js';
import { healthOf } from './health.js';
import { createLibrary } from './library/create-library.js';
import { createSavedCheck } from './library/saved-check.js';
import { memoryRateLimiter } from './limiters/memory-rate-limiter.js';
import { resolveLimits } from './limits.js';
import { memorySessionLock } from './locks/memory-session-lock.js';
import { createOfflinePlanner } from './models/offline-planner/create-offline-planner.js';
import { createRuns } from './runs/create-runs.js';
import { createEmbeddedOrchestrator } from './runtimes/embedded/create-embedded-orchestrator.js';
import { stderrLogger } from './stderr-logger.js';
import { memoryRunStore } from './stores/memory-run-store.js';
import { memorySessionStore } from './stores/memory-session-store.js';
import { memoryWorkflowStore } from './stores/memory-workflow-store.js';
import { createTriggers } from './triggers/create-triggers.js';
import { createHookTokens } from './triggers/hook-tokens.js';
import { servedByDefault } from './workflow/validate/check-trigger.js';

/** The host's options with the defaults, each of which works without a service or a key. */
const resolve = (options: WorkflowBuilderOptions) => {
  const { timeScale = 1, logger = stderrLogger } = options;
  if (!(timeScale > 0 && Number.isFinite(timeScale))) {
    throw new WorkflowError('configuration', `timeScale is ${timeScale}: it must be a number above 0.`);
  }
  const limits = resolveLimits(options.limits);
  if (!options.runs && !options.orchestrator) {
    logger.warn(
      { journal: 'memory' },
      'Runs are kept in memory and end with this process: give a run store.',
    );
  }
  return {
    catalog: options.catalog,
    limits,
    logger,
    timeScale,
    model: options.model ?? createOfflinePlanner(),
    sessions:
      options.sessions ?? memorySessionStore({ max: limits.sessionsInMemory, ttlMs: limits.sessionTtlMs }),
    locks: options.locks ?? memorySessionLock(),
    limiter: options.limiter ?? memoryRateLimiter({ perMinute: limits.messagesPerMinute }),
    workflows: options.workflows ?? memoryWorkflowStore(),
    runs: options.runs ?? memoryRunStore(),
    clock: options.clock ?? systemClock,
    newId: options.newId ?? ((prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '')}`),
    allowInlineDefinitions: options.allowInlineDefinitions ?? false,
    secrets: options.secrets ?? (async () => undefined),
    hookLimiter: memoryRateLimiter({ perMinute: limits.hookCallsPerMinute }),
    hookTokens: options.webhookSecret === undefined ? undefined : createHookTokens(options.webhookSecret),
  };
};

/**
 * Composes the library: catalog, chat, saved workflows and runs, over the ports the host gives or their defaults.
 * What the host has opened (stores, limiters, a model) stays the host's to close.
 * Throws `configuration` when an option makes no sense.
 *
 * @example
 * const builder = createWorkflowBuilder({ catalog: createCatalog([getEta, notifyUsers]) });
 * await builder.start();
 */
export const createWorkflowBuilder = (options: WorkflowBuilderOptions): WorkflowBuilder => {
  const parts = resolve(options);
  const { catalog, limits, logger, clock, newId } = parts;
  const orchestrator =
    options.orchestrator ??
    createEmbeddedOrchestrator({
      ...parts,
      definitionOf: async (id, version) => (await parts.workflows.get(id, version))?.definition,
    });
  const served = new Set(servedByDefault);
  if (!parts.hookTokens) served.delete('webhook');
  const chat = createChat({ ...parts, triggers: served });
  const newRunId = (): string => newId('run');
  const checks = { workflows: parts.workflows, actions: catalog, limits, triggers: served };
  const checkSaved = createSavedCheck(checks);
  const triggers = createTriggers({ ...parts, checkSaved, orchestrator, newRunId });
  const workflows = createLibrary({
    ...checks,
    simulator: options.simulator,
    changed: triggers.schedules.changed,
  });
  const runs = createRuns({
    ...checks,
    checkSaved,
    orchestrator,
    library: workflows,
    newRunId,
    allowInlineDefinitions: parts.allowInlineDefinitions,
  });
  let state: 'new' | 'ready' | 'closed' = 'new';

  return {
    catalog,
    logger,
    limits,
    newId,
    chat,
    workflows,
    runs,
    triggers: triggers.api,
    monitorUrl: options.monitorUrl,
    health: () => healthOf({ ...parts, orchestrator }, state === 'closed', clock.now()),
    ready: () => state === 'ready',
    async start() {
      await orchestrator.recover();
      triggers.schedules.start();
      state = 'ready';
    },
    async close(graceMs = 10_000) {
      state = 'closed';
      triggers.schedules.close();
      await Promise.all([chat.close(graceMs), orchestrator.close(graceMs)]);
    },
  };
};
