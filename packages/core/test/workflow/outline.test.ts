import { expect, test } from 'vitest';
import type { ActionLookup } from '../../src/workflow/action-spec.js';
import type { Definition } from '../../src/workflow/definition.js';
import { mermaid } from '../../src/workflow/mermaid.js';
import { outline } from '../../src/workflow/outline.js';

const actions: ActionLookup = { get: () => undefined, all: () => [] };

const definition: Definition = {
  id: 'late',
  name: 'Late delivery',
  inputs: { type: 'object', properties: { facility: { type: 'string' } } },
  steps: [
    {
      id: 'ask',
      kind: 'action',
      action: 'send_email',
      title: 'Ask "them"',
      input: { to: '${{ inputs.facility }}', cc: ['a', 'b'] },
      onError: { steps: [{ id: 'note', kind: 'set', values: { failed: true } }] },
    },
    { id: 'pause', kind: 'wait', duration: 'PT48H' },
    { id: 'reply', kind: 'wait', signal: 'reply', timeout: 'P1D' },
    {
      id: 'answered',
      kind: 'branch',
      cases: [
        {
          when: '${{ steps.reply.output.received }}',
          steps: [{ id: 'done', kind: 'stop', outcome: 'succeeded' }],
        },
      ],
      otherwise: [{ id: 'ok', kind: 'approval', title: 'Escalate?', timeout: 'P1D', onTimeout: 'approved' }],
    },
    {
      id: 'both',
      kind: 'parallel',
      branches: [
        { title: 'left', steps: [{ id: 'sub', kind: 'workflow', workflow: 'other', version: 2 }] },
        { steps: [] },
      ],
    },
    {
      id: 'each',
      kind: 'forEach',
      items: '${{ inputs.list }}',
      concurrency: 3,
      steps: [
        {
          id: 'again',
          kind: 'repeat',
          max: 4,
          until: '${{ vars.ok }}',
          steps: [{ id: 'nap', kind: 'wait', duration: 'PT1M' }],
        },
      ],
    },
  ],
};

test('outline is a nested list of what each step does', () => {
  expect(outline(definition, actions)).toBe(`**Late delivery** (started by hand)
Inputs: facility

- \`ask\` **Ask "them"** – send_email (to: \${{ inputs.facility }}, cc: ["a","b"])
  - if it fails:
    - \`note\` **Set failed** – (failed: true)
- \`pause\` **Wait 48 hours**
- \`reply\` **Wait for reply** – at most 1 day
- \`answered\` **Decide**
  - if \${{ steps.reply.output.received }}:
    - \`done\` **Stop** – succeeded
  - otherwise:
    - \`ok\` **Escalate?** – approved after 1 day, stops when rejected
- \`both\` **Side by side**
  - left:
    - \`sub\` **Run other** – version 2
  - branch 2:
    - nothing
- \`each\` **For each item** – \${{ inputs.list }} as item, 3 at a time
  - \`again\` **Repeat** – until \${{ vars.ok }}, at most 4 times
    - \`nap\` **Wait 1 minute**`);
});

test('outline keeps every step on one line, whatever its text', () => {
  const text = outline(
    {
      id: 'x',
      name: 'X',
      steps: [
        {
          id: 'a',
          kind: 'action',
          action: 'y',
          title: 'One\n\n# Two\n- three',
          input: { k: `v\n${'w'.repeat(500)}` },
        },
      ],
    },
    actions,
  );
  expect(text.split('\n')).toHaveLength(3);
  expect(text.length).toBeLessThan(300);
});

test('an empty definition says so', () => {
  expect(
    outline({ id: 'x', name: 'X', trigger: { kind: 'schedule', cron: '0 8 * * *' }, steps: [] }, actions),
  ).toBe('**X** (on schedule 0 8 * * *)\n\n- no steps yet');
});

test('mermaid draws every step, joins branches and quotes labels', () => {
  expect(mermaid(definition, actions)).toBe(`flowchart TD
  start(["Start"])
  s1["Ask #34;them#34;"]
  start --> s1
  s2["Set failed"]
  s1 -->|"if it fails"| s2
  s3(["Wait 48 hours"])
  s1 --> s3
  s2 --> s3
  s4(["Wait for reply"])
  s3 --> s4
  s5{"Decide"}
  s4 --> s5
  s6(("Stop"))
  s5 -->|"#36;#123;#123; steps.reply.output.received #125;#125;"| s6
  s7{{"Escalate?"}}
  s5 -->|"otherwise"| s7
  s8[["Side by side"]]
  s7 --> s8
  s9["Run other"]
  s8 -->|"left"| s9
  s10[["For each item"]]
  s9 --> s10
  s8 --> s10
  s11[["Repeat"]]
  s10 -->|"each"| s11
  s12(["Wait 1 minute"])
  s11 -->|"round"| s12
  s12 --> s11
  s11 -->|"done"| s10
  finish(["End"])
  s10 -->|"done"| finish
`);
});

test('mermaid escapes what could become syntax', () => {
  const title = '"];\nclick s1 "javascript:alert(1)" %%{init}%% <img src=x> `x` #quot; end';
  const text = mermaid({ id: 'x', name: 'X', steps: [{ id: 'a', kind: 'set', title, values: {} }] }, actions);
  const [, , node] = text.split('\n');
  expect(node).toMatch(/^ {2}s1\["(?:[\p{L}\p{N} .,:?!…_/+*=()'-]|#\d+;)*"\]$/u);
  expect(text.split('\n')).toHaveLength(7);
});
