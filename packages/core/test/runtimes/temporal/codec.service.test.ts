import type { PayloadCodec } from '@temporalio/common';
import { expect, onTestFinished, test } from 'vitest';
import { historyText } from './support/history-text.js';
import { createTemporalWorld } from './support/temporal-world.js';

/** Stands in for encryption: turns every bit over. */
const codec: PayloadCodec = {
  encode: async (payloads) => payloads.map((payload) => ({ ...payload, data: turned(payload.data) })),
  decode: async (payloads) => payloads.map((payload) => ({ ...payload, data: turned(payload.data) })),
};
const turned = (data: Uint8Array | null | undefined): Uint8Array =>
  Uint8Array.from(data ?? [], (byte) => byte ^ 0xff);

test('Temporal sees of payloads only what a codec makes of them', async () => {
  const world = await createTemporalWorld({ dataConverter: { payloadCodecs: [codec] } });
  onTestFinished(() => world.close());
  const runId = await world.run(
    [
      { id: 'a', kind: 'action', action: 'put', input: { note: 'confidential' } },
      { id: 'reply', kind: 'wait', signal: 'reply' },
    ],
    { output: '${{ steps.reply.output.payload }}' },
    { of: 'confidential' },
  );
  await world.waiting(runId);
  await world.orchestrator.signal(runId, 'reply', 'confidential', null);
  expect(await world.ended(runId)).toMatchObject({ output: 'confidential', input: { of: 'confidential' } });
  expect((await world.events(runId)).length).toBeGreaterThan(5);
  expect(await historyText(world, runId)).not.toContain('confidential');
});
