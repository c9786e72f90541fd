import { actionFailure } from '../../../../src/catalog/action.js';
import { isRecord } from '../../../../src/json.js';
import type { Run } from '../../../../src/workflow/run.js';
import { createWorld, type Script, type World } from './world.js';

/** A world whose handlers answer only when told, one at a time and always in the same order. */
export interface OrderedWorld extends World {
  /** Answers one handler that is listened to; false when there is none. */
  answerOne(): boolean;
}

/** Makes an {@link OrderedWorld}. A step's input tells what its handler does: `{does: 'fails' | 'fails_once'}`. */
export const orderedWorld = (options: Parameters<typeof createWorld>[0] = {}): OrderedWorld => {
  const held: { readonly name: string; readonly signal: AbortSignal; readonly answer: () => void }[] = [];
  const script: Script = (input, { key, attempt, signal }) =>
    new Promise((resolve, reject) => {
      const does = isRecord(input) ? input.does : undefined;
      const fails = does === 'fails' || (does === 'fails_once' && attempt === 1);
      const answer = (): void => {
        if (fails) reject(actionFailure('busy', 'It is busy.', { retryable: does !== 'fails' }));
        else resolve({ done: key });
      };
      held.push({ name: `${key} ${attempt}`, signal, answer });
    });
  const scripts = { look: script, put: script, mail: script, pay: script, take_back: script };
  return {
    ...createWorld({ ...options, scripts }),
    answerOne() {
      const [first] = held.filter(({ signal }) => !signal.aborted).sort((a, b) => (a.name < b.name ? -1 : 1));
      if (!first) return false;
      held.splice(held.indexOf(first), 1);
      first.answer();
      return true;
    },
  };
};

/** Answers what the runs wait for, in the same order every time, until all have ended. */
export const drive = async ({ orchestrator, clock, answerOne }: OrderedWorld): Promise<void> => {
  for (let turn = 0; turn < 1000; turn += 1) {
    await clock.advance(0);
    const { items } = await orchestrator.list({ limit: 100 });
    const open = items.filter(({ endedAt }) => endedAt === undefined).sort(byId);
    if (open.length === 0) return;
    if (!answerOne()) await answerPerson(open, orchestrator, clock);
  }
  throw new Error('The runs do not end.');
};

const answerPerson = async (
  open: readonly Run[],
  orchestrator: World['orchestrator'],
  clock: World['clock'],
): Promise<void> => {
  for (const { runId, waitingFor = [] } of open) {
    const wanted = waitingFor.find(({ kind }) => kind === 'signal' || kind === 'approval');
    if (!wanted) continue;
    const { kind, path } = wanted;
    const decision = path.length % 2 ? 'approved' : 'rejected';
    const [payload, by] = kind === 'approval' ? [{ decision }, 'ann'] : [path, null];
    await orchestrator.signal(runId, path, payload, by);
    return;
  }
  await clock.next();
};

const byId = (a: Run, b: Run): number => (a.runId < b.runId ? -1 : 1);
