import type { Json } from '../../json.js';
import type { ActionLookup } from '../../workflow/action-spec.js';
import type { Definition, Step, Trigger } from '../../workflow/definition.js';
import { describeDuration } from '../../workflow/duration.js';
import { titleOf } from '../../workflow/title.js';
import { isAddress } from './matching/field-kinds.js';
import { properties } from './matching/schema.js';

/** A draft as a Markdown list: titles, waits, conditions and who gets what; numbers are those of the step cards. */
export const outlineDraft = (definition: Definition, actions: ActionLookup): string => {
  let number = 0;
  const lines: string[] = [];
  const list = (steps: readonly Step[], depth: number): void => {
    for (const step of steps) {
      number += 1;
      // Bold, because "- 1." would be a numbered list inside a bullet.
      lines.push(`${'  '.repeat(depth)}- **${number}.** ${lineOf(step, actions)}`);
      inside(step, depth + 1);
    }
  };
  const label = (text: string, steps: readonly Step[], depth: number): void => {
    lines.push(`${'  '.repeat(depth)}- *${text}*`);
    list(steps, depth + 1);
  };
  const inside = (step: Step, depth: number): void => {
    if (step.kind === 'branch') {
      for (const entry of step.cases) label(entry.title ?? `if ${bare(entry.when)}`, entry.steps, depth);
      if (step.otherwise) label('Otherwise', step.otherwise, depth);
    } else if (step.kind === 'parallel') {
      for (const [index, branch] of step.branches.entries())
        label(branch.title ?? `Branch ${index + 1}`, branch.steps, depth);
    } else if (step.kind === 'forEach' || step.kind === 'repeat') list(step.steps, depth);
    else if ((step.kind === 'action' || step.kind === 'workflow') && typeof step.onError === 'object') {
      label('If it fails', step.onError.steps, depth);
    }
  };
  list(definition.steps, 0);
  return lines.join('\n');
};

const bare = (template: string): string => template.replace(/^\$\{\{\s*|\s*\}\}$/g, '');
const code = (text: string): string => `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ').slice(0, 120)}\``;
const plain = (text: string): string =>
  text
    .replace(/([\\*_`[\]<>])/g, '\\$1')
    .replace(/\s+/g, ' ')
    .slice(0, 120);

const lineOf = (step: Step, actions: ActionLookup): string => {
  const title = `**${plain(titleOf(step, actions))}**`;
  switch (step.kind) {
    case 'action':
      return actionLine(title, step, actions);
    case 'wait':
      return step.title && step.duration ? `${title} (${describeDuration(step.duration)})` : title;
    case 'branch':
      return `${title}: ${step.cases.map((entry) => code(bare(entry.when))).join(', ')}`;
    case 'forEach':
      return `${title} of ${code(typeof step.items === 'string' ? bare(step.items) : 'a fixed list')}`;
    case 'repeat':
      return `${title}, at most ${step.max} times${step.until ? `, until ${code(bare(step.until))}` : ''}`;
    case 'approval':
      return `${title}${step.approvers ? ` by ${step.approvers.map(code).join(', ')}` : ''}: a person approves before it goes on`;
    default:
      return title;
  }
};

const actionLine = (
  title: string,
  step: Extract<Step, { kind: 'action' }>,
  actions: ActionLookup,
): string => {
  const action = actions.get(step.action);
  const to = properties(action?.inputSchema).flatMap((property) => {
    const value = step.input?.[property.name];
    return value !== undefined && isAddress(property) ? [`to ${shown(value)}`] : [];
  });
  const what = action && titleOf(step, actions) !== action.name ? ` with “${plain(action.name)}”` : '';
  return `${title}${what}${to.length > 0 ? ` ${to.join(', ')}` : ''}`;
};

const shown = (value: Json): string => {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return code(typeof value === 'string' ? bare(value) : JSON.stringify(value));
};

/** What starts the runs, in words. */
export const describeTrigger = (trigger: Trigger | undefined): string => {
  switch (trigger?.kind) {
    case 'schedule':
      return `on the schedule \`${trigger.cron}\` (${trigger.timeZone ?? 'UTC, since no time zone was named'})`;
    case 'webhook':
      return 'when its webhook is called';
    case 'event':
      return `on the event ${code(trigger.event)}`;
    case 'poll':
      return `when ${code(trigger.action)}, asked every ${describeDuration(trigger.every)}, finds something`;
    default:
      return 'when a person starts it';
  }
};
