import type { Draft, Problem } from '@fk-workflow/core/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { DrawnLine } from '../controllers/lines-controller.js';
import { plural } from '../ui/humanize.js';
import { icon } from '../ui/icons.js';
import { blankCanvas } from './blank-canvas.js';
import { canvas, type Drawing } from './canvas.js';
import { problemStrip } from './card.js';
import type { WidgetCatalog } from './catalog.js';
import { allSteps } from './lanes.js';

/** What the right side shows above the run. */
export interface WorkPanel {
  readonly draft: Draft | undefined;
  readonly drawing: Drawing | undefined;
  readonly lines: readonly DrawnLine[];
  readonly catalog: WidgetCatalog | undefined;
  readonly starting: boolean;
  /** A run is under way: a second one would draw over it. */
  readonly running: boolean;
  readonly onRun: () => void;
}

/** The draft's name and state, the Run button, and the drawing. */
export const workPanel = (panel: WorkPanel): TemplateResult => {
  const { draft, drawing } = panel;
  return html`
    <div class="panel-head">
      <div>
        <h2>${draft ? draft.definition.name : 'Workflow'}</h2>
        <p class="sub">${draft ? summary(draft) : 'Nothing drafted yet'}</p>
      </div>
      ${problemBadge(draft?.problems ?? [])}
      <button class="primary" ?disabled=${!draft || panel.starting || panel.running} @click=${panel.onRun}>
        ${icon('play')}${panel.starting ? 'Starting…' : panel.running ? 'Running…' : 'Run'}
      </button>
    </div>
    ${draft?.problems.filter(({ stepId }) => stepId === undefined).map(problemStrip) ?? nothing}
    <div class="canvas scroll" tabindex="0" role="region" aria-label="Workflow drawing">
      ${drawing ? canvas(drawing, panel.lines) : blankCanvas(panel.catalog)}
    </div>
  `;
};

const summary = ({ definition, revision }: Draft): string =>
  definition.description ?? `${plural(allSteps(definition.steps).length, 'step')}, revision ${revision}`;

const problemBadge = (problems: readonly Problem[]): TemplateResult | typeof nothing => {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return html`<span class="badge danger">${icon('alert')}${plural(errors, 'problem')}</span>`;
  return problems.length > 0
    ? html`<span class="badge warning">${icon('alert')}${plural(problems.length, 'warning')}</span>`
    : nothing;
};
