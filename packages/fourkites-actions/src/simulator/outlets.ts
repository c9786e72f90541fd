import type { ActionLog } from '../connectors/action-log.js';
import type { WebhookPoster } from '../connectors/webhook-poster.js';
import type { Ledger } from './ledger.js';

/** Takes posts and answers 200; nothing leaves the process. */
export const simulatedWebhooks = (ledger: Ledger): WebhookPoster => ({
  async post({ url, body, headers }, { key, signal }) {
    signal.throwIfAborted();
    ledger.once('post', key, () => ({ type: 'post', key, url, body, headers: { ...headers } }));
    return { status: 200, response: { received: true } };
  },
});

/** Keeps what workflows log. */
export const simulatedLog = (ledger: Ledger): ActionLog => ({
  async write({ runId, stepId, message, data }, { key, signal }) {
    signal.throwIfAborted();
    ledger.once('log', key, () => ({ type: 'log', key, runId, stepId, message, data: { ...data } }));
  },
});
