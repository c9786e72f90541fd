import { css } from 'lit';

/** The drawn workflow: the tree, its lanes and lines, and what stands there before anything is drawn. */
export const canvasStyles = css`
  .work {
    position: relative;
    flex: 1;
  }

  .canvas {
    flex: 1;
    min-height: 0;
    overflow: auto;
    overscroll-behavior: contain;
    background-color: var(--_canvas-background);
    background-image: radial-gradient(var(--_canvas-dot) 1px, transparent 1px);
    background-position: center 10px;
    background-size: 20px 20px;
  }

  .tree {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 2.25rem;
    align-items: center;
    width: max-content;
    min-width: 100%;
    padding: 1.75rem 2rem 2.5rem;
  }

  .lines {
    position: absolute;
    inset: 0;
    z-index: 1;
    overflow: visible;
    pointer-events: none;
  }

  .lines path {
    fill: none;
    stroke: var(--_connector);
    stroke-width: 1.5;
  }

  .lines path.arrow {
    fill: var(--_connector);
    stroke: none;
  }

  .lines path.done {
    stroke: var(--_success);
  }

  .lines path.arrow.done {
    fill: var(--_success);
    stroke: none;
  }

  .list,
  .step {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 2.25rem;
    align-items: center;
  }

  .terminal {
    position: relative;
    display: flex;
    gap: 0.5em;
    align-items: center;
    padding: 0.3125rem 0.875rem;
    border: 1px solid var(--_line-strong);
    border-radius: 999px;
    background: var(--_card-background);
    color: var(--_muted);
    font-size: 0.857em;
    font-weight: 500;
  }

  .lanes {
    display: flex;
    gap: 1.5rem;
    align-items: flex-start;
    justify-content: center;
  }

  .lane {
    display: flex;
    flex-direction: column;
    gap: 2.25rem;
    align-items: center;
    min-width: 9rem;
  }

  .lane.loop {
    padding: 1.125rem 1.5rem 1.5rem;
    border: 1px dashed var(--_line-strong);
    border-radius: calc(var(--_card-radius) + 8px);
    background: color-mix(in srgb, var(--_card-background) 45%, transparent);
  }

  /* Not by opacity: what was not taken stays readable. */
  .lane.passed-by :is(.card, .lane-label) {
    border-style: dashed;
    background: transparent;
    box-shadow: none;
    color: var(--_muted);
    filter: grayscale(1);
  }

  .lane-label {
    position: relative;
    max-width: var(--_card-width);
    padding: 0.1875rem 0.75rem;
    border: 1px solid color-mix(in srgb, var(--_accent) 30%, var(--_surface));
    border-radius: 999px;
    background: var(--_accent-soft);
    color: var(--_accent-text);
    font-size: 0.857em;
    font-weight: 500;
    text-align: center;
    overflow-wrap: anywhere;
  }

  .lane-label.rest {
    border-color: var(--_line-strong);
    background: var(--_card-background);
    color: var(--_muted);
  }

  .blank {
    display: flex;
    flex-direction: column;
    gap: 0.25rem;
    align-items: center;
    justify-content: center;
    min-height: 100%;
    padding: 2rem;
    text-align: center;
  }

  .blank svg.ghost {
    width: min(18rem, 80%);
    margin-block-end: 1rem;
    color: var(--_line-strong);
  }

  .blank p {
    max-width: 25rem;
    color: var(--_muted);
  }

  .blank ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
    justify-content: center;
    max-width: 30rem;
    margin-block-start: 1rem;
  }

  .blank .badge {
    padding: 0.1875rem 0.625rem;
    border: 1px solid var(--_line);
    background: var(--_card-background);
  }
`;
