import { type Clock, type Logger } from '@fk-workflow/core';
import type { LogEntry } from '../connectors/action-log.js';
import type { Connectors } from '../connectors/connectors.js';
import type { WebhookPost } from '../connectors/webhook-poster.js';
import type { Shipment } from '../model/shipment.js';
import type { SentMail } from './records.js';
/** Options of {@link createSimulator}. */
export interface SimulatorOptions {
  /** Default: the clock of the machine. */
  readonly clock?: Pick<Clock, 'now'>;
  /** How many times faster workflow time passes, the same as the server's: 3600 makes 6 hours 6 seconds. Default 1. */
  readonly timeScale?: number;
  /** A file in which the state survives the process, for one process at a time. Default: in memory. */
  readonly file?: string;
  /** Told when a file was repaired. */
  readonly logger?: Logger;
}
/** The far sides of all actions, in this process. */
export interface Simulator {
  /** For `createFourKitesCatalog`. */
  readonly connectors: Connectors;
  /** Every mail that was sent, oldest first. */
  outbox(): readonly SentMail[];
  /** The mails that were sent, or copied, to an address. */
  mailTo(address: string): readonly SentMail[];
  /** All shipments as they stand. */
  shipments(): readonly Shipment[];
  /** Every post to a webhook, oldest first. */
  posts(): readonly WebhookPost[];
  /** Every line that workflows logged, oldest first. */
  logs(): readonly LogEntry[];
  /** Closes the file. */
  close(): void;
}
/**
 * Makes a simulator, modelled on public samples, not certified. It always holds the shipments FK-1001 … FK-1040 and the
 * facilities that the package's README names. Throws `configuration` for a time scale that is not above 0, or a file that
 * it did not write.
 *
 * @example
 * const simulator = createSimulator({ timeScale: 3600, file: 'data/simulator.jsonl' });
 * const catalog = createFourKitesCatalog(simulator.connectors);
 */
export declare const createSimulator: (options?: SimulatorOptions) => Simulator;
