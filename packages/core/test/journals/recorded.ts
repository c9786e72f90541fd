import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JournalEntry, StoredRun } from '../../src/ports/run-store.js';
import type { replay as replayOfSources } from '../../src/runtimes/embedded/replay.js';
import type { RunEvent } from '../../src/workflow/run.js';
import { createWorld } from '../runtimes/embedded/support/world.js';
import { recordingLogger } from '../stores/support/recording-logger.js';
import { scenarios } from './scenarios.js';

/** A run as a release left it. */
export interface Recorded {
  readonly name: string;
  readonly stored: StoredRun;
  readonly journal: readonly JournalEntry[];
  readonly events: readonly RunEvent[];
}

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The releases that journals were recorded of. */
export const releases = async (): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true })).filter((one) => one.isDirectory()).map(({ name }) => name);

/** The runs recorded of a release. */
export const recordedOf = async (release: string): Promise<readonly Recorded[]> => {
  const files = await readdir(`${folder}${release}`);
  return Promise.all(
    files.map(
      async (file): Promise<Recorded> => JSON.parse(await readFile(`${folder}${release}/${file}`, 'utf8')),
    ),
  );
};

/** Plays every scenario with the present sources and keeps how it went. */
export const record = async (release: string): Promise<void> => {
  await mkdir(`${folder}${release}`, { recursive: true });
  for (const { name, runId = 'run_1', play } of scenarios) {
    const { orchestrator, runs } = await play();
    const stored = await runs.get(runId);
    if (!stored) throw new Error(`${name} started no run.`);
    const recorded: Recorded = {
      name,
      stored,
      journal: await runs.journal(runId),
      events: await orchestrator.events(runId),
    };
    await writeFile(`${folder}${release}/${name}.json`, `${JSON.stringify(recorded, null, 1)}\n`);
  }
};

const { catalog } = createWorld();

/** The events that an interpreter reads out of a recorded journal. */
export const reread = async (
  { stored, journal }: Recorded,
  replay: typeof replayOfSources,
): Promise<readonly RunEvent[]> =>
  (await replay(stored, journal, { catalog, logger: recordingLogger(), timeScale: 1 })).events;
