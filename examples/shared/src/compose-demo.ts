import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createWorkflowBuilder, type WorkflowBuilder } from '@fk-workflow/core';
import { createFourKitesCatalog } from '@fk-workflow/fourkites-actions';
import { createSimulator, type Simulator } from '@fk-workflow/fourkites-actions/simulator';
import { createHandler, createLogger, type Handler } from '@fk-workflow/server-adapter';
import type { Config } from './config.js';
import { chooseModel } from './parts/model.js';
import { chooseSessions } from './parts/sessions.js';
import { chooseStores } from './parts/stores.js';
import { chooseTemporal } from './parts/temporal.js';
import { widgetFolder, withDemoSite } from './site/demo-handler.js';
import { hostPage } from './site/page.js';

/** The demo, composed: a builder over the simulator's far sides, and the handler that a framework mounts. */
export interface Demo {
  readonly builder: WorkflowBuilder;
  readonly handler: Handler;
  readonly simulator: Simulator;
  /** A line per part that was chosen. */
  readonly parts: readonly string[];
  /** Turns not ready, lets turns and handlers end within `graceMs` (default 10 s), frees everything. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Composes the demo from its configuration; `name` is shown on the page. Call `builder.start()` before serving.
 * Throws `configuration` and `store_unavailable` of the parts it opens; what it had opened is freed then.
 */
export const composeDemo = async (config: Config, name = 'demo'): Promise<Demo> => {
  const logger = createLogger({ level: config.logLevel });
  const opened: (() => Promise<void>)[] = [];
  const keep = <Chosen extends { close(): Promise<void> }>(part: Chosen): Chosen => {
    opened.push(part.close);
    return part;
  };
  const free = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((close) => close()));
  };
  try {
    const stores = keep(await chooseStores(config, logger));
    const sessions = keep(await chooseSessions(config, logger));
    const model = keep(await chooseModel(config));
    const { timeScale } = config;
    const file = join(config.dataDir, 'simulator.jsonl');
    const simulator = createSimulator({ file, timeScale, logger });
    keep({ close: async () => simulator.close() });
    const catalog = createFourKitesCatalog(simulator.connectors);
    const temporal = keep(await chooseTemporal(config, { ...stores.ports, catalog, logger }));
    const builder = createWorkflowBuilder({
      ...stores.ports,
      ...sessions.ports,
      ...model.ports,
      ...temporal.ports,
      catalog,
      logger,
      timeScale,
      // Whoever reaches the demo may run what they drew without saving it first, as its page does.
      allowInlineDefinitions: true,
      webhookSecret: config.webhookSecret ?? randomBytes(32).toString('hex'),
      limits: { messagesPerMinute: config.messagesPerMinute, turnTimeoutMs: config.turnTimeoutMs },
    });
    const { apiKeys, allowedOrigins } = config;
    const api = createHandler(builder, {
      ...(apiKeys && { apiKeys }),
      allowedOrigins,
      page: () => hostPage({ name, timeScale, needsKey: apiKeys !== undefined }),
    });
    const widget = widgetFolder();
    return {
      builder,
      handler: withDemoSite(api, { widget, mails: simulator.outbox }),
      simulator,
      parts: [
        stores.line,
        temporal.line,
        sessions.line,
        model.line,
        `far sides: simulator, ${file}; time runs ${timeScale} times faster`,
        apiKeys ? `API keys: ${apiKeys.length}` : 'API keys: none, whoever reaches the port may use it',
        config.webhookSecret
          ? 'webhooks: signed with WEBHOOK_SECRET'
          : 'webhooks: no WEBHOOK_SECRET, their paths change with the next start',
        ...(widget ? [] : ['page: without the element (npm run build -w @fk-workflow/widget makes it)']),
      ],
      async close(graceMs) {
        await builder.close(graceMs);
        await free();
      },
    };
  } catch (error) {
    await free();
    throw error;
  }
};
