import { html, nothing, svg, type TemplateResult } from 'lit';
import { plural } from '../ui/humanize.js';
import type { WidgetCatalog } from './catalog.js';

/** The canvas before anything is drawn: what will be here, and what there is to build with. */
export const blankCanvas = (catalog: WidgetCatalog | undefined): TemplateResult => html`
  <div class="blank">
    ${ghost}
    <h3>Your workflow appears here</h3>
    <p>
      Tell the assistant what should happen. It draws each step, points out what is missing, and runs nothing until you
      say so.
    </p>
    ${
      catalog && catalog.total > 0
        ? html`<ul aria-label=${`${plural(catalog.total, 'action')} to build with`}>
            ${catalog.categories.map(({ name, count }) => html`<li class="badge">${name} · ${count}</li>`)}
          </ul>`
        : nothing
    }
  </div>
`;

const ghostCard = (x: number, y: number) => svg`
  <rect x=${x} y=${y} width="104" height="38" rx="8"></rect>
  <rect x=${x + 9} y=${y + 9} width="20" height="20" rx="5"></rect>
  <path d=${`M${x + 38} ${y + 15}h48M${x + 38} ${y + 24}h30`}></path>
`;

const ghost = html`
  <svg class="ghost" viewBox="0 0 260 176" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
    <g stroke-dasharray="4 4">
      ${ghostCard(78, 6)} ${ghostCard(10, 96)} ${ghostCard(146, 96)}
    </g>
    <path
      stroke-linecap="round"
      d="M130 44v17M62 90V69q0-8 8-8h120q8 0 8 8v21M58 86l4 5 4-5M194 86l4 5 4-5M62 134v10q0 8 8 8h120q8 0 8-8v-10M130 152v14"
    ></path>
  </svg>
`;
