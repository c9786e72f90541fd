import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inChild } from '../lib/child.js';
import { type Row, row } from '../lib/row.js';
import { temporalAddress } from './task.js';

const rounds = 5;
const lookEveryMs = 5;

/** How long a worker takes from nothing to being seen by its server; each in a process of its own. */
export const workerReady = async (): Promise<readonly Row[]> => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    best = Math.min(best, await inChild<number>(fileURLToPath(import.meta.url), ['become-ready']));
  }
  return [row('worker ready', 's', best / 1000, { atMost: 3 })];
};

/** The part in the child process: milliseconds from before the packages are loaded until the worker is ready. */
export const becomeReady = async (): Promise<number> => {
  const address = temporalAddress();
  const started = performance.now();
  const { createWorker } = await import('@fk-workflow/core/temporal/worker');
  const { catalog, quietLogger: logger } = await import('./ours.js');
  const worker = await createWorker({ address, taskQueue: `ready-${process.pid}`, catalog, logger });
  while (!worker.ready()) await sleep(lookEveryMs);
  const ms = performance.now() - started;
  await worker.close();
  return ms;
};
