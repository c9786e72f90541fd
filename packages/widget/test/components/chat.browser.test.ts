import type { TurnEvent } from '@fk-workflow/core/protocol';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FakeServer, problem } from '../support/fake-server.js';
import { expectAccessible, looks, mount } from '../support/mount.js';
import { draft } from '../support/sample.js';

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
  sessionStorage.clear();
});

const answering = (...chunks: string[]): FakeServer => {
  const server = new FakeServer();
  server.onMessage = () => ({ chunks });
  return server;
};

describe('the conversation', () => {
  test('offers examples, and one click sends one', async () => {
    const page = await mount(answering('Gladly.'));
    const example = page.get('.prompts button');
    example.click();
    await vi.waitFor(() => expect(page.text()).toContain('Gladly.'));
    expect(page.get('.message.user').textContent).toContain(example.textContent?.trim());
  });

  test('streams the reply as Markdown, piece by piece', async () => {
    const server = new FakeServer();
    server.onMessage = () => ({ chunks: ['Here is **what', ' I drew**:\n\n1. One\n', '2. Two'], pace: 30 });
    const page = await mount(server);
    page.say('Draw it');
    await vi.waitFor(() => expect(page.text()).toContain('what'));
    expect(page.text()).not.toContain('Two');
    expect(page.find('[aria-label="Stop waiting"]')).not.toBeNull();
    await vi.waitFor(() => expect(page.all('.markdown li')).toHaveLength(2));
    expect(page.get('.markdown strong').textContent).toBe('what I drew');
    await vi.waitFor(() => expect(page.find('[aria-label="Send"]')).not.toBeNull());
    expect(page.get('[role="status"]').textContent).toContain('Two');
  });

  test('says what the assistant is doing', async () => {
    const server = new FakeServer();
    server.onMessage = () => ({ tools: ['get_available_actions', 'create_workflow_json'], hang: true });
    const page = await mount(server);
    page.say('Draw it');
    await vi.waitFor(() => expect(page.text()).toContain('Drawing the workflow…'));
    expect(page.text()).toContain('Looked through the actions');
  });

  test('Shift+Enter and the Enter of an input method do not send', async () => {
    const page = await mount();
    const field = page.get('textarea[name="message"]');
    if (field instanceof HTMLTextAreaElement) field.value = 'Half';
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true }));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true }));
    expect(page.server.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('"Stop waiting" says that the turn goes on, and shows its answer when it is there', async () => {
    const server = new FakeServer();
    server.onMessage = () => ({ chunks: ['Half a '], hang: true });
    const page = await mount(server);
    page.say('Draw it');
    await vi.waitFor(() => expect(page.text()).toContain('Half a'));
    page.click('Stop waiting');
    await vi.waitFor(() => expect(page.text()).toContain('The assistant may still be working'));
    const view = server.sessions.get('session-1');
    if (!view) throw new Error('The fake server kept no session.');
    const answer = { role: 'assistant', content: 'A whole answer.', at: '', turn_id: 't' } as const;
    server.sessions.set('session-1', { ...view, messages: [...view.messages, answer] });
    await vi.waitFor(() => expect(page.text()).toContain('A whole answer.'), { timeout: 4000 });
    expect(page.text()).not.toContain('You stopped waiting');
    expect(page.get('[role="status"]').textContent).toBe('A whole answer.');
  });

  test('comes back after a reload, with the draft', async () => {
    const server = new FakeServer();
    server.onMessage = () => ({ chunks: ['Drawn.'], draft });
    const first = await mount(server);
    first.say('Draw it');
    await vi.waitFor(() => expect(first.element.draft?.revision).toBe(1));
    const second = await mount(server);
    await vi.waitFor(() => expect(second.text()).toContain('Drawn.'));
    expect(second.get('.message.user').textContent).toContain('Draw it');
    expect(second.all('.card')).toHaveLength(8);
  });

  test('keeps its session in the tab, and starts another one on "New chat"', async () => {
    const page = await mount(answering('Hello.'), { sessionId: '' });
    const { sessionId } = page.element;
    expect(sessionId).toMatch(/^[0-9a-f]{32}$/);
    // Nothing is asked of a session that nobody has used.
    expect(page.server.requests.map(({ path }) => path)).toEqual(['/api/actions']);
    expect((await mount(page.server, { sessionId: '' })).element.sessionId).toBe(sessionId);
    const again = await mount(page.server, { sessionId: '' });
    again.say('Hello');
    await vi.waitFor(() => expect(again.text()).toContain('Hello.'));
    again.click('New chat');
    await vi.waitFor(() => expect(again.text()).toContain('What should happen?'));
    expect(again.element.sessionId).not.toBe(sessionId);
  });
});

describe('the mirrored draft', () => {
  const delta = (revision: number): TurnEvent => ({
    type: 'STATE_DELTA',
    delta: [
      { op: 'test', path: '/revision', value: revision },
      { op: 'replace', path: '/revision', value: revision + 1 },
      { op: 'replace', path: '/definition/name', value: 'Renamed' },
    ],
  });
  const renamed = async (revision: number) => {
    const server = new FakeServer();
    server.onMessage = () => ({ draft, events: [delta(revision)] });
    const page = await mount(server);
    const read = { ...draft, revision: 9, definition: { ...draft.definition, name: 'Read anew' } };
    const answer = () => Response.json({ session_id: 'session-1', messages: [], draft: read });
    server.overrides.push({ path: /GET .*sessions/, answer });
    page.say('Rename it');
    return page;
  };

  test('follows changes', async () => {
    const page = await renamed(1);
    await vi.waitFor(() => expect(page.get('.work h2').textContent).toBe('Renamed'));
    expect(page.element.draft?.revision).toBe(2);
  });

  test('is read from the session when a change does not fit', async () => {
    const page = await renamed(7);
    await vi.waitFor(() => expect(page.get('.work h2').textContent).toBe('Read anew'));
    expect(page.element.draft?.revision).toBe(9);
  });
});

describe('a message that does not get through', () => {
  test('is tried three times under one key, then explained with a way on', async () => {
    const page = await mount(answering('There you are.'));
    vi.useFakeTimers();
    for (let index = 0; index < 3; index++) {
      page.server.overrides.push({
        path: /POST .*chat/,
        answer: () => Promise.reject(new TypeError('Failed')),
      });
    }
    page.say('Draw it');
    await vi.advanceTimersByTimeAsync(999);
    const sent = () => page.server.requests.filter(({ path }) => path.endsWith('/chat'));
    expect(sent()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent()).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent()).toHaveLength(3);
    expect(new Set(sent().map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
    await vi.waitFor(() => expect(page.find('.message.error')).not.toBeNull());
    expect(page.get('.message.error').textContent?.replace(/\s+/g, ' ')).toContain(
      '⚠️ Connection Error Unable to reach the AI service. Please check your connection and try again. You can try again or refresh the page.',
    );
    page.click('Try again');
    await vi.waitFor(() => expect(page.text()).toContain('There you are.'));
    expect(page.find('.message.error')).toBeNull();
    expect(page.all('.message.user')).toHaveLength(1);
    expect(new Set(sent().map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
  });

  test("shows the server's sentence at once on a 4xx", async () => {
    const page = await mount();
    const errors: string[] = [];
    page.element.addEventListener('fkw-error', ({ detail }) => errors.push(detail.where));
    page.server.overrides.push({ path: /chat/, answer: () => problem(429, 'Wait 40 seconds.') });
    page.say('Draw it');
    await vi.waitFor(() => expect(page.get('.message.error').textContent).toContain('Wait 40 seconds.'));
    expect(page.server.requests.filter(({ path }) => path.endsWith('/chat'))).toHaveLength(1);
    expect(errors).toEqual(['chat']);
    await expectAccessible(page);
  });
});

describe.each(looks)('the conversation in $theme at $width px', (look) => {
  test('is accessible empty and filled', async () => {
    const page = await mount(
      answering('# Drawn\n\n`code` and a [link](https://example.com)\n\n> said'),
      look,
    );
    await expectAccessible(page);
    page.say('Draw it');
    await vi.waitFor(() => expect(page.find('.markdown blockquote')).not.toBeNull());
    await expectAccessible(page);
  });
});
