import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';

let render: ((source: string) => DocumentFragment) | undefined;

/** Loads the Markdown renderer once; rejects when its chunk cannot be had, and a later call tries again. */
export const loadMarkdown = async (): Promise<void> => {
  render ??= (await import('./render-markdown.js')).renderMarkdown;
};

/** Markdown as safe DOM; as plain text until {@link loadMarkdown} is done. */
export const markdown = (source: string): TemplateResult => {
  const toDom = render;
  return toDom
    ? html`<div class="markdown">${guard([source], () => toDom(source))}</div>`
    : html`<div class="plain">${source}</div>`;
};
