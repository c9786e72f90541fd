import type { Step, Trigger } from '@fk-workflow/core/protocol';
import { type ActionSpec, describeDuration } from '@fk-workflow/core/workflow';
import { humanize } from '../ui/humanize.js';
import { type IconName, isIconName } from '../ui/icons.js';

const kinds = {
  branch: ['branch', 'Decision'],
  parallel: ['parallel', 'Parallel'],
  forEach: ['loop', 'Loop'],
  repeat: ['loop', 'Loop'],
  wait: ['clock', 'Timer'],
  approval: ['person', 'Approval'],
  set: ['variable', 'Set values'],
  workflow: ['box', 'Workflow'],
  stop: ['flag', 'End of the run'],
} as const satisfies Record<Exclude<Step['kind'], 'action'>, readonly [IconName, string]>;

/** What kind of step it is, under its title; for an action what it is called in the catalog, or its category. */
export const kindText = (step: Step, title: string, action: ActionSpec | undefined): string => {
  if (step.kind === 'workflow') return `${step.workflow}, version ${step.version}`;
  if (step.kind === 'wait' && step.signal !== undefined) return 'Signal';
  if (step.kind !== 'action') return kinds[step.kind][1];
  if (!action) return step.action;
  return action.name === title ? action.category : action.name;
};

/** The step's picture: of its kind, or what the catalog says (a name of ours, an emoji), or one that fits its category. */
export const stepIcon = (
  step: Step,
  action: ActionSpec | undefined,
): IconName | { readonly emoji: string } => {
  if (step.kind !== 'action') return kinds[step.kind][0];
  const own = (action?.icon ?? '').toLowerCase();
  if (isIconName(own)) return own;
  if (/\p{Extended_Pictographic}/u.test(own)) return { emoji: own };
  const text = `${own} ${step.action} ${action?.category.toLowerCase() ?? ''}`;
  return guesses.find(([words]) => words.test(text))?.[1] ?? 'bolt';
};

const guesses: readonly (readonly [RegExp, IconName])[] = [
  [/inbox/, 'inbox'],
  [/location|map/, 'pin'],
  [/notif|alert|bell|webhook/, 'bell'],
  [/parse|brain|\bai\b|extract_fields/, 'sparkle'],
  [/mail/, 'mail'],
  [/doc|file|pdf/, 'file'],
  [/appointment|calendar|schedule/, 'calendar'],
  [/find|search|query/, 'search'],
  [/note|log|write/, 'pen'],
  [/ship|truck|track|load/, 'truck'],
  [/data|list/, 'list'],
];

/** What a card tells of a step besides its title: names with values, which may be templates. */
export const stepFacts = (step: Step): readonly (readonly [name: string, value: unknown])[] => {
  const named = (input: object | undefined): [string, unknown][] =>
    Object.entries(input ?? {}).map(([name, value]) => [humanize(name), value]);
  switch (step.kind) {
    case 'action':
    case 'workflow':
      return named(step.input);
    case 'set':
      return named(step.values);
    case 'wait':
      return [
        ...(step.signal ? [['Until signal', step.signal] as const] : []),
        ...(step.until ? [['Until', step.until] as const] : []),
        ...(step.timeout ? [['At most', describeDuration(step.timeout)] as const] : []),
      ];
    case 'approval':
      return [
        ...(step.message ? [['Message', step.message] as const] : []),
        ...(step.approvers?.length ? [['Asks', step.approvers.join(', ')] as const] : []),
        ...(step.timeout
          ? ([
              ['Within', describeDuration(step.timeout)],
              ['Else', step.onTimeout === 'approved' ? 'Counts as approved' : 'Counts as rejected'],
            ] as const)
          : []),
      ];
    case 'forEach':
      return [['Over', step.items]];
    case 'repeat':
      return [['At most', `${step.max} times`]];
    case 'stop':
      return step.reason ? [['Reason', step.reason]] : [];
    default:
      return [];
  }
};

/** What starts a run, at the top of the drawing. */
export const triggerText = (trigger: Trigger | undefined): readonly [IconName, string] => {
  switch (trigger?.kind) {
    case 'schedule':
      return ['calendar', `On schedule ${trigger.cron}${trigger.timeZone ? ` (${trigger.timeZone})` : ''}`];
    case 'webhook':
      return ['bolt', 'When its webhook is called'];
    case 'event':
      return ['bolt', `When “${trigger.event}” happens`];
    case 'poll':
      return ['search', `${humanize(trigger.action)}, every ${describeDuration(trigger.every)}`];
    default:
      return ['play', 'Started by hand'];
  }
};
