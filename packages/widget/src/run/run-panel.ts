import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ShownRun } from '../controllers/run-controller.js';
import { type IconName, icon } from '../ui/icons.js';
import { countdown } from './countdown.js';
import { eventText } from './event-text.js';
import { isEnded, type OpenApproval } from './run-view.js';

/** What the run panel shows and what it can ask for. */
export interface RunPanel {
  readonly shown: ShownRun | undefined;
  readonly error: string | undefined;
  /** The draft has changed since this run was started. */
  readonly outdated: boolean;
  readonly now: number;
  readonly titleOf: (stepId: string) => string;
  readonly onDecide: (path: string, decision: 'approved' | 'rejected', comment: string) => void;
  readonly onCancel: () => void;
  readonly onDismiss: () => void;
}

/** Lines of the log that are kept on the page. */
const shownLines = 200;

/** The run that is followed: how it stands, what it asks, what has happened. */
export const runPanel = (panel: RunPanel): TemplateResult | typeof nothing => {
  const { shown, error } = panel;
  if (!shown && error === undefined) return nothing;
  return html`
    <section class="run" aria-label="Run">
      ${shown ? head(shown, panel) : nothing}
      ${error === undefined ? nothing : html`<p class="strip error">${icon('alert')}<span>${error}</span></p>`}
      ${
        shown && shown.view.approvals.length > 0
          ? html`<div class="approvals">
              ${repeat(
                shown.view.approvals,
                ({ path }) => path,
                (open) => approval(open, shown, panel),
              )}
            </div>`
          : nothing
      }
      ${
        shown
          ? html`<div class="run-body scroll" tabindex="0" role="region" aria-label="What happened">
              ${log(shown, panel)}
            </div>`
          : nothing
      }
    </section>
  `;
};

const states: Readonly<Record<ShownRun['view']['status'], readonly [IconName | 'spinner', string]>> = {
  running: ['spinner', 'Running'],
  waiting: ['clock', 'Waiting'],
  succeeded: ['check', 'Run succeeded'],
  failed: ['cross', 'Run failed'],
  cancelled: ['ban', 'Run cancelled'],
};

const head = (shown: ShownRun, panel: RunPanel): TemplateResult => {
  const { view, connection, cancelling } = shown;
  const [mark, text] = states[view.status];
  const isOver = isEnded(view.status);
  return html`
    <div class="run-head">
      <div>
        <span class="tile ${view.status}" aria-hidden="true">
          ${mark === 'spinner' ? html`<span class="spinner"></span>` : icon(mark)}
        </span>
        <div>
          <h3>${view.approvals.length > 0 ? 'Waiting for approval' : text}</h3>
          <p>${detail(shown, panel)}</p>
        </div>
      </div>
      ${
        isOver
          ? html`<button class="small" @click=${panel.onDismiss}>${icon('cross')}Close</button>`
          : html`<button class="small danger" ?disabled=${cancelling} @click=${panel.onCancel}>
              ${icon('ban')}${cancelling ? 'Cancelling…' : 'Cancel run'}
            </button>`
      }
      ${connection === 'reconnecting' && !isOver ? html`<span class="badge warning">Reconnecting…</span>` : nothing}
      ${panel.outdated ? html`<span class="badge">The drawing has changed since</span>` : nothing}
    </div>
  `;
};

const detail = ({ view, run, runId }: ShownRun, { now, titleOf }: RunPanel): unknown => {
  if (view.status === 'failed') return view.error?.message ?? runId;
  const timer = isEnded(view.status) ? undefined : run?.waitingFor?.find(({ until }) => until !== undefined);
  if (!timer?.until) return runId;
  const step = [...view.steps].find(([, { path }]) => path === timer.path)?.[0];
  const title = timer.title ?? (step === undefined ? 'Going on' : titleOf(step));
  return html`${title}: <time datetime=${timer.until}>${countdown(timer.until, now)}</time> left`;
};

const approval = (open: OpenApproval, shown: ShownRun, { onDecide }: RunPanel): TemplateResult => {
  const isSent = shown.deciding.has(open.path);
  const decide = (decision: 'approved' | 'rejected') => (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget instanceof Element ? event.currentTarget.closest('form') : null;
    onDecide(open.path, decision, form?.querySelector('input')?.value.trim() ?? '');
  };
  return html`
    <form class="approval" aria-label=${`Approval: ${open.title}`} @submit=${decide('approved')}>
      <h4 class="visually-hidden">Approval needed</h4>
      <strong>${open.title}</strong>
      ${open.message ? html`<p>${open.message}</p>` : nothing}
      <div class="row">
        <label>Comment<input name="comment" maxlength="1000" placeholder="Optional" autocomplete="off" /></label>
        <button type="button" class="danger" ?disabled=${isSent} @click=${decide('rejected')}>
          ${icon('cross')}Reject
        </button>
        <button class="primary" ?disabled=${isSent}>${icon('check')}Approve</button>
      </div>
    </form>
  `;
};

const log = ({ view }: ShownRun, { titleOf }: RunPanel): TemplateResult => {
  const lines = view.events.flatMap((event) => {
    const text = eventText(event, titleOf);
    return text ? [{ ...text, event }] : [];
  });
  return html`
    <ol class="log">
      ${repeat(
        lines.slice(-shownLines),
        ({ event }) => event.seq,
        ({ event, icon: name, text, tone }) => html`
          <li class=${tone}>
            <time datetime=${event.at}>${timeOfDay(event.at)}</time>${icon(name)}<span>${text}</span>
          </li>
        `,
      )}
    </ol>
  `;
};

const timeOfDay = (at: string): string =>
  new Date(at).toLocaleTimeString([], {
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
