import type { Draft, JsonObject, Problem, Step } from '@fk-workflow/core/protocol';
import { titleOf } from '@fk-workflow/core/workflow';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type Drawing, linesOf } from './canvas/canvas.js';
import { catalogOf, type WidgetCatalog } from './canvas/catalog.js';
import { stepNode } from './canvas/connectors.js';
import { allSteps } from './canvas/lanes.js';
import { workPanel } from './canvas/work-panel.js';
import { chatPanel } from './chat/chat-panel.js';
import { type Client, createClient, type GetToken } from './client/index.js';
import { newKey } from './client/new-key.js';
import { ChatController } from './controllers/chat-controller.js';
import { LinesController } from './controllers/lines-controller.js';
import { RunController } from './controllers/run-controller.js';
import { StickController } from './controllers/stick-controller.js';
import { TickController } from './controllers/tick-controller.js';
import type { WidgetHost } from './controllers/widget-host.js';
import { WidthController } from './controllers/width-controller.js';
import type { ErrorSource, FkWorkflowBuilderEventMap } from './events.js';
import { inputDialog } from './run/input-dialog.js';
import { runPanel } from './run/run-panel.js';
import { isEnded } from './run/run-view.js';
import { recall, remember, storageKey } from './storage.js';
import { styles } from './styles/index.js';
import { errorScreen } from './ui/error-screen.js';
import { humanize, plural } from './ui/humanize.js';
import { panelTabs, type Tab } from './ui/panel-tabs.js';

const defaultPrompts: readonly string[] = [
  'Send an email, wait 48 hours, check for a reply, and escalate if there is none',
  'Ask somebody to approve before an email goes out',
  'Which actions can I use?',
];

/** Below this width the two sides become tabs. */
const narrowBelowPx = 720;

/**
 * `<fk-workflow-builder>`: chat on the left, the drawn workflow on the right, and its runs.
 *
 * @example
 * <fk-workflow-builder endpoint="/flows" theme="auto"></fk-workflow-builder>
 *
 * @fires fkw-draft-changed - The drawn workflow changed.
 * @fires fkw-run-started - A run was started here.
 * @fires fkw-run-ended - The run that is followed has ended.
 * @fires fkw-error - Something failed; the element shows it too.
 */
export class FkWorkflowBuilder extends LitElement implements WidgetHost {
  static override readonly styles = styles;

  static override readonly properties = {
    endpoint: { type: String },
    sessionId: { type: String, attribute: 'session-id' },
    theme: { type: String, reflect: true },
    prompts: { attribute: false },
    getToken: { attribute: false },
    fetch: { attribute: false },
  };

  /** Where the server's handler is mounted. Empty: this origin. */
  declare endpoint: string;
  /** The conversation. Empty: the tab's own, kept over a refresh. */
  declare sessionId: string;
  /** `auto` follows the person's system. */
  declare theme: 'light' | 'dark' | 'auto';
  /** Examples that the empty chat offers. */
  declare prompts: readonly string[];
  /** Gives the bearer token; asked with `{refresh: true}` once after a 401. */
  declare getToken: GetToken | undefined;
  /** Used in place of the global `fetch`, for headers or credentials of your own. */
  declare fetch: typeof globalThis.fetch | undefined;

  client: Client = createClient({ endpoint: '' });

  readonly #chat: ChatController = new ChatController(this);
  readonly #run: RunController = new RunController(this);
  readonly #lines: LinesController = new LinesController(this, () => this.renderRoot);
  readonly #tick: TickController = new TickController(this);
  readonly #width: WidthController = new WidthController(this, narrowBelowPx);
  #catalog: WidgetCatalog | undefined;
  /** Ends with the connection to the page, or with this endpoint. */
  #loading = new AbortController();
  #failure: { readonly error: unknown } | undefined;
  #announcement = '';
  #tab: Tab = 'chat';
  /** Revision of the draft when its side was last in sight. */
  #seenRevision = 0;
  #isOpen = false;
  /** A session made here that the server cannot know yet. */
  #unusedSession: string | undefined;

  constructor() {
    super();
    this.endpoint = '';
    this.sessionId = '';
    this.theme = 'auto';
    this.prompts = defaultPrompts;
    new StickController(this, () => this.renderRoot.querySelector('.transcript'));
    new StickController(this, () => this.renderRoot.querySelector('.run-body'));
  }

  /** The draft as it is drawn; null before there is one. */
  get draft(): Draft | null {
    const { draft } = this.#chat;
    return draft.definition === null ? null : draft;
  }

  /** Sends a message as if the person had typed it; resolves when its turn is over. Failures are shown and fire `fkw-error`. */
  async send(message: string): Promise<void> {
    if (!this.#catalog) this.#guard(() => this.#loadCatalog());
    this.#unusedSession = undefined;
    await this.#chat.send(message);
  }

  /**
   * Runs the draft as the Run button does: asks for inputs unless they are given, saves it, starts it and follows it
   * to its end. Nothing is started while the draft has errors; the first one is shown.
   */
  async run(input?: JsonObject): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    const errors = draft.problems.filter(({ severity }) => severity === 'error');
    this.#show('work');
    if (errors.length === 0) {
      await this.#run.start(draft, input);
      return;
    }
    await this.updateComplete;
    this.announce(`Solve ${plural(errors.length, 'problem')} first: ${errors[0]?.message ?? ''}`);
    const node = stepNode(errors[0]?.stepId ?? '');
    this.renderRoot.querySelector(`[data-node="${CSS.escape(node)}"]`)?.scrollIntoView({ block: 'center' });
  }

  announce(text: string): void {
    this.#announcement = text;
    this.requestUpdate();
  }

  emit<K extends keyof FkWorkflowBuilderEventMap>(
    type: K,
    detail: FkWorkflowBuilderEventMap[K]['detail'],
  ): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  report(error: unknown, where: ErrorSource): void {
    this.emit('fkw-error', { error, where });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#isOpen = false;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading.abort();
    this.#chat.close();
    this.#run.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.isConnected) return;
    if (!this.#isOpen || changed.has('endpoint') || changed.has('sessionId')) this.#open();
  }

  /** The error boundary: whatever fails while rendering is shown in place of the element's content. */
  protected override update(changed: PropertyValues): void {
    // Closed before it is taken away, so that the focus returns to where it was.
    if (!this.#run.form) this.renderRoot.querySelector('dialog')?.close();
    try {
      super.update(changed);
    } catch (error) {
      this.#fail(error);
      super.update(changed);
    }
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
    dialog?.querySelector<HTMLElement>('[aria-invalid="true"]:not(:focus)')?.focus();
  }

  protected override render(): TemplateResult {
    if (this.#failure) return errorScreen(this.#failure.error, () => this.#refresh());
    const { narrow } = this.#width;
    return html`
      <div class="root ${narrow ? 'narrow' : ''}">
        ${narrow ? this.#renderTabs() : nothing}
        <section
          class="panel chat"
          id="panel-chat"
          aria-label="Chat"
          role=${narrow ? 'tabpanel' : 'region'}
          ?hidden=${narrow && this.#tab !== 'chat'}
        >
          ${this.#renderChat()}
        </section>
        <section
          class="panel work"
          id="panel-work"
          aria-label="Workflow"
          role=${narrow ? 'tabpanel' : 'region'}
          ?hidden=${narrow && this.#tab !== 'work'}
        >
          ${this.#renderWork()}
        </section>
        ${inputDialog({
          form: this.#run.form,
          lastInput: this.#run.lastInput,
          onSubmit: (input) => this.#guard(() => this.#run.submit(input)),
          onWrong: (wrong) => this.#run.mark(wrong),
          onClose: () => this.#run.closeForm(),
        })}
        <p class="visually-hidden" role="status">${this.#announcement}</p>
      </div>
    `;
  }

  #renderTabs(): TemplateResult {
    const asks = (this.#run.shown?.view.approvals.length ?? 0) > 0;
    const changed = this.#tab === 'chat' && this.draft !== null && this.draft.revision !== this.#seenRevision;
    return panelTabs({
      selected: this.#tab,
      waiting: asks ? 'approval' : changed ? 'changes' : undefined,
      onSelect: (tab) => this.#show(tab),
    });
  }

  #renderChat(): TemplateResult {
    const { entries, phase } = this.#chat;
    return chatPanel({
      ...{ entries, phase, prompts: this.prompts },
      onSend: (text) => this.#guard(() => this.send(text)),
      onStop: () => this.#chat.stopWaiting(),
      onTryAgain: () => this.#guard(() => this.#chat.tryAgain()),
      onNew: () => {
        this.sessionId = this.#newSession();
      },
    });
  }

  #renderWork(): TemplateResult {
    const { draft } = this;
    const { shown, error, starting } = this.#run;
    if (!this.#width.narrow || this.#tab === 'work') this.#seenRevision = draft?.revision ?? 0;
    const drawing = draft ? this.#drawing(draft) : undefined;
    this.#lines.lines = drawing ? linesOf(drawing) : [];
    const now = Date.now();
    this.#tick.active =
      shown?.run?.waitingFor?.some(({ until }) => until && Date.parse(until) > now) ?? false;
    const byId = new Map(draft ? allSteps(draft.definition.steps).map((step) => [step.id, step]) : []);
    return html`
      ${workPanel({
        ...{ drawing, starting, lines: this.#lines.lines, catalog: this.#catalog },
        draft: draft ?? undefined,
        running: shown !== undefined && !isEnded(shown.view.status),
        onRun: () => this.#guard(() => this.run()),
      })}
      ${runPanel({
        ...{ shown, error, now },
        outdated: shown !== undefined && shown.revision !== draft?.revision,
        titleOf: (id) => {
          const step = byId.get(id);
          return step ? this.#titleOf(step) : humanize(id);
        },
        onDecide: (path, decision, comment) => this.#guard(() => this.#run.decide(path, decision, comment)),
        onCancel: () => this.#guard(() => this.#run.cancel()),
        onDismiss: () => this.#run.dismiss(),
      })}
    `;
  }

  #drawing({ definition, problems, revision }: Draft): Drawing {
    const { shown } = this.#run;
    const isDrawn = shown?.revision === revision;
    return {
      definition,
      titleOf: (step) => this.#titleOf(step),
      lookup: this.#catalog?.lookup,
      problems: byStep(problems),
      states: isDrawn ? shown.view.steps : undefined,
      waits: new Map(
        (isDrawn ? (shown.run?.waitingFor ?? []) : []).flatMap(({ path, until }) =>
          until ? [[path, until]] : [],
        ),
      ),
      now: Date.now(),
    };
  }

  #titleOf(step: Step): string {
    return titleOf(step, this.#catalog?.lookup ?? noActions);
  }

  /** Begins anew at the present endpoint and session. */
  #open(): void {
    this.#isOpen = true;
    if (this.sessionId === '') this.sessionId = recall(this.#sessionKey) ?? this.#newSession();
    this.client = createClient({
      endpoint: this.endpoint,
      getToken: async (options) => this.getToken?.(options),
      fetch: (input, init) => (this.fetch ?? globalThis.fetch)(input, init),
    });
    this.#loading.abort();
    this.#loading = new AbortController();
    this.#guard(() => this.#loadCatalog());
    this.#guard(() => this.#chat.open(this.sessionId, this.sessionId === this.#unusedSession));
    this.#guard(() => this.#run.open(storageKey('run', this.endpoint, this.sessionId)));
  }

  get #sessionKey(): string {
    return storageKey('session', this.endpoint);
  }

  #newSession(): string {
    this.#unusedSession = newKey();
    remember(this.#sessionKey, this.#unusedSession);
    return this.#unusedSession;
  }

  async #loadCatalog(): Promise<void> {
    const { signal } = this.#loading;
    try {
      this.#catalog = catalogOf(await this.client.actions(signal));
      this.requestUpdate();
    } catch (error) {
      if (signal.aborted) return;
      // The cards fall back to ids; the next message tries again.
      this.report(error, 'catalog');
    }
  }

  #show(tab: Tab): void {
    this.#tab = tab;
    this.requestUpdate();
  }

  #refresh(): void {
    this.#failure = undefined;
    this.#isOpen = false;
    this.requestUpdate();
  }

  /** Runs work of the element; what it does not expect goes to the error boundary. */
  #guard(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.#fail(error);
      this.requestUpdate();
    });
  }

  #fail(error: unknown): void {
    this.#failure = { error };
    this.#chat.close();
    this.#run.close();
    this.report(error, 'render');
  }
}

const noActions = { get: () => undefined, all: () => [] };

const byStep = (problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> => {
  const sorted = new Map<string, Problem[]>();
  for (const problem of problems) {
    const id = problem.stepId ?? '';
    sorted.set(id, [...(sorted.get(id) ?? []), problem]);
  }
  return sorted;
};
