import { html, type TemplateResult } from 'lit';
import { icon } from '../ui/icons.js';
import type { ChatPanel } from './chat-panel.js';

/** The server's default bound of a message. */
const maxLength = 5000;

/** Where a message is written: Enter sends, Shift+Enter starts a line. While an answer comes, its wait can be stopped. */
export const composer = ({
  phase,
  onSend,
  onStop,
}: Pick<ChatPanel, 'phase' | 'onSend' | 'onStop'>): TemplateResult => {
  const isBusy = phase !== 'idle';
  const send = (form: HTMLFormElement): void => {
    const field = form.querySelector('textarea');
    if (!field || isBusy || field.value.trim() === '') return;
    const text = field.value;
    field.value = '';
    onSend(text);
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement) send(event.currentTarget);
  };
  const onKeydown = (event: KeyboardEvent): void => {
    // Enter that ends an input method's composition is no sending.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (event.currentTarget instanceof HTMLTextAreaElement && event.currentTarget.form) {
      send(event.currentTarget.form);
    }
  };
  return html`
    <form class="composer" @submit=${onSubmit}>
      <div class="box">
        <textarea
          rows="1"
          name="message"
          maxlength=${maxLength}
          aria-label="Message"
          placeholder="Describe a workflow, or a change…"
          @keydown=${onKeydown}
        ></textarea>
        ${
          phase === 'sending'
            ? html`<button type="button" class="square" aria-label="Stop waiting" title="Stop waiting" @click=${onStop}>
                ${icon('stop')}
              </button>`
            : html`<button class="primary square" aria-label="Send" title="Send" ?disabled=${isBusy}>
                ${icon('send')}
              </button>`
        }
      </div>
      <p class="hint"><kbd>Enter</kbd> sends, <kbd>Shift</kbd> + <kbd>Enter</kbd> starts a new line</p>
    </form>
  `;
};
