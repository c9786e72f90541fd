import { expect, onTestFinished, test } from 'vitest';
import { createWorkflowBuilder } from '../../../src/create-workflow-builder.js';
import { memoryWorkflowStore } from '../../../src/stores/memory-workflow-store.js';
import type { Definition } from '../../../src/workflow/definition.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';
import { createTemporalWorld, scriptedCatalog, until } from './support/temporal-world.js';

const definition: Definition = {
  id: 'greet',
  name: 'Greet',
  inputs: { type: 'object', properties: { name: { type: 'string', default: 'Ann' } } },
  steps: [
    { id: 'look', kind: 'action', action: 'look', input: { hello: '${{ inputs.name }}' } },
    { id: 'sub', kind: 'workflow', workflow: 'shout', version: 1, input: { text: '${{ inputs.name }}' } },
  ],
  output: ['${{ steps.look.output.hello }}', '${{ steps.sub.output }}'],
};
const shout: Definition = {
  id: 'shout',
  name: 'Shout',
  inputs: { type: 'object', properties: { text: { type: 'string' } } },
  steps: [{ id: 'put', kind: 'action', action: 'put', input: { text: '${{ inputs.text }}!' } }],
  output: '${{ steps.put.output.text }}',
};

test('saved workflows run on Temporal as they are, in every version', async () => {
  const workflows = memoryWorkflowStore();
  const logger = recordingLogger();
  const catalog = scriptedCatalog({}, []);
  const before = createWorkflowBuilder({ catalog, workflows, logger });
  await before.start();
  await before.workflows.create(shout);
  await before.workflows.create(definition);
  await before.workflows.replace('greet', { ...definition, output: '${{ steps.sub.output }}' }, 1);

  const world = await createTemporalWorld({ workflows });
  const after = createWorkflowBuilder({ catalog, workflows, logger, orchestrator: world.orchestrator });
  onTestFinished(async () => {
    await Promise.all([before.close(0), after.close(0)]);
    await world.close();
  });
  await after.start();
  expect(after.health()).toMatchObject({ status: 'healthy', temporal: 'connected', journal: 'temporal' });

  for (const version of [1, 2]) {
    const ends = [];
    for (const { runs } of [before, after]) {
      const { runId } = await runs.start('greet', { version });
      await until(async () => (await runs.get(runId)).endedAt !== undefined);
      const { status, output, input } = await runs.get(runId);
      const events = (await runs.events(runId)).map(({ at: _, ...event }) => event);
      ends.push({ status, output, input, events });
    }
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[0]).toMatchObject({ status: 'succeeded', output: version === 1 ? ['Ann', 'Ann!'] : 'Ann!' });
  }
});
