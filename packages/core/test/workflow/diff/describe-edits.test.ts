import { expect, test } from 'vitest';
import type { Definition, Step } from '../../../src/workflow/definition.js';
import { describeEdits } from '../../../src/workflow/diff/describe-edits.js';
import type { Edit } from '../../../src/workflow/edit.js';
import { actions } from '../support/catalog.js';

const definition: Definition = {
  id: 'w',
  name: 'W',
  steps: [
    {
      id: 'ask',
      kind: 'action',
      action: 'send_email',
      title: 'Ask the facility',
      input: { recipient: 'a@b.c', cc: ['x'] },
    },
    { id: 'inbox', kind: 'action', action: 'check_inbox', input: { since_hours: 48 } },
    { id: 'pause', kind: 'wait', duration: 'PT48H' },
    {
      id: 'decide',
      kind: 'branch',
      cases: [{ when: '${{ true }}', steps: [{ id: 'done', kind: 'stop', outcome: 'succeeded' }] }],
    },
    { id: 'again', kind: 'repeat', max: 2, steps: [] },
  ],
};
const wait: Step = { id: 'nap', kind: 'wait', duration: 'PT2H' };
const update = (
  id: string,
  set: Extract<Edit, { op: 'update' }>['set'],
  unset: readonly string[] = [],
): Edit => ({ op: 'update', id, set, unset });

test.each<[Edit, string]>([
  [{ op: 'insert', step: wait, at: { after: 'ask' } }, 'Adds “Wait 2 hours” after “Ask the facility”.'],
  [{ op: 'insert', step: wait, at: { first: true } }, 'Adds “Wait 2 hours” at the start.'],
  [
    { op: 'insert', step: wait, at: { last: true, in: { id: 'decide', list: 'cases/0' } } },
    'Adds “Wait 2 hours” at the end of case 1 of “Decide”.',
  ],
  [
    { op: 'insert', step: wait, at: { first: true, in: { id: 'decide', list: 'otherwise' } } },
    'Adds “Wait 2 hours” in the otherwise of “Decide”.',
  ],
  [
    { op: 'insert', step: wait, at: { first: true, in: { id: 'ask', list: 'onError' } } },
    'Adds “Wait 2 hours” in the recovery of “Ask the facility”.',
  ],
  [
    { op: 'move', id: 'ask', at: { first: true, in: { id: 'again', list: 'steps' } } },
    'Moves “Ask the facility” in “Repeat”.',
  ],
  [{ op: 'move', id: 'ask', at: { before: 'again' } }, 'Moves “Ask the facility” before “Repeat”.'],
  [{ op: 'remove', id: 'pause' }, 'Removes “Wait 48 hours”.'],
  [{ op: 'replace', id: 'pause', step: { ...wait, title: 'Nap' } }, 'Replaces “Wait 48 hours” by “Nap”.'],
  [
    { op: 'wrap', ids: ['ask', 'inbox'], in: { id: 'g', kind: 'forEach', items: [], steps: [] } },
    'Puts “Ask the facility”, “check inbox” into the new “For each item”.',
  ],
  [{ op: 'unwrap', id: 'decide' }, 'Takes the steps out of “Decide” and removes it.'],
  [update('inbox', { '/input/since_hours': 24 }), 'Changes since_hours of “check inbox” from 48 to 24.'],
  [update('inbox', { '/input/folder': 'spam' }), 'Sets folder of “check inbox” to “spam”.'],
  [update('inbox', {}, ['/input/since_hours']), 'Removes since_hours of “check inbox”.'],
  [
    update('inbox', { '/input/since_hours': 24, '/timeout': 'PT1M' }, ['/nothing']),
    'Changes “check inbox”: since_hours from 48 to 24, timeout to 1 minute.',
  ],
  [
    update('pause', { '/duration': 'PT24H' }),
    'Changes duration of “Wait 48 hours” from 48 hours to 24 hours.',
  ],
  [update('ask', { '/input/cc/0': 'y' }), 'Changes cc of “Ask the facility” from “x” to “y”.'],
  [update('ask', { '/input/subject': 'long '.repeat(20) }), 'Sets subject of “Ask the facility”.'],
  [update('ask', { '/input': { recipient: 'b' } }), 'Changes input of “Ask the facility”.'],
  [update('ask', {}, ['/nothing']), 'Changes nothing of “Ask the facility”.'],
  [
    update('decide', { '/cases/0/when': '${{ false }}' }),
    'Changes when of case 1 of “Decide” from “${{ true }}” to “${{ false }}”.',
  ],
  [update('decide', { '/cases/-': { when: 'x', steps: [] } }), 'Adds case 2 to “Decide”.'],
  [update('decide', {}, ['/cases/0']), 'Removes case 1 of “Decide”.'],
  [
    { op: 'setTrigger', trigger: { kind: 'schedule', cron: '0 8 * * *' } },
    'Sets the trigger: on schedule 0 8 * * *.',
  ],
  [{ op: 'setTrigger', trigger: null }, 'Removes the trigger.'],
  [{ op: 'setInputs', inputs: { type: 'object' } }, 'Changes the inputs of the workflow.'],
  [{ op: 'setConfig', config: null }, 'Removes the settings of the workflow.'],
  [{ op: 'setMeta', set: { name: 'New\nname' } }, 'Renames the workflow to “New name”.'],
  [
    { op: 'setMeta', set: { description: 'd' }, unset: ['output'] },
    'Changes the description and output of the workflow.',
  ],
])('%j', (edit, sentence) => {
  expect(describeEdits([edit], definition, actions)).toEqual([sentence]);
});

test('each sentence tells of the definition as it is when its edit comes', () => {
  expect(
    describeEdits(
      [
        update('inbox', { '/title': 'Look' }),
        update('inbox', { '/input/since_hours': 24 }),
        update('inbox', { '/input/since_hours': 12 }),
      ],
      definition,
      actions,
    ),
  ).toEqual([
    'Sets title of “check inbox” to “Look”.',
    'Changes since_hours of “Look” from 48 to 24.',
    'Changes since_hours of “Look” from 24 to 12.',
  ]);
});

test('edits that cannot be applied are refused', () => {
  expect(() => describeEdits([{ op: 'remove', id: 'nobody' }], definition, actions)).toThrow(
    /no step "nobody"/,
  );
});
