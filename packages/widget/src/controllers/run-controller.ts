import type { Draft, JsonObject, Run, RunEvent } from '@fk-workflow/core/protocol';
import { type Client, endsRun, RequestError } from '../client/index.js';
import { pause } from '../client/retry.js';
import { type InputField, inputFields } from '../run/input-fields.js';
import { problemsByField } from '../run/read-fields.js';
import { addRunEvent, emptyRunView, isEnded, type RunView } from '../run/run-view.js';
import { recall, remember } from '../storage.js';
import { sentenceOf, type WidgetHost } from './widget-host.js';

/** The form that asks for a run's input. */
export interface InputForm {
  readonly draft: Draft;
  readonly fields: readonly InputField[];
  /** What is wrong by field name; under '' what is about none. */
  readonly wrong: ReadonlyMap<string, string>;
  readonly busy: boolean;
}

/** The run that is shown. */
export interface ShownRun {
  readonly runId: string;
  /** Revision of the draft it was started from: its states are drawn on that drawing only. */
  readonly revision: number;
  readonly view: RunView;
  /** As the server last told it; has the times that are waited for. */
  readonly run: Run | undefined;
  readonly connection: 'live' | 'reconnecting';
  /** Paths of the approvals whose decision is on its way. */
  readonly deciding: ReadonlySet<string>;
  readonly cancelling: boolean;
}

/** Starts runs of the draft, follows the last one, and takes the person's decisions to it. */
export class RunController {
  form: InputForm | undefined;
  shown: ShownRun | undefined;
  starting = false;
  /** What went wrong with starting, deciding or following, as a sentence. */
  error: string | undefined;
  /** What was filled in last, for the next time. */
  lastInput: JsonObject = {};

  readonly #host: WidgetHost;
  #key = '';
  #following = new AbortController();
  #refreshing = false;

  constructor(host: WidgetHost) {
    this.#host = host;
  }

  /** Goes on following the run that this tab followed under `key`. */
  async open(key: string): Promise<void> {
    this.close();
    this.#key = key;
    this.form = undefined;
    this.shown = undefined;
    this.error = undefined;
    this.lastInput = {};
    const kept = /^(run_[^ ]+) (\d+)$/.exec(recall(key) ?? '');
    if (!kept?.[1]) return;
    const following = this.#following;
    try {
      const run = await this.#host.client.run(kept[1], following.signal);
      if (!following.signal.aborted) await this.#follow(run, Number(kept[2]), isEnded(run.status));
    } catch (error) {
      if (following.signal.aborted) return;
      if (error instanceof RequestError && error.status === 404) remember(key, undefined);
      else this.#failed(error);
    }
  }

  /** Stops following; the run goes on. */
  close(): void {
    this.#following.abort();
    this.#following = new AbortController();
  }

  /** Starts a run of the draft; without `input` it is asked for when the workflow has inputs. */
  async start(draft: Draft, input?: JsonObject): Promise<void> {
    if (this.starting) return;
    const fields = inputFields(draft.definition.inputs);
    if (input === undefined && fields.length > 0) {
      this.#set({ form: { draft, fields, wrong: new Map(), busy: false }, error: undefined });
      return;
    }
    await this.#launch(draft, fields, input ?? {});
  }

  /** Starts the run that the form is for. */
  async submit(input: JsonObject): Promise<void> {
    const { form } = this;
    if (!form || form.busy) return;
    this.#set({ form: { ...form, wrong: new Map(), busy: true } });
    await this.#launch(form.draft, form.fields, input);
  }

  /** Shows what is wrong with the form. */
  mark(wrong: ReadonlyMap<string, string>): void {
    if (this.form) this.#set({ form: { ...this.form, wrong, busy: false } });
  }

  closeForm(): void {
    this.#set({ form: undefined });
  }

  /** Sends a decision to the approval at `path`. */
  async decide(path: string, decision: 'approved' | 'rejected', comment: string): Promise<void> {
    const { shown } = this;
    if (!shown || shown.deciding.has(path)) return;
    this.#patch({ deciding: new Set([...shown.deciding, path]) });
    this.#set({ error: undefined });
    try {
      await this.#host.client.signal(shown.runId, path, { decision, ...(comment ? { comment } : {}) });
    } catch (error) {
      this.#patch({ deciding: new Set([...(this.shown?.deciding ?? [])].filter((other) => other !== path)) });
      this.#failed(error);
    }
  }

  /** Cancels the run that is shown. */
  async cancel(): Promise<void> {
    const { shown } = this;
    if (!shown || shown.cancelling) return;
    this.#patch({ cancelling: true });
    this.#set({ error: undefined });
    try {
      await this.#host.client.cancel(shown.runId);
    } catch (error) {
      this.#patch({ cancelling: false });
      this.#failed(error);
    }
  }

  /** Takes the run off the screen; only one that has ended. */
  dismiss(): void {
    if (this.shown && !isEnded(this.shown.view.status)) return;
    this.close();
    remember(this.#key, undefined);
    this.#set({ shown: undefined, error: undefined });
  }

  async #launch(draft: Draft, fields: readonly InputField[], input: JsonObject): Promise<void> {
    this.#set({ starting: true, error: undefined });
    const key = this.#key;
    const { signal } = this.#following;
    let run: Run;
    try {
      run = await startRun(this.#host.client, draft, input);
    } catch (error) {
      this.#set({ starting: false });
      if (signal.aborted) return;
      const { problems = [], code } = error instanceof RequestError ? error : {};
      // Input that a page gave is corrected in the form too.
      if (!this.form && code === 'invalid_input' && fields.length > 0) {
        this.lastInput = input;
        this.#set({ form: { draft, fields, wrong: new Map(), busy: false } });
      }
      if (this.form) this.mark(new Map([['', sentenceOf(error)], ...problemsByField(fields, problems)]));
      if (this.form) this.#host.report(error, 'run');
      else this.#failed(error);
      return;
    }
    remember(key, `${run.runId} ${draft.revision}`);
    this.#set({ starting: false });
    this.#host.emit('fkw-run-started', { run });
    // The element has gone, or shows another session: it goes on with this run when it comes back to this one.
    if (signal.aborted) return;
    this.lastInput = input;
    this.#set({ form: undefined });
    this.close();
    await this.#follow(run, draft.revision, false);
  }

  async #follow(run: Run, revision: number, ended: boolean): Promise<void> {
    const { signal } = this.#following;
    const { runId } = run;
    this.#set({
      shown: {
        ...{ runId, revision, run, view: emptyRunView },
        ...{ connection: 'live', deciding: new Set<string>(), cancelling: false },
      },
    });
    try {
      await this.#host.client.followRun(runId, {
        signal,
        onEvent: (event) => this.#take(event, ended),
        onConnection: (connection) => this.#patch({ connection }),
      });
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
  }

  #take(event: RunEvent, ended: boolean): void {
    const { shown } = this;
    if (!shown) return;
    const view = addRunEvent(shown.view, event);
    const deciding = new Set(
      [...shown.deciding].filter((path) => view.approvals.some((open) => open.path === path)),
    );
    this.#patch({ view, deciding });
    if (event.type === 'approval.requested') this.#host.announce(`Approval needed: ${event.title}`);
    if (event.type === 'step.failed') this.#host.announce(`A step failed: ${event.error.message}`);
    if (isWaitEvent(event)) void this.#refresh(shown.runId);
    if (!endsRun(event)) return;
    this.#host.announce(`The run ${words[view.status] ?? 'ended'}.`);
    if (ended) return;
    const { runId } = shown;
    const error = view.error ? { code: view.error.code, message: view.error.message } : undefined;
    this.#host.emit('fkw-run-ended', { runId, status: view.status, ...(error ? { error } : {}) });
  }

  /** Reads what the run waits for, once for a burst of events. */
  async #refresh(runId: string): Promise<void> {
    if (this.#refreshing) return;
    const { signal } = this.#following;
    this.#refreshing = true;
    try {
      await pause(50, signal);
      this.#refreshing = false;
      const run = await this.#host.client.run(runId, signal);
      if (!signal.aborted) this.#patch({ run });
    } catch (error) {
      if (!signal.aborted) this.#host.report(error, 'run');
    } finally {
      this.#refreshing = false;
    }
  }

  #failed(error: unknown): void {
    this.#set({ error: sentenceOf(error) });
    this.#host.announce(sentenceOf(error));
    this.#host.report(error, 'run');
  }

  #patch(change: Partial<ShownRun>): void {
    if (this.shown) this.#set({ shown: { ...this.shown, ...change } });
  }

  #set(change: Partial<Pick<RunController, 'form' | 'shown' | 'starting' | 'error'>>): void {
    Object.assign(this, change);
    this.#host.requestUpdate();
  }
}

const words: Partial<Record<Run['status'], string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
};

const startRun = async (client: Client, { definition }: Draft, input: JsonObject): Promise<Run> => {
  const { id, version } = await client.saveWorkflow(definition);
  return client.startRun(id, { input, version });
};

const isWaitEvent = ({ type }: RunEvent): boolean =>
  type.startsWith('wait.') || type.startsWith('approval.') || type === 'run.waiting';
