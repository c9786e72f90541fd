import { describe, expect, test } from 'vitest';
import { actionFailure } from '../../../src/catalog/action.js';
import type { SecretResolver } from '../../../src/ports/secret-resolver.js';
import type { Step } from '../../../src/workflow/definition.js';
import { createWorld, type Script } from './support/world.js';

const values: Readonly<Record<string, string>> = { TOKEN: 's3cr3t-t0ken-value', SHORT: 'abc' };
const secrets: SecretResolver = async (name) => values[name];

const step: Step = {
  id: 'call',
  kind: 'action',
  action: 'look',
  retry: { maxAttempts: 1 },
  input: { token: '${{ secrets.TOKEN }}', header: 'Bearer ${{ secrets.TOKEN }}; ${{ secrets.SHORT }}' },
};

/** All that is stored, shown or logged. */
const traces = async (world: ReturnType<typeof createWorld>): Promise<string> =>
  JSON.stringify([
    await world.runs.get('run_1'),
    await world.runs.journal('run_1'),
    await world.orchestrator.events('run_1'),
    await world.orchestrator.get('run_1'),
    world.logged,
  ]);

const runWith = async (look: Script, steps: readonly Step[] = [step], resolver = secrets) => {
  const world = createWorld({ scripts: { look }, secrets: resolver });
  await world.run(steps, { output: '${{ steps.call.output }}' });
  return world;
};

describe('a secret', () => {
  test('reaches the handler and nothing else', async () => {
    const world = await runWith(() => 'done');
    expect(world.called[0]?.input).toEqual({
      token: 's3cr3t-t0ken-value',
      header: 'Bearer s3cr3t-t0ken-value; abc',
    });
    expect(await world.events()).toContainEqual(
      expect.objectContaining({ type: 'step.started', input: step.input }),
    );
    expect(await traces(world)).not.toContain('s3cr3t');
  });

  test('that the handler gives back is masked, wherever it stands', async () => {
    const world = await runWith(() => ({
      echo: 'got s3cr3t-t0ken-value twice: s3cr3t-t0ken-value',
      list: [{ 's3cr3t-t0ken-value': 1 }],
      // Too short to be told from words.
      short: 'abc',
    }));
    expect((await world.orchestrator.get('run_1'))?.output).toEqual({
      echo: 'got *** twice: ***',
      list: [{ '***': 1 }],
      short: 'abc',
    });
    expect(await traces(world)).not.toContain('s3cr3t');
  });

  test('is masked in what the handler throws and logs', async () => {
    for (const error of [
      actionFailure('refused', 'The token s3cr3t-t0ken-value is refused.'),
      new Error('s3cr3t-t0ken-value', { cause: { headers: ['s3cr3t-t0ken-value'] } }),
    ]) {
      const world = await runWith((_input, { logger }) => {
        logger.info({ headers: { auth: 's3cr3t-t0ken-value' }, err: error }, 'Sent s3cr3t-t0ken-value.');
        throw error;
      });
      expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'failed' });
      expect(world.logged.join('\n')).toContain('***');
      expect(await traces(world)).not.toContain('s3cr3t');
    }
  });

  test('is looked up again after a crash', async () => {
    const asked: string[] = [];
    const world = await runWith(
      () => new Promise(() => undefined),
      [step],
      async (name) => {
        asked.push(name);
        return values[name];
      },
    );
    const next = await world.restart({ look: () => 'done' });
    expect(asked).toEqual(['TOKEN', 'SHORT', 'TOKEN', 'SHORT']);
    expect(next.called[0]?.input).toMatchObject({ token: 's3cr3t-t0ken-value' });
    expect(await traces(next)).not.toContain('s3cr3t');
  });

  test('that is missing fails the step for good', async () => {
    const retried = { ...step, retry: { maxAttempts: 5 } } as Step;
    const world = await runWith(
      () => 'done',
      [retried],
      async () => undefined,
    );
    expect(world.called).toEqual([]);
    expect(await world.orchestrator.get('run_1')).toMatchObject({
      status: 'failed',
      error: { code: 'secret_missing', message: expect.stringContaining('"TOKEN"'), path: 'call' },
    });
  });

  test('that cannot be read now is asked for again', async () => {
    let away = true;
    const world = await runWith(
      () => 'done',
      [{ ...step, retry: { maxAttempts: 2 } } as Step],
      async (name) => {
        if (!away) return values[name];
        away = false;
        throw new Error('The vault is sealed.');
      },
    );
    expect(await world.story()).toContain('step.retrying call');
    await world.clock.advance(1000);
    expect(await world.orchestrator.get('run_1')).toMatchObject({ status: 'succeeded' });
  });

  test('is not given to data that looks like a template', async () => {
    const sly = {
      id: 'call',
      kind: 'action',
      action: 'look',
      input: { text: '${{ inputs.mail }}' },
    } as const;
    const world = createWorld({ secrets });
    await world.run([sly], {}, { mail: '${{ secrets.TOKEN }}' });
    expect(world.called[0]?.input).toEqual({ text: '${{ secrets.TOKEN }}' });
  });
});
