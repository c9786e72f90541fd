import { readdir, readFile } from 'node:fs/promises';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import * as sdk from '@temporalio/worker';
import { expect, test } from 'vitest';
import { installRuntime } from '../../../src/runtimes/temporal/worker/install-runtime.js';
import type { Step } from '../../../src/workflow/definition.js';
import type { RunEvent } from '../../../src/workflow/run.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';
import { embeddedInOrder, withoutTime } from './support/same-events.js';
import { workflowCode } from './support/workflow-code.js';

interface Recorded {
  readonly runId: string;
  readonly steps: readonly Step[];
  readonly events: readonly RunEvent[];
  readonly history: unknown;
}

const folder = new URL('./histories/', import.meta.url);
const releases = await readdir(folder);

installRuntime(sdk, recordingLogger());

test.each(releases)(
  'runs that release %s began go on as they would have there',
  async (release) => {
    const recorded: readonly Recorded[] = JSON.parse(await readFile(new URL(release, folder), 'utf8'));
    const workflowBundle = { codePath: await workflowCode() };
    for (const { runId, steps, events, history } of recorded) {
      await sdk.Worker.runReplayHistory({ workflowBundle }, historyFromJSON(history), runId);
      // Replay takes commands in another order for the same ones; the order of events tells.
      expect(withoutTime(await embeddedInOrder(steps, events)), runId).toEqual(withoutTime(events));
    }
    expect(recorded.length).toBeGreaterThan(0);
  },
  60_000,
);

test('there is a recorded release', () => {
  expect(releases).not.toEqual([]);
});
