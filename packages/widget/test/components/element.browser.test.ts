// Brings the type of the session that `cdp` gives.
import type {} from '@vitest/browser-playwright';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { FakeServer, problem } from '../support/fake-server.js';
import { expectAccessible, looks, mount } from '../support/mount.js';
import { draft, plain } from '../support/sample.js';

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
  sessionStorage.clear();
});

describe('the error boundary', () => {
  test.each(looks)('shows what happened and recovers on "Refresh" ($theme, $width px)', async (look) => {
    const page = await mount(new FakeServer(), look);
    const where: string[] = [];
    page.element.addEventListener('fkw-error', ({ detail }) => where.push(detail.where));
    // What a page without types can hand over: rendering trips over it.
    Reflect.set(page.element, 'prompts', 5);
    await vi.waitFor(() => expect(page.text()).toContain('Oops! Something went wrong'));
    expect(page.get('details').textContent).toContain('TypeError');
    expect(where).toEqual(['render']);
    await expectAccessible(page);
    page.element.prompts = ['Again'];
    page.click('Refresh');
    await vi.waitFor(() => expect(page.text()).toContain('Again'));
  });
});

describe('a narrow element', () => {
  test('has tabs, moved between with the arrow keys, and says that there is something new', async () => {
    const server = new FakeServer();
    server.onMessage = () => ({ chunks: ['Drawn.'], draft });
    const page = await mount(server, { width: 390 });
    const [chat, work] = page.all('[role="tab"]');
    expect(page.get('#panel-work').hidden).toBe(true);
    page.say('Draw it');
    await vi.waitFor(() => expect(work?.textContent).toContain('New'));
    chat?.focus();
    chat?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    await page.element.updateComplete;
    expect(work?.getAttribute('aria-selected')).toBe('true');
    expect(work?.matches(':focus')).toBe(true);
    expect(page.get('#panel-chat').hidden).toBe(true);
    expect(page.get('.card').getBoundingClientRect().width).toBeGreaterThan(200);
    await vi.waitFor(() => expect(work?.textContent).not.toContain('New'));
  });

  test('shows a wide drawing from its middle, where it starts', async () => {
    const server = new FakeServer();
    server.sessions.set('session-1', { session_id: 'session-1', messages: [], draft });
    const page = await mount(server, { width: 390 });
    page.get('#tab-work').click();
    // Laid out before it is painted, not before it is there.
    await vi.waitFor(() => {
      const canvas = page.get('.canvas').getBoundingClientRect();
      const start = page.get('[data-node="start"]').getBoundingClientRect();
      expect(start.left + start.width / 2).toBeCloseTo(canvas.left + canvas.width / 2, -1);
    });
  });

  test('turns into two sides as soon as there is room', async () => {
    const page = await mount(new FakeServer(), { width: 390 });
    expect(page.find('[role="tablist"]')).not.toBeNull();
    const frame = page.element.parentElement;
    if (frame) frame.style.width = '1000px';
    await vi.waitFor(() => expect(page.find('[role="tablist"]')).toBeNull());
    expect(page.get('#panel-work').hidden).toBe(false);
  });
});

describe('the look', () => {
  test('follows `theme`, and every level of custom properties', async () => {
    const page = await mount();
    const background = () => getComputedStyle(page.get('.root')).backgroundColor;
    expect(background()).toBe('rgb(255, 255, 255)');
    page.element.theme = 'dark';
    await page.element.updateComplete;
    expect(background()).not.toBe('rgb(255, 255, 255)');
    page.element.style.setProperty('--fkw-surface', 'rgb(1, 2, 3)');
    expect(background()).toBe('rgb(1, 2, 3)');
    page.element.style.setProperty('--fkw-accent', 'rgb(9, 8, 7)');
    await vi.waitFor(() =>
      expect(getComputedStyle(page.get('.composer .primary')).backgroundColor).toBe('rgb(9, 8, 7)'),
    );
  });

  test('follows the system in `auto`: its colours, and its wish for no motion', async () => {
    const page = await mount();
    page.element.theme = 'auto';
    await page.element.updateComplete;
    const emulate = (features: { name: string; value: string }[]) =>
      cdp().send('Emulation.setEmulatedMedia', { features });
    const background = () => getComputedStyle(page.get('.root')).backgroundColor;
    await emulate([
      { name: 'prefers-color-scheme', value: 'dark' },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await vi.waitFor(() => expect(background()).toBe('rgb(23, 25, 31)'));
    expect(getComputedStyle(page.get('.composer .primary')).transitionProperty).toBe('none');
    await emulate([{ name: 'prefers-color-scheme', value: 'light' }]);
    await vi.waitFor(() => expect(background()).toBe('rgb(255, 255, 255)'));
  });

  test('needs no inline style and no style element, so that a strict CSP is content', async () => {
    const violations: string[] = [];
    const onViolation = (event: SecurityPolicyViolationEvent) => violations.push(event.violatedDirective);
    document.addEventListener('securitypolicyviolation', onViolation);
    const server = new FakeServer();
    server.onMessage = () => ({ chunks: ['# A\n\n- b\n\n| c |\n|---|\n| d |'], draft: plain });
    const page = await mount(server);
    page.say('Draw it');
    await vi.waitFor(() => expect(page.find('.markdown table')).not.toBeNull());
    page.click('Run');
    await vi.waitFor(() => expect(page.find('.run')).not.toBeNull());
    expect(page.all('[style], style, link, script')).toEqual([]);
    expect(violations).toEqual([]);
    document.removeEventListener('securitypolicyviolation', onViolation);
  });
});

describe('an element that leaves the page', () => {
  test('leaves no timer and no open request behind, and picks up where it was', async () => {
    const server = new FakeServer();
    const signals: AbortSignal[] = [];
    const fetch = server.fetch;
    server.sessions.set('session-1', { session_id: 'session-1', messages: [], draft: plain });
    const page = await mount(server);
    page.element.fetch = (input, init) => {
      if (init?.signal) signals.push(init.signal);
      return fetch(input, init);
    };
    vi.useFakeTimers();
    page.click('Run');
    await vi.waitFor(() => expect(page.find('.run')).not.toBeNull());
    server.runs
      .get('run_1')
      ?.push(
        { type: 'step.started', path: 'ok', stepId: 'ok', attempt: 1 },
        { waitingFor: [{ kind: 'approval', path: 'ok', until: '2999-01-01T00:00:00Z' }] },
        { type: 'approval.requested', path: 'ok', stepId: 'ok', title: 'Go on?' },
      );
    await vi.waitFor(() => expect(page.find('.card .strip time')).not.toBeNull());
    server.onMessage = () => ({ chunks: ['Half'], hang: true });
    page.say('Hello');
    await vi.waitFor(() => expect(page.text()).toContain('Half'));
    expect(vi.getTimerCount()).toBeGreaterThan(0);

    const frame = page.element.parentElement;
    page.element.remove();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    const count = server.requests.length;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(server.requests).toHaveLength(count);
    expect(signals.at(-1)?.aborted).toBe(true);

    vi.useRealTimers();
    frame?.append(page.element);
    await vi.waitFor(() => expect(page.find('.approval')).not.toBeNull());
    await vi.waitFor(() => expect(page.all('.message.user')).toHaveLength(1));
  });
});

describe('the page around it', () => {
  test('is told of drafts and errors, and may send and run itself', async () => {
    const server = new FakeServer();
    server.onMessage = () => ({ chunks: ['Drawn.'], draft: plain });
    const page = await mount(server);
    const drafts: (string | undefined)[] = [];
    page.element.addEventListener('fkw-draft-changed', ({ detail }) =>
      drafts.push(detail.draft?.definition.id),
    );
    await page.element.send('Draw it');
    expect(drafts).toEqual(['plain']);
    expect(page.element.draft).toEqual(plain);
    server.onStart = (run) => run.push({ type: 'run.succeeded', path: '', output: null });
    await page.element.run({ a: 1 });
    expect(server.runs.get('run_1')?.run.input).toEqual({ a: 1 });
  });

  test('gives tokens, and a new one once after a 401', async () => {
    const server = new FakeServer();
    const page = await mount(server);
    const asked: boolean[] = [];
    page.element.getToken = ({ refresh }) => {
      asked.push(refresh);
      return refresh ? 'new' : 'old';
    };
    server.overrides.push({ path: /chat/, answer: () => problem(401, 'Expired.') });
    await page.element.send('Hello');
    expect(asked).toEqual([false, true]);
    expect(server.requests.at(-1)?.headers.get('authorization')).toBe('Bearer new');
    expect(page.text()).toContain('Hello.');
  });
});
