import type { Step } from '../../../../src/workflow/definition.js';

const bare = (template: string): string => template.replace(/^\$\{\{ | \}\}$/g, '');

/** Steps in one line: `send_initial_email > wait PT48H > branch(!steps.x.output.hasReply: escalate | else: log)`. */
export const shape = (steps: readonly Step[]): string => steps.map(shapeOf).join(' > ');

const shapeOf = (step: Step): string => {
  switch (step.kind) {
    case 'action':
      return typeof step.onError === 'object'
        ? `${step.action}(failed: ${shape(step.onError.steps)})`
        : step.action;
    case 'wait':
      return `wait ${step.duration ?? step.until}`;
    case 'branch': {
      const cases = step.cases.map(({ when, steps }) => `${bare(when)}: ${shape(steps)}`);
      return `branch(${[...cases, ...(step.otherwise ? [`else: ${shape(step.otherwise)}`] : [])].join(' | ')})`;
    }
    case 'parallel':
      return `parallel(${step.branches.map(({ steps }) => shape(steps)).join(' | ')})`;
    case 'forEach':
      return `each ${bare(String(step.items))}(${shape(step.steps)})`;
    case 'repeat':
      return `repeat ${step.max}${step.until ? ` until ${bare(step.until)}` : ''}(${shape(step.steps)})`;
    case 'stop':
      return `stop ${step.outcome}`;
    default:
      return step.kind;
  }
};
