import type { Definition, Problem, Step } from '@fk-workflow/core/protocol';
import type { ActionLookup } from '@fk-workflow/core/workflow';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DrawnLine } from '../controllers/lines-controller.js';
import type { StepView } from '../run/run-view.js';
import { icon } from '../ui/icons.js';
import { card } from './card.js';
import { connectorsOf, laneNode, stepNode } from './connectors.js';
import { enteredLanes } from './entered-lanes.js';
import { allSteps, type Lane, lanesOf } from './lanes.js';
import { triggerText } from './step-words.js';

/** Everything the drawing of a definition needs to know. */
export interface Drawing {
  readonly definition: Definition;
  readonly titleOf: (step: Step) => string;
  /** Undefined until the catalog is there. */
  readonly lookup: ActionLookup | undefined;
  /** Problems by step id. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  /** States of the steps in the run, when one is drawn. */
  readonly states: ReadonlyMap<string, StepView> | undefined;
  /** When a wait is over (RFC 3339), by run path. */
  readonly waits: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The drawn workflow, from what starts it to its end. The lines are drawn into `svg.lines` afterwards. */
export const canvas = (drawing: Drawing, lines: readonly DrawnLine[]): TemplateResult => {
  const [name, text] = triggerText(drawing.definition.trigger);
  return html`
    <div class="tree">
      <svg class="lines" aria-hidden="true"></svg>
      <p class="terminal" data-node="start">${icon(name)}${text}</p>
      ${list(drawing.definition.steps, drawing)}
      ${lines.some(({ to }) => to === 'end') ? html`<p class="terminal" data-node="end">End</p>` : nothing}
    </div>
  `;
};

const list = (steps: readonly Step[], drawing: Drawing): TemplateResult | typeof nothing =>
  steps.length === 0
    ? nothing
    : html`<ol class="list">
        ${repeat(
          steps,
          ({ id }) => id,
          (step) => html`<li class="step">${card(step, drawing)}${lanes(step, drawing)}</li>`,
        )}
      </ol>`;

const lanes = (step: Step, drawing: Drawing): TemplateResult | typeof nothing => {
  const all = lanesOf(step);
  if (all.length === 0) return nothing;
  const entered = step.kind === 'parallel' ? [] : enteredLanes(step, drawing.states ?? noStates);
  const classes = ({ list: name, loops }: Lane): string =>
    ['lane', loops ? 'loop' : '', entered.length > 0 && !entered.includes(name) ? 'passed-by' : ''].join(' ');
  return html`<ul class="lanes">
    ${all.map(
      (lane) => html`<li class=${classes(lane)}>${label(step, lane)}${list(lane.steps, drawing)}</li>`,
    )}
  </ul>`;
};

const noStates: ReadonlyMap<string, StepView> = new Map();

const label = (step: Step, { list: name, label: text, rest }: Lane): TemplateResult =>
  html`<p class="lane-label ${rest ? 'rest' : ''}" data-node=${laneNode(step.id, name)}>${text}</p>`;

/** The lines of a drawing; those between steps that the run has passed are marked. */
export const linesOf = ({
  definition,
  states,
}: Pick<Drawing, 'definition' | 'states'>): readonly DrawnLine[] => {
  const passed = new Set<string>();
  for (const step of states ? allSteps(definition.steps) : []) {
    if (!states?.has(step.id)) continue;
    passed.add('start').add(stepNode(step.id));
    for (const name of enteredLanes(step, states)) passed.add(laneNode(step.id, name));
  }
  return connectorsOf(definition).map((line) => ({
    ...line,
    done: passed.has(line.from) && passed.has(line.to),
  }));
};
