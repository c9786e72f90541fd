import type { ActionLookup } from './action-spec.js';
import type { Definition, Step } from './definition.js';
import { titleOf } from './title.js';
import { childLists } from './walk.js';

/** Longest label of a node or an arrow. */
const maxLabel = 80;

/** Where a drawn list ends: nodes from which the next step is reached, each with the label of its arrow. */
type Exits = readonly { readonly from: string; readonly label?: string }[];

/**
 * The definition as a Mermaid flowchart. Node names are made here and every label is quoted and escaped, so text of the
 * definition cannot become Mermaid syntax.
 *
 * @example
 * mermaid(definition, actions); // flowchart TD ...
 */
export const mermaid = (definition: Definition, actions: ActionLookup): string => {
  const lines: string[] = ['flowchart TD', '  start(["Start"])'];
  let count = 0;

  const arrow = (exits: Exits, to: string): void => {
    for (const { from, label } of exits) lines.push(`  ${from} -->${label ? `|${quote(label)}|` : ''} ${to}`);
  };

  const drawList = (steps: readonly Step[], entries: Exits): Exits => {
    let exits = entries;
    for (const step of steps) exits = drawStep(step, exits);
    return exits;
  };

  const drawStep = (step: Step, entries: Exits): Exits => {
    count += 1;
    const node = `s${count}`;
    lines.push(`  ${node}${shape(step, titleOf(step, actions))}`);
    arrow(entries, node);
    switch (step.kind) {
      case 'stop':
        return [];
      case 'branch':
        return [
          ...step.cases.flatMap(({ when, title, steps }) =>
            drawList(steps, [{ from: node, label: title ?? when }]),
          ),
          ...drawList(step.otherwise ?? [], [{ from: node, label: 'otherwise' }]),
        ];
      case 'parallel': {
        const exits = step.branches.flatMap(({ title, steps }) =>
          drawList(steps, [{ from: node, ...(title ? { label: title } : {}) }]),
        );
        return exits.length > 0 ? exits : [{ from: node }];
      }
      case 'forEach':
      case 'repeat': {
        const body = drawList(step.steps, [{ from: node, label: step.kind === 'repeat' ? 'round' : 'each' }]);
        if (step.steps.length > 0) arrow(body, node);
        return [{ from: node, label: 'done' }];
      }
      default: {
        const recovery = childLists(step).flatMap(({ steps }) =>
          drawList(steps, [{ from: node, label: 'if it fails' }]),
        );
        return [{ from: node }, ...recovery];
      }
    }
  };

  const ends = drawList(definition.steps, [{ from: 'start' }]);
  if (ends.length > 0) {
    lines.push('  finish(["End"])');
    arrow(ends, 'finish');
  }
  return `${lines.join('\n')}\n`;
};

const shape = (step: Step, title: string): string => {
  const label = quote(title);
  switch (step.kind) {
    case 'branch':
      return `{${label}}`;
    case 'wait':
      return `([${label}])`;
    case 'approval':
      return `{{${label}}}`;
    case 'parallel':
    case 'forEach':
    case 'repeat':
      return `[[${label}]]`;
    case 'stop':
      return `((${label}))`;
    default:
      return `[${label}]`;
  }
};

/** Mermaid reads `#code;` inside quotes; only letters, digits and harmless signs stay as they are. */
const quote = (text: string): string => {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  const cut = [...flat].length > maxLabel ? `${[...flat].slice(0, maxLabel - 1).join('')}…` : flat;
  const escaped = cut.replaceAll(/[^\p{L}\p{N} .,:?!…_/+*=()'-]/gu, (char) => `#${char.codePointAt(0)};`);
  return `"${escaped}"`;
};
