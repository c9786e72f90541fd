import type { DraftState, SessionView } from '@fk-workflow/core/protocol';
import { addTurnEvent, type ChatEntry, connectionError, entriesOf } from '../chat/entries.js';
import { loadMarkdown } from '../chat/markdown.js';
import { emptyDraft, mirrorDraft, RequestError } from '../client/index.js';
import { newKey } from '../client/new-key.js';
import { pause } from '../client/retry.js';
import { sentenceOf, type WidgetHost } from './widget-host.js';

/** What the conversation is doing. `away`: a turn runs at the server that this page does not follow. */
export type ChatPhase = 'loading' | 'idle' | 'sending' | 'away';

const lookAgainMs = 2000;

/** The conversation of a session and the draft that it edits. */
export class ChatController {
  entries: readonly ChatEntry[] = [];
  draft: DraftState = emptyDraft;
  phase: ChatPhase = 'idle';

  readonly #host: WidgetHost;
  #sessionId = '';
  /** Ends with the session: what comes later is of no interest. */
  #session = new AbortController();
  #waiting: AbortController | undefined;
  /** What "Try again" does after a failure. */
  #again: (() => Promise<void>) | undefined;
  #resyncing: 'no' | 'yes' | 'again' = 'no';

  constructor(host: WidgetHost) {
    this.#host = host;
  }

  /** Begins with a session: shows what the server knows of it, unless it is new. */
  async open(sessionId: string, isNew: boolean): Promise<void> {
    this.close();
    this.#session = new AbortController();
    this.#sessionId = sessionId;
    this.entries = [];
    this.#setDraft(emptyDraft);
    if (isNew) this.#show('idle', []);
    else await this.#restore();
  }

  /** Lets go of the session; the server goes on. */
  close(): void {
    this.#session.abort();
    this.#waiting?.abort();
  }

  /** Sends a message and shows its turn. Nothing happens while another one is being answered. */
  async send(text: string): Promise<void> {
    const message = text.trim();
    if (message === '' || this.phase !== 'idle') return;
    const entries: readonly ChatEntry[] = [
      ...this.entries.filter(({ kind }) => kind !== 'note'),
      { kind: 'message', role: 'user', id: newKey(), text: message },
    ];
    await this.#deliver(message, entries, newKey());
  }

  /** Stops waiting for the answer. The turn goes on at the server, and its answer is shown when it is there. */
  stopWaiting(): void {
    this.#waiting?.abort();
  }

  /** Does again what failed last. */
  async tryAgain(): Promise<void> {
    await this.#again?.();
  }

  async #deliver(message: string, before: readonly ChatEntry[], key: string): Promise<void> {
    const session = this.#session;
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    let turn: readonly ChatEntry[] = [];
    this.#show('sending', before);
    this.#loadMarkdown();
    try {
      await this.#host.client.chat(message, this.#sessionId, {
        signal: waiting.signal,
        idempotencyKey: key,
        onEvent: (event) => {
          turn = addTurnEvent(turn, event);
          this.#mirror(mirrorDraft(this.draft, event));
          this.#show('sending', [...before, ...turn]);
        },
      });
      this.#show('idle', [...before, ...turn]);
      this.#host.announce(lastAnswer(turn));
    } catch (error) {
      if (session.signal.aborted) return;
      if (waiting.signal.aborted) {
        this.#stopped([...before, ...turn]);
        return;
      }
      // A turn the server has ended would only be answered with its end again; a lost one is found by its key.
      const answered = error instanceof RequestError && error.status !== undefined;
      this.#again = () => this.#deliver(message, before, answered ? newKey() : key);
      this.#failed(error, 'chat', [...before, ...turn]);
    }
  }

  #stopped(entries: readonly ChatEntry[]): void {
    const text = 'You stopped waiting. The assistant may still be working; its answer will appear here.';
    this.#show('away', [
      ...entries.filter(({ kind }) => kind !== 'tool'),
      { kind: 'note', id: newKey(), text },
    ]);
    this.#host.announce(text);
    void this.#awaitTurn();
  }

  async #restore(): Promise<void> {
    const session = this.#session;
    this.#show(
      'loading',
      this.entries.filter(({ kind }) => kind === 'message'),
    );
    try {
      const view = await this.#host.client.session(this.#sessionId, session.signal);
      if (session.signal.aborted) return;
      this.#take(view);
      if (this.phase === 'away') await this.#awaitTurn();
    } catch (error) {
      if (session.signal.aborted) return;
      this.#again = () => this.#restore();
      this.#failed(error, 'session', this.entries);
    }
  }

  #take(view: SessionView | undefined): void {
    const entries = view ? entriesOf(view.messages) : [];
    if (entries.length > 0) this.#loadMarkdown();
    this.#setDraft(view?.draft ?? emptyDraft);
    this.#show(view?.turn ? 'away' : 'idle', entries);
  }

  /** Looks at the session until the turn that this page does not follow is over. */
  async #awaitTurn(): Promise<void> {
    const session = this.#session;
    try {
      while (this.phase === 'away') {
        await pause(lookAgainMs, session.signal);
        const view = await this.#host.client.session(this.#sessionId, session.signal);
        if (session.signal.aborted || this.phase !== 'away') return;
        if (view?.turn) continue;
        if (view) this.#take(view);
        else this.#show('idle', this.entries);
        this.#host.announce(lastAnswer(this.entries));
      }
    } catch (error) {
      if (session.signal.aborted) return;
      this.#again = () => this.#restore();
      this.#failed(error, 'session', this.entries);
    }
  }

  #mirror(next: DraftState | 'stale'): void {
    if (next === 'stale') void this.#resync();
    else this.#setDraft(next);
  }

  /** Reads the draft anew when a change did not fit; once more when another one did not meanwhile. */
  async #resync(): Promise<void> {
    if (this.#resyncing !== 'no') {
      this.#resyncing = 'again';
      return;
    }
    const session = this.#session;
    try {
      do {
        this.#resyncing = 'yes';
        const view = await this.#host.client.session(this.#sessionId, session.signal);
        if (session.signal.aborted) return;
        this.#setDraft(view?.draft ?? emptyDraft);
      } while (this.#isResyncAsked());
    } catch (error) {
      if (!session.signal.aborted) this.#host.report(error, 'session');
    } finally {
      this.#resyncing = 'no';
    }
  }

  #isResyncAsked(): boolean {
    return this.#resyncing === 'again';
  }

  #setDraft(draft: DraftState): void {
    const before = this.draft;
    this.draft = draft;
    this.#host.requestUpdate();
    if (before.revision === draft.revision && before.definition?.id === draft.definition?.id) return;
    this.#host.emit('fkw-draft-changed', { draft: draft.definition === null ? null : draft });
  }

  #loadMarkdown(): void {
    loadMarkdown().then(
      () => this.#host.requestUpdate(),
      // Messages stay readable as plain text.
      (error: unknown) => this.#host.report(error, 'markdown'),
    );
  }

  #failed(error: unknown, where: 'chat' | 'session', entries: readonly ChatEntry[]): void {
    const settled = entries.map((entry) => (entry.kind === 'tool' ? { ...entry, done: true } : entry));
    this.#show('idle', [
      ...settled,
      { kind: 'error', id: newKey(), text: connectionError(sentenceOf(error)) },
    ]);
    this.#host.announce(`Connection error. ${sentenceOf(error)}`);
    this.#host.report(error, where);
  }

  #show(phase: ChatPhase, entries: readonly ChatEntry[]): void {
    this.phase = phase;
    this.entries = entries;
    this.#host.requestUpdate();
  }
}

/** What the assistant said last. */
const lastAnswer = (entries: readonly ChatEntry[]): string => {
  const answer = entries.findLast((entry) => entry.kind === 'message' && entry.role === 'assistant');
  return answer?.kind === 'message' ? answer.text : '';
};
