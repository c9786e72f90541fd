import { html, type TemplateResult } from 'lit';
import { icon } from './icons.js';

/** What stands in place of the element after an error of its own; the rest of the page is not concerned. */
export const errorScreen = (error: unknown, onRefresh: () => void): TemplateResult => html`
  <div class="root">
    <section class="oops" role="alert">
      <span class="mark">${icon('alert')}</span>
      <h2>Oops! Something went wrong</h2>
      <p>We encountered an unexpected error. Refresh to continue; your conversation is kept.</p>
      <details>
        <summary>Error details</summary>
        <pre>${String(error)}</pre>
      </details>
      <button class="primary" @click=${onRefresh}>${icon('refresh')}Refresh</button>
    </section>
  </div>
`;
