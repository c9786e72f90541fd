import type { ActionLog } from '../connectors/action-log.js';
import type { WebhookPoster } from '../connectors/webhook-poster.js';
import type { Ledger } from './ledger.js';
/** Takes posts and answers 200; nothing leaves the process. */
export declare const simulatedWebhooks: (ledger: Ledger) => WebhookPoster;
/** Keeps what workflows log. */
export declare const simulatedLog: (ledger: Ledger) => ActionLog;
