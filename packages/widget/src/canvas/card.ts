import type { Effect, Problem, Step } from '@fk-workflow/core/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { countdown } from '../run/countdown.js';
import type { StepView } from '../run/run-view.js';
import { type IconName, icon } from '../ui/icons.js';
import type { Drawing } from './canvas.js';
import { stepNode } from './connectors.js';
import { templateParts } from './expression-text.js';
import { kindText, stepFacts, stepIcon } from './step-words.js';

/** Facts a card shows before "more". */
const shownFacts = 3;

/** A step as a card: what it is, what it is given, what is wrong with it, and how it fares in the run. */
export const card = (step: Step, drawing: Drawing): TemplateResult => {
  const action = step.kind === 'action' ? drawing.lookup?.get(step.action) : undefined;
  const title = drawing.titleOf(step);
  const picture = stepIcon(step, action);
  const problems = drawing.problems.get(step.id) ?? [];
  const view = drawing.states?.get(step.id);
  return html`
    <article
      class="card"
      data-node=${stepNode(step.id)}
      data-kind=${step.kind}
      data-state=${view?.state ?? nothing}
      data-problem=${problems.some(isError) ? 'error' : nothing}
    >
      <header>
        <span class="tile" aria-hidden="true">
          ${typeof picture === 'string' ? icon(picture) : picture.emoji}
        </span>
        <div>
          <h3>${title}</h3>
          <p class="kind">
            <span>${kindText(step, title, action)}</span>${action ? effectBadge(action.effect) : nothing}
          </p>
        </div>
      </header>
      ${facts(step)} ${problems.map(problemStrip)} ${view ? stateStrip(step, view, drawing) : nothing}
    </article>
  `;
};

const effects: Readonly<Record<Effect, readonly [IconName, string, string]>> = {
  read: ['eye', 'Reads', 'Only reads: changes nothing'],
  write: ['pen', 'Writes', 'Changes something; may be repeated safely'],
  irreversible: ['bolt', 'Irreversible', 'Cannot be taken back, such as a sent mail'],
};

const effectBadge = (effect: Effect): TemplateResult => {
  const [name, text, title] = effects[effect];
  return html`<span class="badge ${effect}" title=${title}>${icon(name)}${text}</span>`;
};

const facts = (step: Step): TemplateResult | typeof nothing => {
  const all = stepFacts(step);
  if (all.length === 0) return nothing;
  const rows = (some: typeof all) =>
    html`<dl class="facts">
      ${some.map(([name, value]) => html`<div><dt title=${name}>${name}</dt><dd>${valueText(value)}</dd></div>`)}
    </dl>`;
  // One more line costs no more than the line that would say so.
  const first = all.length === shownFacts + 1 ? all : all.slice(0, shownFacts);
  const rest = all.slice(first.length);
  return html`${rows(first)}${
    rest.length > 0
      ? html`<details class="more"><summary>${rest.length} more</summary>${rows(rest)}</details>`
      : nothing
  }`;
};

const valueText = (value: unknown): unknown => {
  if (typeof value === 'string') {
    return templateParts(value).map((part) =>
      part.kind === 'text' ? part.text : html`<span class="ref" title=${part.expression}>${part.text}</span>`,
    );
  }
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.map((item, index) => [index > 0 ? ', ' : '', valueText(item)]);
  }
  if (value === true || value === false) return value ? 'Yes' : 'No';
  return value === null ? 'Nothing' : JSON.stringify(value);
};

const isError = ({ severity }: Problem): boolean => severity === 'error';

/** A problem of a definition as a line of a card or of the panel. */
export const problemStrip = (problem: Problem): TemplateResult => html`
  <p class="strip ${problem.severity}">
    ${icon('alert')}<span>
      <span class="visually-hidden">${isError(problem) ? 'Problem: ' : 'Warning: '}</span>${problem.message}
    </span>
  </p>
`;

const stateStrip = (step: Step, view: StepView, drawing: Drawing): TemplateResult => {
  const until = view.state === 'waiting' ? drawing.waits.get(view.path) : undefined;
  const [mark, text] = stateWords(step, view);
  return html`
    <p class="strip ${view.state}">
      ${mark === 'spinner' ? html`<span class="spinner"></span>` : icon(mark)}<span>${text}</span>
      ${until ? html`<time datetime=${until}>${countdown(until, drawing.now)}</time>` : nothing}
    </p>
  `;
};

const stateWords = (step: Step, view: StepView): readonly [IconName | 'spinner', string] => {
  switch (view.state) {
    case 'running':
      return ['spinner', view.attempt > 1 ? `Running, attempt ${view.attempt}` : 'Running'];
    case 'retrying':
      return ['refresh', `Will be tried again: ${view.error?.message ?? 'it failed'}`];
    case 'waiting':
      return step.kind === 'approval' ? ['person', 'Waiting for approval'] : ['clock', 'Waiting'];
    case 'succeeded':
      return ['check', 'Succeeded'];
    case 'failed':
      return ['cross', `Failed: ${view.error?.message ?? ''}`];
    case 'skipped':
      return ['skip', 'Skipped'];
    case 'stopped':
      return ['ban', 'Stopped with the run'];
    case 'compensating':
      return ['spinner', 'Being undone'];
    case 'compensated':
      return ['undo', 'Undone'];
    case 'uncompensated':
      return ['alert', `Could not be undone: ${view.error?.message ?? 'see the log'}`];
  }
};
