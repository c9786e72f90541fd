import type { Draft, SessionView } from '@fk-workflow/core/protocol';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FakeServer } from '../support/fake-server.js';
import { kinds } from '../support/kinds.js';
import { expectAccessible, looks, type Mounted, mount } from '../support/mount.js';
import { draft } from '../support/sample.js';

afterEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
});

const drawn = async (content: Draft, look: Parameters<typeof mount>[1] = {}): Promise<Mounted> => {
  const server = new FakeServer();
  const session: SessionView = { session_id: 'session-1', messages: [], draft: content };
  server.sessions.set('session-1', session);
  const page = await mount(server, look);
  await vi.waitFor(() => expect(page.find('.card')).not.toBeNull());
  return page;
};

/** What is to be read, in the order of the screen. */
const words = (element: HTMLElement): string => element.innerText.replace(/\s+/g, ' ').trim();

describe('the drawn workflow', () => {
  test('says of each step what it is, what it is given and what it does to the world', async () => {
    const page = await drawn(draft);
    await vi.waitFor(() =>
      expect(words(page.get('[data-node="step:inbox"]'))).toContain('Check email inbox'),
    );
    const ask = words(page.get('[data-node="step:ask"]'));
    expect(ask).toContain('Ask the facility Send initial email Irreversible');
    expect(ask).toContain('Recipient email Facility email');
    expect(words(page.get('[data-node="step:pause"]'))).toBe('Wait 48 hours Timer');
    expect(words(page.get('[data-node="step:inbox"]'))).toContain('Reads');
    expect(words(page.get('.work h2'))).toBe('Late delivery notifier');
  });

  test('draws every kind of step, with lanes named after their conditions', async () => {
    const page = await drawn(kinds);
    expect(page.all('.card').map(({ dataset }) => dataset.kind)).toEqual([
      ...['action', 'stop', 'forEach', 'action', 'parallel', 'action', 'wait', 'repeat', 'action'],
      ...['branch', 'approval', 'workflow', 'set'],
    ]);
    expect(page.all('.lane-label').map(words)).toEqual([
      ...['If it succeeds', 'If it fails', 'For each shipment', 'Tell operations', 'Side 2'],
      ...['Until has reply', 'Delay minutes over 120', 'Otherwise'],
    ]);
    expect(page.all('.lane.loop')).toHaveLength(2);
    expect(words(page.get('[data-node="start"]'))).toBe('On schedule 0 8 * * 1-5 (Europe/Berlin)');
  });

  test('lays lanes out side by side and joins cards with lines that touch them', async () => {
    const page = await drawn(draft);
    const lanes = page.all('.lanes > .lane').map((lane) => lane.getBoundingClientRect());
    expect(lanes).toHaveLength(2);
    expect(lanes[1]?.left).toBeGreaterThanOrEqual(lanes[0]?.right ?? Number.POSITIVE_INFINITY);
    expect(lanes[1]?.top).toBe(lanes[0]?.top);
    const tree = page.get('.tree').getBoundingClientRect();
    const from = page.get('[data-node="step:ask"]').getBoundingClientRect();
    const to = page.get('[data-node="step:pause"]').getBoundingClientRect();
    const ends = page
      .all('svg.lines path:not(.arrow)')
      .map((path) => /^M([\d.]+) ([\d.]+)V([\d.]+)$/.exec(path.getAttribute('d') ?? ''))
      .filter((match) => match !== null)
      .map(([, , start, end]) => [Number(start) + tree.top, Number(end) + tree.top] as const);
    const touches = ends.some(
      ([start, end]) => Math.abs(start - from.bottom) <= 1 && Math.abs(end - to.top) <= 3,
    );
    expect(touches).toBe(true);
  });

  test('draws no line out of a step that stops the run', async () => {
    const page = await drawn(draft);
    await page.element.updateComplete;
    // start→ask→pause→inbox→answered→2 lanes→(done | ok→escalate→note)→end
    expect(page.all('svg.lines path:not(.arrow)')).toHaveLength(11);
  });

  test('shows problems at their steps, and runs nothing until they are solved', async () => {
    const page = await drawn(kinds);
    expect(words(page.get('[data-node="step:mail_each"]'))).toContain('Problem: Say who gets the mail.');
    expect(page.get('[data-node="step:mail_each"]').dataset.problem).toBe('error');
    expect(words(page.get('.work'))).toContain('Warning: The input “region” is not used.');
    expect(words(page.get('.panel-head .badge.danger'))).toBe('1 problem');
    page.click('Run');
    await vi.waitFor(() =>
      expect(page.get('[role="status"]').textContent).toBe('Solve 1 problem first: Say who gets the mail.'),
    );
    expect(page.server.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('before anything is drawn, tells what there is to build with', async () => {
    const page = await mount(new FakeServer());
    await vi.waitFor(() => expect(page.all('.blank li').map(words)).toContain('Email · 3'));
    expect(page.get('.work button.primary').matches(':disabled')).toBe(true);
  });
});

describe.each(looks)('the drawing in $theme at $width px', (look) => {
  test('is accessible', async () => {
    const page = await drawn(kinds, look);
    if (look.width < 720) page.get('#tab-work').click();
    await page.element.updateComplete;
    await expectAccessible(page);
  });
});
