import { css } from 'lit';

/** The conversation: messages, tool activity, errors, quick prompts, the composer. */
export const chatStyles = css`
  .chat {
    flex: 0 0 var(--_chat-width);
    border-inline-end: 1px solid var(--_line);
    background: var(--_chat-background);
  }

  .narrow .chat {
    flex: 1;
    border-inline-end: 0;
  }

  .transcript {
    flex: 1;
    min-height: 0;
    padding: 1.25rem;
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  .transcript > ol {
    display: flex;
    flex-direction: column;
    gap: 1rem;
  }

  .message {
    overflow-wrap: anywhere;
  }

  .message.user {
    align-self: flex-end;
    max-width: 88%;
    padding: 0.5rem 0.875rem;
    border-radius: var(--_card-radius) var(--_card-radius) 3px var(--_card-radius);
    background: var(--_message-background);
    color: var(--_message-text);
    white-space: pre-wrap;
  }

  .message.error {
    padding: 0.75rem 0.875rem;
    border: 1px solid color-mix(in srgb, var(--_danger) 28%, var(--_surface));
    border-radius: var(--_radius);
    background: var(--_danger-soft);
  }

  .message.error button,
  .message.note button {
    margin-block-start: 0.625rem;
  }

  .message.note {
    color: var(--_muted);
  }

  .tool {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    margin-block: -0.5rem;
    color: var(--_muted);
    font-size: 0.929em;
  }

  .tool + .tool {
    margin-block-start: -0.75rem;
  }

  .tool .icon {
    color: var(--_success);
  }

  .spinner {
    flex: none;
    width: 0.857em;
    height: 0.857em;
    margin: 0.143em;
    border: 2px solid var(--_line-strong);
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    animation: spin 900ms linear infinite;
  }

  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }

  .thinking {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    color: var(--_muted);
  }

  .plain {
    white-space: pre-wrap;
  }

  .markdown > :first-child {
    margin-block-start: 0;
  }

  .markdown > :last-child {
    margin-block-end: 0;
  }

  .markdown :is(p, ul, ol, pre, blockquote, table) {
    margin: 0 0 0.625rem;
  }

  .markdown :is(ul, ol) {
    padding-inline-start: 1.375rem;
    list-style: revert;
  }

  .markdown li + li {
    margin-block-start: 0.25rem;
  }

  /* A list in a transcript that is a list itself would start with the marks of the second level. */
  .markdown ul {
    list-style: disc;
  }

  .markdown ul ul {
    list-style: circle;
  }

  .markdown li > :is(ul, ol, p) {
    margin-block: 0.25rem 0;
  }

  .markdown a {
    color: var(--_accent-text);
    text-underline-offset: 2px;
  }

  .markdown code {
    padding: 0.1em 0.35em;
    border-radius: 4px;
    background: var(--_soft);
    font: 0.914em var(--_font-mono);
  }

  .markdown pre {
    padding: 0.625rem 0.75rem;
    border-radius: var(--_radius);
    background: var(--_soft);
    white-space: pre-wrap;
  }

  .markdown pre code {
    padding: 0;
    background: none;
  }

  .markdown blockquote {
    padding-inline-start: 0.75rem;
    border-inline-start: 2px solid var(--_line-strong);
    color: var(--_muted);
  }

  .markdown table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.929em;
  }

  .markdown :is(th, td) {
    padding: 0.25rem 0.5rem;
    border-block-end: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
  }

  .markdown hr {
    margin: 0.75rem 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }

  .welcome {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    min-height: 100%;
  }

  .welcome .hello {
    margin-block-end: 0.375rem;
    font-size: 1.429em;
    font-weight: 600;
    line-height: 1.25;
    letter-spacing: -0.02em;
    white-space: normal;
  }

  .welcome p {
    color: var(--_muted);
  }

  .prompts {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    margin-block-start: 1.25rem;
  }

  .prompts button {
    justify-content: flex-start;
    width: 100%;
    padding: 0.625rem 0.875rem;
    font-weight: 400;
    line-height: 1.4;
    text-align: start;
  }

  .prompts .icon {
    color: var(--_accent-text);
  }

  .composer {
    flex: none;
    padding: 0 1.25rem 1.25rem;
  }

  .composer .box {
    display: flex;
    gap: 0.5rem;
    align-items: flex-end;
    padding: 0.375rem 0.375rem 0.375rem 0.875rem;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_card-radius);
    background: var(--_surface);
    transition: border-color 120ms ease;
  }

  .composer .box:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 3px var(--_accent-soft);
  }

  .composer textarea {
    flex: 1;
    min-width: 0;
    min-height: 2.25rem;
    max-height: 10rem;
    padding: 0.4375rem 0;
    border: 0;
    outline: 0;
    background: none;
    color: inherit;
    font: inherit;
    line-height: 1.4;
    resize: none;
    field-sizing: content;
  }

  .composer textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .composer .hint {
    margin-block-start: 0.5rem;
    color: var(--_muted);
    font-size: 0.786em;
  }

  .composer kbd {
    font: inherit;
    font-weight: 600;
  }
`;
