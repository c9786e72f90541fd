import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '@fk-workflow/core/testing';
import { createFourKitesCatalog } from '@fk-workflow/fourkites-actions';
import { createSimulator, type SimulatorOptions } from '@fk-workflow/fourkites-actions/simulator';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { callAction } from '../support/call-action.js';
import { hour, setup } from '../support/setup.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  file = join(folder, 'data', 'simulator.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a bit of everything; the process "dies" without a close. */
const firstLife = async () => {
  const { call, mail, clock, simulator } = setup({ file });
  await mail('dock@chicago.example', 'FK-1002', 'run_1/ask');
  await call('add_shipment_note', { shipmentId: 'FK-1001', text: 'späte 🚚\n"Notiz"' });
  await call('update_stop_appointment', {
    shipmentId: 'FK-1002',
    stopSequence: 2,
    appointment: '2030-02-01T08:00:00Z',
  });
  await call('assign_tracking', { shipmentId: 'FK-1003', trailerNumber: 'TL-1' });
  await call('post_to_webhook', { url: 'https://hooks.example.com', body: [1, null] });
  await call('log_workflow_action', { message: 'x' });
  await clock.advance(6 * hour);
  await call('mark_email_read', { messageIds: ['mail-1-reply-1'] });
  return simulator;
};

const reopen = (options: SimulatorOptions = {}) => {
  const clock = manualClock(Date.UTC(2030, 0, 4));
  const simulator = createSimulator({ clock, file, ...options });
  const catalog = createFourKitesCatalog(simulator.connectors);
  return { simulator, call: (id: string, input = {}, key?: string) => callAction(catalog, id, input, key) };
};

describe('a simulator with a file', () => {
  test('is the same after the process was killed, also on another day', async () => {
    const before = await firstLife();
    const { simulator, call } = reopen();
    expect(simulator.outbox()).toEqual(before.outbox());
    expect(simulator.shipments()).toEqual(before.shipments());
    expect(simulator.posts()).toEqual(before.posts());
    expect(simulator.logs()).toEqual(before.logs());
    expect(await call('check_email_inbox')).toMatchObject({ emails: [{ isRead: true }], hasReply: true });
    simulator.close();
  });

  test('still knows the keys', async () => {
    await firstLife();
    const { simulator, call } = reopen();
    const again = { recipient_email: 'dock@chicago.example', facility: 'The dock', shipment_id: 'FK-1002' };
    expect(await call('send_initial_email', again, 'run_1/ask')).toEqual({
      messageId: 'mail-1',
      threadId: 'mail-1',
    });
    expect(simulator.outbox()).toHaveLength(1);
    simulator.close();
  });

  test.each([
    ['after its first byte', (start: number) => start + 1],
    ['in the middle', (start: number, end: number) => Math.floor((start + end) / 2)],
    ['before its line feed', (_: number, end: number) => end - 1],
  ])('drops a last line that was cut %s, says so, and goes on', async (_, cut) => {
    await firstLife();
    const whole = readFileSync(file);
    const start = whole.lastIndexOf('\n', whole.length - 2) + 1;
    writeFileSync(file, whole.subarray(0, cut(start, whole.length)));
    const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const { simulator, call } = reopen({ logger });
    expect(logger.warn).toHaveBeenCalledOnce();
    expect(await call('check_email_inbox')).toMatchObject({ emails: [{ isRead: false }] });
    await call('mark_email_read', { messageIds: ['mail-1-reply-1'] });
    simulator.close();
    expect(await reopen().call('check_email_inbox')).toMatchObject({ emails: [{ isRead: true }] });
  });

  test('refuses a file that it did not write, and leaves it as it is', async () => {
    await firstLife();
    appendFileSync(file, '{"type":"surprise"}\n');
    const content = readFileSync(file, 'utf8');
    expect(() => reopen()).toThrow(`${file}:9 is not a line that the simulator wrote`);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  test('keeps nothing of a call that failed', async () => {
    const { call, simulator } = setup({ file });
    const lines = readFileSync(file, 'utf8');
    await expect(call('add_shipment_note', { shipmentId: 'FK-9', text: 'x' })).rejects.toThrow('FK-9');
    expect(readFileSync(file, 'utf8')).toBe(lines);
    simulator.close();
  });
});
