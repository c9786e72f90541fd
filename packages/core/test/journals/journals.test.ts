/**
 * A run that was started under an earlier release goes on under this one, so its journal has to be read as it was then:
 * the journals of every release are read again. To record those of a new release, after its version is set:
 * `RECORD_JOURNALS=0.1.0 npx vitest run --project unit packages/core/test/journals`.
 */
import { describe, expect, test } from 'vitest';
import { replay } from '../../src/runtimes/embedded/replay.js';
import { mutants, mutatedReplay } from './mutants.js';
import { type Recorded, record, recordedOf, releases, reread } from './recorded.js';
import { scenarios } from './scenarios.js';

const recording = process.env.RECORD_JOURNALS;
if (recording) await record(recording);

const all = (await releases()).map((release) => [release] as const);

describe.each(all)('the journals of %s', (release) => {
  test('are there, one a scenario', async () => {
    expect((await recordedOf(release)).length).toBeGreaterThanOrEqual(12);
  });

  test('are read as they were', async () => {
    for (const recorded of await recordedOf(release)) {
      expect(await reread(recorded, replay), recorded.name).toEqual(recorded.events);
    }
  });
});

test('every scenario of today is recorded in the newest release', async () => {
  const newest =
    (await releases()).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? '';
  const names = (await recordedOf(newest)).map(({ name }) => name).sort();
  expect(names).toEqual(scenarios.map(({ name }) => name).sort());
});

test.each(mutants)('an interpreter in which $what is found out', async (mutant) => {
  const mutated = await mutatedReplay(mutant);
  const differing: string[] = [];
  for (const [release] of all) {
    for (const recorded of await recordedOf(release)) {
      if (!(await readsAlike(recorded, mutated))) differing.push(recorded.name);
    }
  }
  expect(differing).not.toEqual([]);
});

const readsAlike = async (recorded: Recorded, mutated: typeof replay): Promise<boolean> => {
  const events = await reread(recorded, mutated);
  return JSON.stringify(events) === JSON.stringify(recorded.events);
};
