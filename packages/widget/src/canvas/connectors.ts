import type { Definition, Step } from '@fk-workflow/core/protocol';
import { lanesOf } from './lanes.js';

/** A line between two things on the canvas, by their `data-node` names. */
export interface Connector {
  readonly from: string;
  readonly to: string;
  /** `fork` bends right below its start, `join` right above its end, so that lines of one bundle share their bar. */
  readonly shape: 'fork' | 'join';
}

/** The name of a step's card, and of a lane's label, on the canvas. */
export const stepNode = (id: string): string => `step:${id}`;
export const laneNode = (id: string, list: string): string => `lane:${id}/${list}`;

/** All lines of a drawing, from `start` to the steps to `end`; no line leaves a step that stops the run. */
export const connectorsOf = (definition: Definition): readonly Connector[] => {
  const lines: Connector[] = [];

  const walk = (steps: readonly Step[], from: readonly string[]): readonly string[] => {
    let open = from;
    for (const step of steps) {
      const node = stepNode(step.id);
      for (const exit of open) lines.push({ from: exit, to: node, shape: 'join' });
      open = exits(step, node);
    }
    return open;
  };

  const exits = (step: Step, node: string): readonly string[] => {
    if (step.kind === 'stop') return [];
    const lanes = lanesOf(step);
    if (lanes.length === 0) return [node];
    return lanes.flatMap((lane) => {
      const label = laneNode(step.id, lane.list);
      lines.push({ from: node, to: label, shape: 'fork' });
      return walk(lane.steps, [label]);
    });
  };

  for (const exit of walk(definition.steps, ['start'])) lines.push({ from: exit, to: 'end', shape: 'join' });
  return lines;
};

/** A point in the drawing, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Height of the bar of a bundle over its end, or under its start. */
const bar = 18;

/** The SVG path of a line: straight down, or with two rounded corners. */
export const linePath = (from: Point, to: Point, shape: Connector['shape']): string => {
  const across = to.x - from.x;
  if (Math.abs(across) < 1) return `M${from.x} ${from.y}V${to.y}`;
  const y = shape === 'fork' ? from.y + bar : to.y - bar;
  const side = Math.sign(across);
  const radius = Math.min(9, Math.abs(across) / 2, Math.abs(y - from.y), Math.abs(to.y - y));
  return [
    `M${from.x} ${from.y}V${y - radius}`,
    `Q${from.x} ${y} ${from.x + side * radius} ${y}`,
    `H${to.x - side * radius}`,
    `Q${to.x} ${y} ${to.x} ${y + radius}`,
    `V${to.y}`,
  ].join('');
};
