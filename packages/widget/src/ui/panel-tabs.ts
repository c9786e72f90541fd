import { html, nothing, type TemplateResult } from 'lit';

/** The two sides of the element where there is room for one. */
export type Tab = 'chat' | 'work';

const tabs = [
  ['chat', 'Chat'],
  ['work', 'Workflow'],
] as const;

const badges = {
  approval: html`<span class="badge warning">Approval</span>`,
  changes: html`<span class="badge write">New</span>`,
} as const;

/** What the tabs show and what they can ask for. */
export interface PanelTabs {
  readonly selected: Tab;
  /** What waits behind the workflow's tab for the person, if anything. */
  readonly waiting: 'approval' | 'changes' | undefined;
  readonly onSelect: (tab: Tab) => void;
}

/** Tabs over the panels, switched with the arrow keys too. */
export const panelTabs = ({ selected, waiting, onSelect }: PanelTabs): TemplateResult => {
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const other = selected === 'chat' ? 'work' : 'chat';
    onSelect(other);
    if (event.currentTarget instanceof Element) {
      event.currentTarget.querySelector<HTMLElement>(`#tab-${other}`)?.focus();
    }
  };
  return html`
    <div class="tabs" role="tablist" aria-label="Sides" @keydown=${onKeydown}>
      ${tabs.map(
        ([tab, text]) => html`
          <button
            role="tab"
            id="tab-${tab}"
            aria-controls="panel-${tab}"
            aria-selected=${tab === selected ? 'true' : 'false'}
            tabindex=${tab === selected ? '0' : '-1'}
            @click=${() => onSelect(tab)}
          >
            ${text}${tab === 'work' && waiting ? badges[waiting] : nothing}
          </button>
        `,
      )}
    </div>
  `;
};
