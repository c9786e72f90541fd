/** Runs that together make use of every kind of step and of every kind of journal entry. */
import type { Definition, Step } from '../../src/workflow/definition.js';
import { createWorld, failing, type World } from '../runtimes/embedded/support/world.js';

/** A run played to where it is recorded. */
export interface Scenario {
  readonly name: string;
  /** The run that is recorded. Default `run_1`. */
  readonly runId?: string;
  play(): Promise<World>;
}

const hour = 3_600_000;
const look = (id: string, more: object = {}): Step => ({ id, kind: 'action', action: 'look', ...more });
const put = (id: string, more: object = {}): Step => ({
  id,
  kind: 'action',
  action: 'put',
  input: { n: id },
  ...more,
});

const escalation: Definition['steps'] = [
  { id: 'mail', kind: 'action', action: 'mail', input: { to: '${{ inputs.to }}' } },
  { id: 'pause', kind: 'wait', duration: 'PT48H' },
  look('inbox', { input: { hasReply: false } }),
  {
    id: 'answered',
    kind: 'branch',
    cases: [
      {
        when: '${{ steps.inbox.output.hasReply }}',
        steps: [{ id: 'done', kind: 'stop', outcome: 'succeeded' }],
      },
    ],
    otherwise: [
      { id: 'ok', kind: 'approval', title: 'Escalate ${{ inputs.to }}?', timeout: 'P1D' },
      { id: 'note', kind: 'set', values: { by: '${{ steps.ok.output.by }}' } },
      { id: 'escalate', kind: 'action', action: 'pay', input: { by: '${{ vars.by }}' } },
    ],
  },
];

export const scenarios: readonly Scenario[] = [
  {
    name: 'escalation-approved',
    async play() {
      const world = createWorld();
      await world.run(escalation, { output: { who: '${{ inputs.to }}' } }, { to: 'dock' });
      await world.clock.advance(48 * hour);
      await world.orchestrator.signal('run_1', 'ok', { decision: 'approved', comment: 'Go on.' }, 'ann');
      await world.clock.advance(0);
      return world;
    },
  },
  {
    name: 'approval-timed-out',
    async play() {
      const world = createWorld();
      await world.run(escalation, {}, { to: 'dock' });
      await world.clock.advance(72 * hour);
      return world;
    },
  },
  {
    name: 'retries-and-recovery',
    async play() {
      const world = createWorld({ scripts: { look: failing(2), put: failing(9, 'broken', false) } });
      await world.run([
        look('flaky', { input: { n: 1 } }),
        put('broken', {
          onError: { steps: [look('instead', { input: { why: '${{ steps.broken.error.code }}' } })] },
        }),
        put('ignored', { onError: 'continue' }),
        look('after', { input: { seen: '${{ steps.ignored.error.code }}' } }),
      ]);
      await world.clock.advance(hour);
      return world;
    },
  },
  {
    name: 'gives-up-after-three-attempts',
    async play() {
      const world = createWorld({ scripts: { look: failing(9) } });
      await world.run([look('a')]);
      await world.clock.advance(hour);
      return world;
    },
  },
  {
    name: 'side-by-side',
    async play() {
      const world = createWorld();
      await world.run(
        [
          {
            id: 'both',
            kind: 'parallel',
            branches: [
              { steps: [{ id: 'nap', kind: 'wait', duration: 'PT2H' }, look('late')] },
              { steps: [look('early'), { id: 'doze', kind: 'wait', duration: 'PT1H' }] },
            ],
          },
          {
            id: 'each',
            kind: 'forEach',
            items: '${{ [1, 2, 3, 4] }}',
            as: 'one',
            concurrency: 2,
            steps: [
              { id: 'wait', kind: 'wait', duration: 'PT1H' },
              look('round', { input: { n: '${{ one * 10 + index }}' } }),
            ],
            output: '${{ steps.round.output.n }}',
          },
        ],
        { output: '${{ steps.each.output.results }}' },
      );
      await world.clock.advance(10 * hour);
      return world;
    },
  },
  {
    name: 'repeats-until',
    async play() {
      const world = createWorld();
      await world.run([
        {
          id: 'again',
          kind: 'repeat',
          max: 5,
          until: '${{ steps.check.output.received }}',
          steps: [{ id: 'check', kind: 'wait', signal: 'reply', timeout: 'PT1H' }],
        },
        look('seen', { input: { payload: '${{ steps.check.output.payload }}' } }),
      ]);
      await world.clock.advance(2 * hour);
      await world.orchestrator.signal('run_1', 'reply', { text: 'Here.' }, null);
      await world.clock.advance(0);
      return world;
    },
  },
  {
    name: 'early-signals',
    async play() {
      const world = createWorld();
      await world.run([
        { id: 'pause', kind: 'wait', duration: 'PT1H' },
        { id: 'first', kind: 'wait', signal: 'reply' },
        { id: 'second', kind: 'wait', signal: 'reply' },
      ]);
      await world.orchestrator.signal('run_1', 'reply', 1, null);
      await world.orchestrator.signal('run_1', 'reply', 2, null);
      await world.clock.advance(hour);
      return world;
    },
  },
  {
    name: 'undone-on-timeout',
    async play() {
      const world = createWorld();
      const rounds: Step = {
        id: 'each',
        kind: 'forEach',
        items: ['x', 'y'],
        steps: [put('inside', { input: { n: '${{ item }}' } })],
      };
      await world.run([put('one'), rounds, { id: 'long', kind: 'wait', duration: 'P9D' }], {
        config: { timeout: 'P1D' },
      });
      await world.clock.advance(48 * hour);
      return world;
    },
  },
  {
    name: 'cancelled-and-undone',
    async play() {
      const world = createWorld({ scripts: { take_back: failing(9, 'gone', false) } });
      await world.run([put('one'), put('two'), { id: 'long', kind: 'wait', signal: 'never' }]);
      await world.orchestrator.cancel('run_1', 'Not needed.');
      await world.clock.advance(hour);
      return world;
    },
  },
  {
    name: 'cancelled-without-undo',
    async play() {
      const world = createWorld();
      await world.run([put('one'), { id: 'long', kind: 'wait', signal: 'never' }], {
        config: { onFailure: 'none' },
      });
      await world.orchestrator.cancel('run_1', null);
      await world.clock.advance(0);
      return world;
    },
  },
  {
    name: 'stopped-inside',
    async play() {
      const world = createWorld();
      await world.run([
        {
          id: 'decide',
          kind: 'branch',
          cases: [
            { when: '${{ 1 > 2 }}', steps: [look('never')] },
            {
              when: '${{ 5 / 2 == 2.5 }}',
              steps: [{ id: 'end', kind: 'stop', outcome: 'succeeded', output: { half: '${{ 5 / 2 }}' } }],
            },
            { when: '${{ true }}', steps: [look('too_late')] },
          ],
        },
        look('unreached'),
      ]);
      return world;
    },
  },
  {
    name: 'sub-workflow',
    async play() {
      const child: Definition = {
        id: 'child',
        name: 'Child',
        steps: [
          { id: 'nap', kind: 'wait', duration: 'PT1H' },
          look('inner', { input: { n: '${{ inputs.n }}' } }),
        ],
        output: '${{ steps.inner.output.n }}',
      };
      const world = createWorld({ workflows: [child] });
      await world.run([
        { id: 'sub', kind: 'workflow', workflow: 'child', version: 1, input: { n: 7 } },
        look('after', { input: { n: '${{ steps.sub.output + 1 }}' } }),
      ]);
      await world.clock.advance(2 * hour);
      return world;
    },
  },
  {
    name: 'retried-from-a-step',
    runId: 'run_2',
    async play() {
      const first = createWorld({ scripts: { put: failing(1, 'broken', false) } });
      await first.run([
        look('a', { input: { n: 1 } }),
        put('b'),
        look('c', { input: { n: '${{ steps.a.output.n }}' } }),
      ]);
      await first.orchestrator.retry({ runId: 'run_2', retryOf: 'run_1', from: 'b' });
      await first.clock.advance(0);
      return first;
    },
  },
  {
    name: 'still-waiting',
    async play() {
      const world = createWorld();
      await world.run([look('a'), { id: 'until', kind: 'wait', until: '2031-01-01T00:00:00Z' }]);
      return world;
    },
  },
];
