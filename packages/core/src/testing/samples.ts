import type { ArchivedRun } from '../ports/run-archive.js';
import type { JournalEntry, StoredRun } from '../ports/run-store.js';
import type { Session } from '../ports/session-store.js';
import type { Definition } from '../workflow/definition.js';

/** Text that poor encodings damage: quotes, emoji, a NUL, a lone surrogate, and a key that must stay plain data. */
export const awkwardText = 'ETA "späť" \\ 🚚 \u0000 \ud800 \u2028';

/** A definition with all sorts of text in it. */
export const sampleDefinition = (id: string, name = 'Chase the carrier'): Definition => ({
  id,
  name,
  description: awkwardText,
  steps: [
    {
      id: 'mail',
      kind: 'action',
      action: 'send_email',
      input: { subject: awkwardText, count: 3, none: null },
    },
    { id: 'pause', kind: 'wait', duration: 'PT48H' },
  ],
});

/** A session with one turn, whose message is `message`. */
export const sampleSession = (id: string, message = awkwardText): Session => ({
  id,
  principal: 'planner@example.com',
  turns: [
    {
      turnId: 'turn_1',
      message,
      reply: 'Done.',
      at: '2030-01-02T03:04:05.000Z',
      transcript: [{ role: 'user', content: [{ type: 'text', text: message }] }],
    },
  ],
  draft: { definition: sampleDefinition('draft'), revision: 2 },
  sentCards: null,
});

/** A run that has just started. */
export const sampleRun = (runId: string, workflowId = 'chase'): StoredRun => ({
  run: {
    runId,
    workflowId,
    version: 1,
    status: 'running',
    input: { shipment: awkwardText, weight: 1.5 },
    startedAt: '2030-01-02T03:04:05.000Z',
  },
  definition: sampleDefinition(workflowId),
});

/** A run that ended at `closedAt` (wall-clock ms), with its events. */
export const sampleEnded = (
  runId: string,
  workflowId = 'chase',
  closedAt = 1_893_553_445_000,
): Required<ArchivedRun> => {
  const { run, definition } = sampleRun(runId, workflowId);
  const at = new Date(closedAt).toISOString();
  return {
    run: { ...run, status: 'succeeded', output: { text: awkwardText }, endedAt: at },
    closedAt,
    origin: {
      definition,
      takenOver: [{ path: 'mail', key: `${runId}_before/mail`, ended: { output: awkwardText } }],
      taskQueue: 'logistics',
    },
    events: [
      { seq: 1, at, type: 'run.started', path: '', input: run.input },
      { seq: 2, at, type: 'run.succeeded', path: '', output: { text: awkwardText } },
    ],
  };
};

/** The `n`th entry of a journal, all different. */
export const sampleEntry = (n: number): JournalEntry => ({
  kind: 'result',
  path: `mail[${n}]`,
  attempt: 1,
  at: 1_893_553_445_000 + n,
  output: { n, text: awkwardText },
});
