import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatPhase } from '../controllers/chat-controller.js';
import { icon } from '../ui/icons.js';
import { composer } from './composer.js';
import type { ChatEntry } from './entries.js';
import { markdown } from './markdown.js';
import { toolLabel } from './tool-labels.js';

/** What the conversation shows and what it can ask for. */
export interface ChatPanel {
  readonly entries: readonly ChatEntry[];
  readonly phase: ChatPhase;
  readonly prompts: readonly string[];
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
  readonly onTryAgain: () => void;
  readonly onNew: () => void;
}

/** The conversation. What is new in it is said by the element's live region, not by the transcript itself. */
export const chatPanel = (panel: ChatPanel): TemplateResult => html`
  <div class="panel-head">
    <div>
      <h2>Assistant</h2>
      <p class="sub">Describe the work, get the workflow</p>
    </div>
    ${
      panel.entries.length > 0
        ? html`<button class="quiet small" title="Start a new conversation" @click=${panel.onNew}>
            ${icon('plus')}New chat
          </button>`
        : nothing
    }
  </div>
  <div class="transcript scroll" tabindex="0" role="region" aria-label="Conversation">
    ${panel.entries.length === 0 ? welcome(panel) : transcript(panel)}
  </div>
  ${composer(panel)}
`;

const welcome = ({ phase, prompts, onSend }: ChatPanel): TemplateResult =>
  phase === 'loading'
    ? html`<p class="thinking"><span class="spinner"></span>Opening the conversation…</p>`
    : html`
        <div class="welcome">
          <h3 class="hello">What should happen?</h3>
          <p>Say it in your own words. You see every step on the right before anything runs.</p>
          <div class="prompts" role="group" aria-label="Examples">
            ${prompts.map(
              (prompt) =>
                html`<button @click=${() => onSend(prompt)}>${icon('sparkle')}<span>${prompt}</span></button>`,
            )}
          </div>
        </div>
      `;

const transcript = ({ entries, phase, onTryAgain }: ChatPanel): TemplateResult => {
  const last = entries.at(-1);
  const isQuiet = last?.kind === 'message' && last.role === 'user';
  const isThinking = phase === 'away' || (phase === 'sending' && (isQuiet || isIdleTool(last)));
  return html`
    <ol>
      ${repeat(
        entries,
        ({ id }) => id,
        (entry) => line(entry, entry === last && phase === 'idle', onTryAgain),
      )}
      ${isThinking ? html`<li class="thinking"><span class="spinner"></span>Thinking…</li>` : nothing}
    </ol>
  `;
};

const isIdleTool = (entry: ChatEntry | undefined): boolean => entry?.kind === 'tool' && entry.done;

const line = (entry: ChatEntry, isLast: boolean, onTryAgain: () => void): TemplateResult => {
  switch (entry.kind) {
    case 'message':
      return entry.role === 'user'
        ? html`<li class="message user"><span class="visually-hidden">You: </span>${entry.text}</li>`
        : html`<li class="message"><span class="visually-hidden">Assistant: </span>${markdown(entry.text)}</li>`;
    case 'tool':
      return html`<li class="tool">
        ${entry.done ? icon('check') : html`<span class="spinner"></span>`}${toolLabel(entry.name, entry.done)}
      </li>`;
    case 'error':
      return html`<li class="message error">
        ${markdown(entry.text)}
        ${
          isLast
            ? html`<button class="small" @click=${onTryAgain}>${icon('refresh')}Try again</button>`
            : nothing
        }
      </li>`;
    case 'note':
      return html`<li class="message note">${entry.text}</li>`;
  }
};
