import { type Definition, interpret } from '@fk-workflow/core/workflow';
import { elapsed } from '../lib/best-of-rounds.js';
import { heapMegabytes } from '../lib/heap.js';
import { type Row, row } from '../lib/row.js';
import { relayActions } from './actions.js';
import { instantRuntime } from './instant-runtime.js';

const few = 10_000;
const many = 100_000;
const rounds = 5;

/** A `forEach` over very many items, ten at a time, over a runtime that keeps no events. */
export const longLoop = async (): Promise<readonly Row[]> => {
  let fewMs = Number.POSITIVE_INFINITY;
  let manyMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    fewMs = Math.min(fewMs, await elapsed(() => loop(few)));
    manyMs = Math.min(manyMs, await elapsed(() => loop(many)));
  }
  const held: number[] = [];
  await loop(many, (done) => {
    if (done === 20_000 || done === 95_000) held.push(heapMegabytes());
  });
  const [early = Number.NaN, late = Number.NaN] = held;
  return [
    row('forEach of 100,000 items, 10 at a time', 'µs/item', (manyMs * 1000) / many, { atMost: 20 }),
    row('time an item, of 100,000 over of 10,000', '×', manyMs / many / (fewMs / few), { atMost: 1.5 }),
    row('memory held after 95,000 items above that after 20,000', 'MB', late - early, { atMost: 2 }),
  ];
};

const loop = async (count: number, onItem: (done: number) => void = () => undefined): Promise<void> => {
  const definition: Definition = {
    id: 'loop',
    name: 'Loop',
    steps: [
      {
        id: 'each',
        kind: 'forEach',
        items: '${{ inputs.items }}',
        concurrency: 10,
        steps: [{ id: 'relay', kind: 'action', action: 'relay', input: { document: '${{ item }}' } }],
        output: '${{ steps.relay.output.document }}',
      },
    ],
    output: '${{ steps.each.output.results[size(inputs.items) - 1] }}',
  };
  let done = 0;
  const runtime = instantRuntime(
    () => undefined,
    ({ input }) => {
      done += 1;
      onItem(done);
      return input;
    },
  );
  const input = { items: Array.from({ length: count }, (_, index) => index) };
  const outcome = await interpret({ definition, input, actions: relayActions }, runtime);
  if (outcome.status !== 'succeeded' || outcome.output !== count - 1) {
    throw new Error(`It did not do its work: ${JSON.stringify(outcome).slice(0, 300)}`);
  }
};
