import { css } from 'lit';

/** The frame of the element, and what its parts share: buttons, icons, headings, focus, motion. */
export const base = css`
  :host {
    display: block;
    height: var(--fkw-height, 44rem);
    min-height: 22rem;
    container-type: inline-size;
    font: 400 var(--_font-size) / 1.5 var(--_font);
    color: var(--_text);
    text-align: start;
    -webkit-font-smoothing: antialiased;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  .root {
    position: relative;
    display: flex;
    height: 100%;
    overflow: hidden;
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 4px);
  }

  .root.narrow {
    flex-direction: column;
  }

  .panel {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }

  .panel[hidden] {
    display: none;
  }

  .panel-head {
    display: flex;
    flex: none;
    gap: 0.75rem;
    align-items: center;
    min-height: 3.75rem;
    padding: 0.625rem 1rem 0.625rem 1.25rem;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
  }

  .panel-head > div:first-child {
    flex: 1;
    min-width: 0;
  }

  h2,
  h3,
  p,
  ol,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ol,
  ul {
    list-style: none;
  }

  h2 {
    overflow: hidden;
    font-size: 1.0714em;
    font-weight: 600;
    line-height: 1.35;
    letter-spacing: -0.011em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  h3 {
    font-size: 1em;
    font-weight: 600;
    line-height: 1.4;
  }

  .sub {
    overflow: hidden;
    color: var(--_muted);
    font-size: 0.857em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .icon {
    display: block;
    flex: none;
    width: 1.143em;
    height: 1.143em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  button {
    display: inline-flex;
    flex: none;
    gap: 0.5em;
    align-items: center;
    justify-content: center;
    min-height: 2.25rem;
    padding: 0.375rem 0.875rem;
    border: 1px solid var(--_line);
    border-radius: var(--_button-radius);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
    transition:
      background 120ms ease,
      border-color 120ms ease;
  }

  button:hover:not(:disabled) {
    background: var(--_soft);
    border-color: var(--_line-strong);
  }

  button:disabled {
    opacity: 0.55;
    cursor: default;
  }

  button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  button.primary:hover:not(:disabled) {
    border-color: transparent;
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }

  button.danger {
    color: var(--_danger);
  }

  button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--_muted);
  }

  button.square {
    width: 2.25rem;
    padding: 0;
  }

  button.small {
    min-height: 1.875rem;
    padding: 0.125rem 0.625rem;
    font-size: 0.929em;
  }

  :focus {
    outline: none;
  }

  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }

  .scroll:focus-visible {
    outline-offset: -2px;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .tabs {
    display: flex;
    flex: none;
    gap: 0.25rem;
    padding: 0.5rem 0.75rem 0;
    border-block-end: 1px solid var(--_line);
  }

  .tabs button {
    flex: 1;
    margin-block-end: -1px;
    border: 0;
    border-block-end: 2px solid transparent;
    border-radius: var(--_button-radius) var(--_button-radius) 0 0;
    background: transparent;
    color: var(--_muted);
  }

  .tabs button[aria-selected='true'] {
    border-block-end-color: var(--_accent);
    color: var(--_text);
  }

  .oops {
    display: flex;
    flex-direction: column;
    gap: 0.75rem;
    align-items: center;
    justify-content: center;
    width: 100%;
    padding: 2rem;
    text-align: center;
  }

  .oops .mark {
    display: grid;
    place-items: center;
    width: 3.5rem;
    height: 3.5rem;
    border-radius: 50%;
    background: var(--_danger-soft);
    color: var(--_danger);
    font-size: 1.5em;
  }

  .oops p {
    max-width: 26rem;
    color: var(--_muted);
  }

  .oops details {
    width: min(26rem, 100%);
    padding: 0.625rem 0.875rem;
    border-radius: var(--_radius);
    background: var(--_soft);
    text-align: start;
  }

  .oops summary {
    cursor: pointer;
    font-weight: 500;
  }

  .oops pre {
    margin: 0.5rem 0 0;
    font: 0.857em / 1.5 var(--_font-mono);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      scroll-behavior: auto !important;
      transition: none !important;
    }
  }
`;
