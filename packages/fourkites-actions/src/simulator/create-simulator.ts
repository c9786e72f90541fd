import { type Clock, type Logger, WorkflowError } from '@fk-workflow/core';
import type { LogEntry } from '../connectors/action-log.js';
import type { Connectors } from '../connectors/connectors.js';
import type { WebhookPost } from '../connectors/webhook-poster.js';
import type { Shipment } from '../model/shipment.js';
import { simulatedDocuments } from './documents.js';
import { type Ledger, openLedger } from './ledger.js';
import { simulatedMailbox, simulatedSender } from './mail.js';
import { simulatedLog, simulatedWebhooks } from './outlets.js';
import { ruleParser } from './parser/rule-parser.js';
import { planShipments } from './plan-shipments.js';
import type { SentMail } from './records.js';
import { repliesTo } from './replies.js';
import { simulatedTracking } from './tracking.js';

const hour = 3_600_000;
const dayMs = 24 * hour;

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
export const createSimulator = (options: SimulatorOptions = {}): Simulator => {
  const { clock = { now: () => Date.now() }, timeScale = 1, file, logger } = options;
  if (!(timeScale > 0 && Number.isFinite(timeScale))) {
    throw new WorkflowError('configuration', 'The simulator’s timeScale must be a number above 0.');
  }
  const now = () => clock.now();
  const hourMs = hour / timeScale;
  const ledger = openLedger(file, logger);
  const day = openingDay(ledger, now);
  const plans = planShipments(day);
  const tracking = simulatedTracking(plans, day, ledger);
  const outbox = () => ledger.all('mail').map(({ mail }) => mail);
  const arrived = () => repliesTo(outbox(), plans, hourMs).filter(({ receivedAt }) => receivedAt <= now());

  return {
    connectors: {
      shipments: tracking,
      mail: simulatedSender(ledger, now),
      inbox: simulatedMailbox(ledger, arrived, now, hourMs),
      documents: simulatedDocuments(plans, arrived),
      parser: ruleParser,
      webhooks: simulatedWebhooks(ledger),
      log: simulatedLog(ledger),
    },
    outbox,
    mailTo: (address) => {
      const wanted = address.toLowerCase();
      return outbox().filter(({ to, cc }) => [...to, ...cc].some((one) => one.toLowerCase() === wanted));
    },
    shipments: () => tracking.all(),
    posts: () => ledger.all('post').map(({ url, body, headers }) => ({ url, body, headers })),
    logs: () =>
      ledger.all('log').map(({ runId, stepId, message, data }) => ({ runId, stepId, message, data })),
    close: () => ledger.close(),
  };
};

/** The midnight before the simulator was first opened: shipments are made around it, also after a restart. */
const openingDay = (ledger: Ledger, now: () => number): number =>
  ledger.once('opened', '', () => ({
    type: 'opened',
    key: '',
    day: Math.floor(now() / dayMs) * dayMs,
  })).day;
