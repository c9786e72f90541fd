import { css } from 'lit';

/** The run panel and the dialog that asks for a run's input. */
export const runStyles = css`
  .run {
    display: flex;
    flex: none;
    flex-direction: column;
    max-height: 46%;
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
  }

  .run-head {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.75rem;
    align-items: center;
    padding: 0.625rem 1rem 0.625rem 1.25rem;
  }

  .run-head > div {
    display: flex;
    flex: 1 1 12rem;
    gap: 0.75rem;
    align-items: center;
    min-width: 0;
  }

  .run-head .tile {
    border-radius: 50%;
  }

  .run-head .tile.succeeded {
    background: var(--_success-soft);
    color: var(--_success);
  }

  .run-head .tile.failed {
    background: var(--_danger-soft);
    color: var(--_danger);
  }

  .run-head .tile:is(.waiting, .cancelled) {
    background: var(--_warning-soft);
    color: var(--_warning);
  }

  .run-head h3 + p {
    color: var(--_muted);
    font-size: 0.857em;
    overflow-wrap: anywhere;
  }

  .narrow .run {
    max-height: 66%;
  }

  .narrow .run-head .tile {
    display: none;
  }

  .approvals {
    flex: 0 1 auto;
    min-height: 0;
    padding: 0 1.25rem 0.375rem;
    overflow-y: auto;
  }

  /* Gives way before what asks for a decision does. */
  .run-body {
    flex: 0 1000 auto;
    min-height: 3.5rem;
    padding: 0 1.25rem 0.875rem;
    overflow-y: auto;
  }

  .approval {
    margin-block-end: 0.5rem;
    padding: 0.875rem;
    border: 1px solid color-mix(in srgb, var(--_warning) 45%, var(--_surface));
    border-radius: var(--_radius);
    background: var(--_warning-soft);
  }

  .approval p {
    margin-block-start: 0.125rem;
    color: var(--_muted);
  }

  .approval .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: flex-end;
    margin-block-start: 0.75rem;
  }

  .approval .row label {
    flex: 1 1 12rem;
  }

  .log {
    font-size: 0.857em;
    line-height: 1.45;
  }

  .log li {
    display: grid;
    grid-template-columns: 4.25rem 1.375rem minmax(0, 1fr);
    align-items: start;
    padding-block: 0.1875rem;
  }

  .log time {
    color: var(--_muted);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  .log .icon {
    margin-block-start: 0.15em;
    color: var(--_muted);
  }

  .log .good .icon {
    color: var(--_success);
  }

  .log .bad,
  .log .bad .icon {
    color: var(--_danger);
  }

  .log .attention .icon {
    color: var(--_warning);
  }

  .log span {
    overflow-wrap: anywhere;
  }

  dialog {
    width: min(30rem, calc(100vw - 2rem));
    max-height: min(44rem, calc(100vh - 2rem));
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 6px);
    background: var(--_surface);
    box-shadow: 0 24px 64px rgb(10 14 30 / 28%);
    color: var(--_text);
    font: inherit;
  }

  dialog::backdrop {
    background: rgb(12 15 26 / 45%);
  }

  dialog form {
    display: flex;
    flex-direction: column;
    max-height: inherit;
  }

  dialog header {
    padding: 1.25rem 1.5rem 0.25rem;
  }

  dialog header h2 {
    font-size: 1.214em;
    white-space: normal;
  }

  dialog header p {
    color: var(--_muted);
  }

  .fields {
    display: flex;
    flex-direction: column;
    gap: 1rem;
    min-height: 0;
    padding: 1rem 1.5rem;
    overflow-y: auto;
  }

  dialog footer {
    display: flex;
    gap: 0.5rem;
    justify-content: flex-end;
    padding: 0.875rem 1.5rem 1.25rem;
    border-block-start: 1px solid var(--_line);
  }

  label,
  .field {
    display: flex;
    flex-direction: column;
    gap: 0.25rem;
    font-weight: 500;
  }

  label .optional {
    color: var(--_muted);
    font-size: 0.857em;
    font-weight: 400;
  }

  label.check {
    flex-direction: row;
    gap: 0.625rem;
    align-items: center;
  }

  label.check input {
    width: 1.125rem;
    height: 1.125rem;
    accent-color: var(--_accent);
  }

  .field :is(input:not([type='checkbox']), select, textarea),
  .approval input {
    width: 100%;
    min-height: 2.375rem;
    padding: 0.4375rem 0.625rem;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_button-radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-weight: 400;
  }

  .field textarea {
    min-height: 4.5rem;
    resize: vertical;
  }

  .field :is(input, select, textarea)[aria-invalid='true'] {
    border-color: var(--_danger);
  }

  .field .help {
    color: var(--_muted);
    font-size: 0.857em;
    font-weight: 400;
  }

  .field .wrong,
  .form-error {
    display: flex;
    gap: 0.375rem;
    align-items: flex-start;
    color: var(--_danger);
    font-size: 0.857em;
    font-weight: 500;
  }

  .wrong .icon,
  .form-error .icon {
    margin-block-start: 0.12em;
  }
`;
