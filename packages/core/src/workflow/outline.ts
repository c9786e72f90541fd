import type { Json, JsonObject } from '../json.js';
import type { ActionLookup } from './action-spec.js';
import type { Definition, Step, Trigger } from './definition.js';
import { describeDuration } from './duration.js';
import { titleOf } from './title.js';

/** Longest text of one value in the outline. */
const maxValue = 80;

/**
 * The definition as a short Markdown nested list: each step's id, title and what it does, conditions above the steps they lead
 * to. For prompts and replies, so it is brief rather than complete.
 *
 * @example
 * outline(definition, actions);
 * // - `ask` **Ask the facility** – send_initial_email (facility: ${{ inputs.facility }})
 * // - `pause` **Wait 48 hours**
 */
export const outline = (definition: Definition, actions: ActionLookup): string => {
  const head = [`**${plain(definition.name)}** (${triggerText(definition.trigger)})`];
  const inputs = Object.keys(definition.inputs?.properties ?? {});
  if (inputs.length > 0) head.push(`Inputs: ${inputs.map(plain).join(', ')}`);
  const steps = definition.steps.length > 0 ? stepLines(definition.steps, actions, 0) : ['- no steps yet'];
  return [...head, '', ...steps].join('\n');
};

/** What starts a run, in words: `on schedule 0 8 * * *`. */
export const triggerText = (trigger: Trigger = { kind: 'manual' }): string => {
  switch (trigger.kind) {
    case 'manual':
      return 'started by hand';
    case 'schedule':
      return `on schedule ${plain(trigger.cron)}${trigger.timeZone ? `, ${plain(trigger.timeZone)}` : ''}`;
    case 'webhook':
      return 'started by a webhook';
    case 'event':
      return `on event ${plain(trigger.event)}`;
    case 'poll':
      return `polls ${plain(trigger.action)} every ${describeDuration(trigger.every)}`;
  }
};

const line = (depth: number, text: string): string => `${'  '.repeat(depth)}- ${text}`;

const stepLines = (steps: readonly Step[], actions: ActionLookup, depth: number): readonly string[] =>
  steps.flatMap((step) => {
    const details = detailsOf(step);
    const head = `\`${step.id}\` **${plain(titleOf(step, actions))}**${details === '' ? '' : ` – ${details}`}`;
    return [line(depth, head), ...innerLines(step, actions, depth + 1)];
  });

const detailsOf = (step: Step): string => {
  switch (step.kind) {
    case 'action':
      return `${plain(step.action)}${fields(step.input)}${onErrorText(step.onError)}`;
    case 'workflow':
      return `version ${step.version}${fields(step.input)}${onErrorText(step.onError)}`;
    case 'wait':
      return waitText(step);
    case 'approval': {
      const timeout = step.timeout
        ? `${step.onTimeout ?? 'rejected'} after ${describeDuration(step.timeout)}`
        : '';
      const rejected = step.onReject === 'continue' ? 'goes on when rejected' : 'stops when rejected';
      return [timeout, rejected].filter(Boolean).join(', ');
    }
    case 'set':
      return fields(step.values).trim();
    case 'forEach':
      return `${short(step.items)} as ${plain(step.as ?? 'item')}${(step.concurrency ?? 1) > 1 ? `, ${step.concurrency} at a time` : ''}`;
    case 'repeat':
      return `${step.until ? `until ${plain(step.until)}, ` : ''}at most ${step.max} times`;
    case 'stop':
      return step.reason ? plain(step.reason) : step.outcome;
    case 'branch':
    case 'parallel':
      return '';
  }
};

/** Without a title of its own, the step's name says already what it waits for. */
const waitText = (step: Extract<Step, { readonly kind: 'wait' }>): string => {
  const what =
    step.signal === undefined
      ? step.duration === undefined
        ? `until ${plain(step.until ?? 'a time')}`
        : describeDuration(step.duration)
      : `for ${plain(step.signal)}`;
  const timeout = step.timeout ? `at most ${describeDuration(step.timeout)}` : '';
  return [step.title ? what : '', timeout].filter(Boolean).join(', ');
};

const onErrorText = (onError: Extract<Step, { readonly kind: 'action' }>['onError']): string =>
  onError === 'continue' ? ', goes on after a failure' : '';

const fields = (input: JsonObject | undefined): string => {
  const entries = Object.entries(input ?? {});
  return entries.length === 0
    ? ''
    : ` (${entries.map(([key, value]) => `${plain(key)}: ${short(value)}`).join(', ')})`;
};

const innerLines = (step: Step, actions: ActionLookup, depth: number): readonly string[] => {
  const list = (label: string, steps: readonly Step[]): readonly string[] => [
    line(depth, label),
    ...(steps.length > 0 ? stepLines(steps, actions, depth + 1) : [line(depth + 1, 'nothing')]),
  ];
  switch (step.kind) {
    case 'branch':
      return [
        ...step.cases.flatMap(({ when, title, steps }) =>
          list(`if ${plain(when)}${title ? ` (${plain(title)})` : ''}:`, steps),
        ),
        ...(step.otherwise ? list('otherwise:', step.otherwise) : []),
      ];
    case 'parallel':
      return step.branches.flatMap(({ title, steps }, index) =>
        list(`${title ? plain(title) : `branch ${index + 1}`}:`, steps),
      );
    case 'forEach':
    case 'repeat':
      return stepLines(step.steps, actions, depth);
    case 'action':
    case 'workflow':
      return typeof step.onError === 'object' ? list('if it fails:', step.onError.steps) : [];
    default:
      return [];
  }
};

/** On one line and short: text of the definition must not start Markdown of its own. */
export const plain = (text: string): string => {
  const flat = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return flat.length > maxValue ? `${flat.slice(0, maxValue - 1)}…` : flat;
};

const short = (value: Json): string => plain(typeof value === 'string' ? value : JSON.stringify(value));
