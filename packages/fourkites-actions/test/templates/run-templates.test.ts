import { actionFailure, createWorkflowBuilder, type Json } from '@fk-workflow/core';
import { type Connectors, createFourKitesCatalog, workflowTemplates } from '@fk-workflow/fourkites-actions';
import { afterEach, describe, expect, test } from 'vitest';
import { silent } from '../support/call-action.js';
import { hour, setup } from '../support/setup.js';

const closing: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** A server with the templates saved, on a manual clock; `change` replaces far sides. */
const serve = async (change: Partial<Connectors> = {}) => {
  const { clock, simulator, mail } = setup();
  const catalog = createFourKitesCatalog({ ...simulator.connectors, ...change });
  const builder = createWorkflowBuilder({ catalog, clock, logger: silent });
  closing.push(() => builder.close(0));
  await builder.start();
  // Each is started by hand: what a schedule starts meanwhile would stand among the mails.
  const trigger = { kind: 'manual' };
  for (const template of workflowTemplates) await builder.workflows.create({ ...template, trigger });

  /** Lets time pass, and handlers end. */
  const pass = async (ms: number) => {
    await clock.advance(ms);
    for (let turn = 0; turn < 50; turn++) await clock.advance(0);
  };
  const start = async (id: string, input: Json) => {
    const { runId } = await builder.runs.start(id, { input });
    await pass(0);
    return runId;
  };
  const end = async (runId: string) => (await builder.runs.get(runId)).status;
  return { builder, simulator, mail, pass, start, end };
};

describe('the late delivery notifier', () => {
  const notify = async (facility_email: string) => {
    const { simulator, start, pass, end } = await serve();
    const runId = await start('late-delivery-notifier', {
      facility: 'The dock',
      facility_email,
      escalation_email: 'ops@example.com',
      shipment_id: 'FK-1002',
    });
    await pass(48 * hour);
    expect(await end(runId)).toBe('succeeded');
    expect(simulator.outbox()[0]).toMatchObject({ to: [facility_email], subject: 'Delivery delay: FK-1002' });
    return { mails: simulator.outbox().slice(1), logs: simulator.logs() };
  };

  test('records a complete answer', async () => {
    const { mails, logs } = await notify('dock@chicago.example');
    expect(mails).toEqual([]);
    expect(logs).toMatchObject([{ data: { fields: { bol_number: 'BOL-481002' } } }]);
  });

  test('chases what a partial answer lacks', async () => {
    const { mails, logs } = await notify('dock@dallas.example');
    expect(mails).toMatchObject([
      { to: ['dock@dallas.example'], text: expect.stringContaining('- delivery date\n- tracking number') },
    ]);
    expect(logs).toEqual([]);
  });

  test.each(['dock@reno.example', 'dock@denver.example'])(
    'escalates when %s is of no use',
    async (address) => {
      const { mails } = await notify(address);
      expect(mails).toMatchObject([{ to: ['ops@example.com'], subject: 'Escalation level 1: The dock' }]);
    },
  );
});

test('the BOL document extractor mails the fields of every attachment', async () => {
  const { simulator, mail, start, pass, end } = await serve();
  await mail('dock@chicago.example', 'FK-1012');
  await mail('dock@dallas.example', 'FK-1013');
  await pass(6 * hour);
  const runId = await start('bol-document-extractor', { recipient_email: 'clerk@example.com' });
  expect(await end(runId)).toBe('succeeded');
  expect(simulator.mailTo('clerk@example.com')).toMatchObject([
    { text: expect.stringContaining('BOL number: BOL-481012\nDelivery date: 2030-01-') },
  ]);
});

test('the delayed shipment alert tells of each shipment that is an hour late or more', async () => {
  const { simulator, start, end } = await serve();
  expect(await end(await start('delayed-shipment-alert', {}))).toBe('succeeded');
  const late = simulator.shipments().filter(({ delayMinutes }) => delayMinutes >= 60);
  expect(late.length).toBeGreaterThan(1);
  const texts = simulator.mailTo('ops@example.com').map(({ text }) => text);
  expect(texts).toHaveLength(late.length);
  for (const [index, { shipmentId, delayMinutes }] of late.entries()) {
    expect(texts[index]).toContain(`${shipmentId} to`);
    expect(texts[index]).toContain(`is ${delayMinutes} minutes late`);
  }
});

describe('the appointment reschedule', () => {
  const input = {
    shipment_id: 'FK-1002',
    stop_sequence: 2,
    appointment: '2030-01-03T10:00:00Z',
    facility: 'Chicago DC',
    facility_email: 'dock@chicago.example',
  };
  const appointmentOf = (simulator: ReturnType<typeof setup>['simulator']) =>
    simulator.shipments().find(({ shipmentId }) => shipmentId === 'FK-1002')?.appointment;
  const decide = async (decision: 'approved' | 'rejected', change: Partial<Connectors> = {}) => {
    const { builder, simulator, start, pass, end } = await serve(change);
    const before = appointmentOf(simulator);
    const runId = await start('appointment-reschedule-with-approval', input);
    expect(await end(runId)).toBe('waiting');
    expect(appointmentOf(simulator)).toBe(before);
    await builder.runs.signal(runId, 'approve', { decision }, { client: 'test' });
    await pass(0);
    return { status: await end(runId), before, after: appointmentOf(simulator), mails: simulator.outbox() };
  };

  test('moves it once approved, and tells the facility', async () => {
    const { status, after, mails } = await decide('approved');
    expect(status).toBe('succeeded');
    expect(after).toBe('2030-01-03T10:00:00.000Z');
    expect(mails).toMatchObject([{ subject: 'New appointment of FK-1002' }]);
  });

  test('changes nothing when rejected', async () => {
    const { status, before, after, mails } = await decide('rejected');
    expect(status).toBe('failed');
    expect(after).toBe(before);
    expect(mails).toEqual([]);
  });

  test('restores it when a later step fails', async () => {
    const send = async () => {
      throw actionFailure('mail_refused', 'The mail server refused the mail.', { retryable: false });
    };
    const { status, before, after } = await decide('approved', { mail: { send } });
    expect(status).toBe('failed');
    expect(after).toBe(before);
  });
});
