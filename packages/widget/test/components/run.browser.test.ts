import type { Draft, Json } from '@fk-workflow/core/protocol';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type FakeRun, FakeServer, problem } from '../support/fake-server.js';
import { expectAccessible, looks, type Mounted, mount } from '../support/mount.js';
import { draft, plain } from '../support/sample.js';

afterEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
});

const drawn = async (content: Draft, look: Parameters<typeof mount>[1] = {}): Promise<Mounted> => {
  const server = new FakeServer();
  server.sessions.set('session-1', { session_id: 'session-1', messages: [], draft: content });
  const page = await mount(server, look);
  await vi.waitFor(() => expect(page.element.draft).not.toBeNull());
  if (look?.width !== undefined && look.width < 720) page.get('#tab-work').click();
  return page;
};

const started = async (page: Mounted): Promise<FakeRun> => {
  page.click('Run');
  await vi.waitFor(() => expect(page.server.runs.get('run_1')).toBeDefined());
  const run = page.server.runs.get('run_1');
  if (!run) throw new Error('No run was started.');
  return run;
};

const step = (stepId: string) => ({ stepId, path: stepId });
const stateOf = (page: Mounted, id: string) => page.get(`[data-node="step:${id}"]`).dataset.state;
const stripOf = (page: Mounted, id: string) =>
  page.find(`[data-node="step:${id}"] .strip`)?.textContent?.replace(/\s+/g, ' ').trim();

/** Runs to the approval of `plain`. */
const untilApproval = async (page: Mounted): Promise<FakeRun> => {
  const run = await started(page);
  run.push(
    { type: 'step.started', ...step('look'), attempt: 1 },
    { type: 'step.succeeded', ...step('look'), output: null },
    { type: 'step.started', ...step('ok'), attempt: 1 },
    { waitingFor: [{ kind: 'approval', path: 'ok', until: new Date(Date.now() + 90_000).toISOString() }] },
    { type: 'approval.requested', ...step('ok'), title: 'Go on?', message: 'The inbox is empty.' },
    { type: 'run.waiting', path: '' },
  );
  await vi.waitFor(() => expect(page.find('.approval')).not.toBeNull());
  return run;
};

describe('a run', () => {
  test('is saved, started and followed; each step shows its state as it changes', async () => {
    const page = await drawn(plain);
    const told: string[] = [];
    page.element.addEventListener('fkw-run-started', ({ detail }) => told.push(detail.run.runId));
    page.element.addEventListener('fkw-run-ended', ({ detail }) => told.push(detail.status));
    const run = await started(page);
    expect(page.server.workflows.get('plain')?.definition).toEqual(plain.definition);

    run.push({ type: 'step.started', ...step('look'), attempt: 1 });
    await vi.waitFor(() => expect(stripOf(page, 'look')).toBe('Running'));
    const error = { code: 'unavailable', message: 'The mail server is busy.' };
    run.push({ type: 'step.retrying', ...step('look'), attempt: 1, error, delay: 'PT1S' });
    await vi.waitFor(() =>
      expect(stripOf(page, 'look')).toBe('Will be tried again: The mail server is busy.'),
    );
    run.push({ type: 'step.started', ...step('look'), attempt: 2 });
    await vi.waitFor(() => expect(stripOf(page, 'look')).toBe('Running, attempt 2'));
    run.push({ type: 'step.succeeded', ...step('look'), output: null });
    await vi.waitFor(() => expect(stateOf(page, 'look')).toBe('succeeded'));
    run.push({ type: 'step.skipped', ...step('ok'), reason: 'reused' });
    await vi.waitFor(() => expect(stateOf(page, 'ok')).toBe('skipped'));
    run.push({ type: 'step.started', ...step('log'), attempt: 1 });
    run.push({ type: 'step.failed', ...step('log'), error });
    await vi.waitFor(() => expect(stripOf(page, 'log')).toBe('Failed: The mail server is busy.'));
    run.push({ type: 'compensation.started', ...step('look'), action: 'undo', input: {} });
    await vi.waitFor(() => expect(stateOf(page, 'look')).toBe('compensating'));
    run.push({ type: 'compensation.succeeded', ...step('look') });
    await vi.waitFor(() => expect(stripOf(page, 'look')).toBe('Undone'));
    run.push({ type: 'run.failed', path: '', error });
    await vi.waitFor(() => expect(page.text()).toContain('Run failed'));
    expect(told).toEqual(['run_1', 'failed']);

    page.click('Close');
    await vi.waitFor(() => expect(page.find('.run')).toBeNull());
    expect(stateOf(page, 'look')).toBeUndefined();
  });

  test('waits with a countdown to the time the server told', async () => {
    const page = await drawn(plain);
    await untilApproval(page);
    await vi.waitFor(() => expect(stripOf(page, 'ok')).toMatch(/^Waiting for approval ?1:(30|2\d)$/));
    const first = stripOf(page, 'ok');
    await vi.waitFor(() => expect(stripOf(page, 'ok')).not.toBe(first), { timeout: 2500 });
  });

  test.each([
    ['Approve', 'approved'],
    ['Reject', 'rejected'],
  ] as const)('takes “%s” to the approval that waits, with a comment', async (button, decision) => {
    const page = await drawn(plain);
    const run = await untilApproval(page);
    const signals: Json[] = [];
    page.server.onSignal = (_, name, body) => signals.push([name, body]);
    const comment = page.get('.approval input');
    if (comment instanceof HTMLInputElement) comment.value = 'Fine by me';
    page.click(button);
    await vi.waitFor(() => expect(signals).toEqual([['ok', { decision, comment: 'Fine by me' }]]));
    await vi.waitFor(() => expect(page.get('.approval button').matches(':disabled')).toBe(true));
    run.push({ type: 'approval.decided', ...step('ok'), decision, by: 'Ada', comment: 'Fine by me' });
    await vi.waitFor(() => expect(page.find('.approval')).toBeNull());
    expect(page.text()).toContain(`${button}${decision === 'approved' ? 'd' : 'ed'} by Ada: Fine by me`);
  });

  test('says why a decision was refused, and lets the person decide again', async () => {
    const page = await drawn(plain);
    await untilApproval(page);
    page.server.overrides.push({ path: /signals/, answer: () => problem(409, 'It is no longer asked.') });
    page.click('Approve');
    await vi.waitFor(() => expect(page.get('.run').textContent).toContain('It is no longer asked.'));
    expect(page.get('.approval button').matches(':disabled')).toBe(false);
  });

  test('is cancelled on request; what was under way is marked as stopped', async () => {
    const page = await drawn(plain);
    await untilApproval(page);
    page.click('Cancel run');
    await vi.waitFor(() => expect(page.text()).toContain('Run cancelled'));
    expect(stripOf(page, 'ok')).toBe('Stopped with the run');
    expect(page.find('.approval')).toBeNull();
  });

  test('marks the lane that was taken', async () => {
    const page = await drawn(draft);
    void page.element.run({ facility: 'Chicago', facility_email: 'dc@example.com' });
    await vi.waitFor(() => expect(page.server.runs.get('run_1')).toBeDefined());
    page.server.runs
      .get('run_1')
      ?.push(
        { type: 'step.started', ...step('answered'), attempt: 1 },
        { type: 'step.started', ...step('ok'), attempt: 1 },
      );
    await vi.waitFor(() => expect(page.all('.lane.passed-by')).toHaveLength(1));
    expect(page.get('.lane.passed-by').textContent).toContain('Has reply');
    await vi.waitFor(() => expect(page.all('svg.lines path.done:not(.arrow)')).toHaveLength(2));
  });

  test('is taken up again after a reload, without telling of its start a second time', async () => {
    const first = await drawn(plain);
    const run = await untilApproval(first);
    const second = await mount(first.server);
    const told: string[] = [];
    second.element.addEventListener('fkw-run-started', () => told.push('started'));
    second.element.addEventListener('fkw-run-ended', ({ detail }) => told.push(detail.status));
    await vi.waitFor(() => expect(second.find('.approval')).not.toBeNull());
    expect(stateOf(second, 'look')).toBe('succeeded');
    run.push({ type: 'run.succeeded', path: '', output: null });
    await vi.waitFor(() => expect(second.text()).toContain('Run succeeded'));
    expect(told).toEqual(['succeeded']);
  });

  test('is started again under one key, and reports what keeps it from starting', {
    timeout: 20_000,
  }, async () => {
    const page = await drawn(plain);
    const away = { path: /\/runs$/, answer: () => problem(503, 'The server is shutting down.') };
    page.server.overrides.push(away, away, away);
    page.click('Run');
    await vi.waitFor(() => expect(page.text()).toContain('Starting…'));
    await vi.waitFor(
      () => expect(page.get('.run').textContent).toContain('The server is shutting down.'),
      10_000,
    );
    const starts = page.server.requests.filter(({ path }) => path.endsWith('/runs'));
    expect(starts).toHaveLength(3);
    expect(new Set(starts.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
  });
});

describe.each(looks)('a run in $theme at $width px', (look) => {
  test('is accessible while it waits for a decision and when it has failed', async () => {
    const page = await drawn(plain, look);
    const run = await untilApproval(page);
    await vi.waitFor(() => expect(stripOf(page, 'ok')).toMatch(/\d:\d\d$/));
    await expectAccessible(page);
    const error = { code: 'x', message: 'It broke.' };
    run.push({ type: 'step.failed', ...step('ok'), error }, { type: 'run.failed', path: '', error });
    await vi.waitFor(() => expect(page.text()).toContain('Run failed'));
    await expectAccessible(page);
  });
});
