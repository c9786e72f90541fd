import { css } from 'lit';

/** Cards with their facts, badges, problems and live states. */
export const cardStyles = css`
  .card {
    position: relative;
    width: var(--_card-width);
    border: 1px solid var(--_card-line);
    border-radius: var(--_card-radius);
    background: var(--_card-background);
    box-shadow: var(--_shadow);
    animation: appear 260ms ease-out;
    transition: border-color 160ms ease;
  }

  /* Nothing moves: the lines are measured while this goes on. */
  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  .card > header {
    display: flex;
    gap: 0.75rem;
    align-items: flex-start;
    padding: 0.75rem 0.875rem;
  }

  .card header > div {
    flex: 1;
    min-width: 0;
  }

  .card h3 {
    overflow-wrap: anywhere;
  }

  .tile {
    display: grid;
    flex: none;
    place-items: center;
    width: 2.125rem;
    height: 2.125rem;
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_accent-soft);
    color: var(--_accent-text);
    font-size: 1.071em;
  }

  .card:not([data-kind='action'], [data-kind='approval']) .tile {
    background: var(--_soft);
    color: var(--_muted);
  }

  .card[data-kind='approval'] .tile {
    background: var(--_warning-soft);
    color: var(--_warning);
  }

  .card .kind {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125rem 0.5rem;
    align-items: center;
    justify-content: space-between;
    color: var(--_muted);
    font-size: 0.857em;
    line-height: 1.5;
  }

  .card .badge {
    font-size: 0.917em;
  }

  .card .kind > span:first-child {
    overflow-wrap: anywhere;
  }

  .facts {
    margin-block-start: -0.125rem;
    padding: 0 0.875rem 0.75rem;
    font-size: 0.857em;
    line-height: 1.45;
  }

  .facts > div {
    display: grid;
    grid-template-columns: minmax(0, 6rem) minmax(0, 1fr);
    gap: 0.625rem;
    padding-block: 0.1875rem;
  }

  .facts dt {
    color: var(--_muted);
    overflow-wrap: anywhere;
  }

  .facts dd {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow-wrap: anywhere;
  }

  .more {
    margin-block-start: -0.625rem;
    padding: 0 0.875rem 0.625rem;
    font-size: 0.857em;
  }

  .more summary {
    width: max-content;
    color: var(--_muted);
    cursor: pointer;
  }

  .more .facts {
    margin: 0;
    padding: 0.125rem 0 0;
    font-size: 1em;
  }

  .ref {
    padding: 0.0625em 0.4em;
    border-radius: 4px;
    background: var(--_soft);
    box-shadow: inset 0 0 0 1px var(--_line);
    color: var(--_text);
    -webkit-box-decoration-break: clone;
    box-decoration-break: clone;
  }

  .badge {
    display: inline-flex;
    gap: 0.35em;
    align-items: center;
    padding: 0.0625rem 0.4375rem;
    border-radius: 999px;
    background: var(--_soft);
    color: var(--_muted);
    font-size: 0.786em;
    font-weight: 500;
    line-height: 1.5;
    white-space: nowrap;
  }

  .badge.write {
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }

  .badge.irreversible,
  .badge.warning {
    background: var(--_warning-soft);
    color: var(--_warning);
  }

  .badge.danger {
    background: var(--_danger-soft);
    color: var(--_danger);
  }

  .strip {
    display: flex;
    gap: 0.5rem;
    align-items: flex-start;
    padding: 0.4375rem 0.875rem;
    border-block-start: 1px solid var(--_card-line);
    color: var(--_muted);
    font-size: 0.857em;
    line-height: 1.45;
    overflow-wrap: anywhere;
  }

  .strip:last-child {
    border-end-start-radius: calc(var(--_card-radius) - 1px);
    border-end-end-radius: calc(var(--_card-radius) - 1px);
  }

  .strip > :is(.icon, .spinner) {
    margin-block-start: 0.18em;
  }

  .strip time {
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .strip:is(.running, .compensating) {
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }

  .strip.succeeded {
    background: var(--_success-soft);
    color: var(--_success);
  }

  .strip.waiting,
  .strip.retrying,
  .strip.compensated,
  .strip.warning {
    background: var(--_warning-soft);
    color: var(--_warning);
  }

  .strip.failed,
  .strip.uncompensated,
  .strip.error {
    background: var(--_danger-soft);
    color: var(--_danger);
  }

  .card:is([data-state='running'], [data-state='compensating']) {
    border-color: var(--_accent);
  }

  .card[data-state='succeeded'] {
    border-color: color-mix(in srgb, var(--_success) 45%, var(--_surface));
  }

  .card:is([data-state='waiting'], [data-state='retrying'], [data-state='compensated']) {
    border-color: color-mix(in srgb, var(--_warning) 60%, var(--_surface));
  }

  .card:is([data-state='failed'], [data-state='uncompensated'], [data-problem='error']) {
    border-color: color-mix(in srgb, var(--_danger) 60%, var(--_surface));
  }

  .card[data-state='skipped'] {
    border-style: dashed;
    background: transparent;
    box-shadow: none;
    color: var(--_muted);
  }
`;
