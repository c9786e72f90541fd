import type { RunEvent } from '@fk-workflow/core/protocol';
import type { IconName } from '../ui/icons.js';

/** A line of the run's log. */
export interface LogLine {
  readonly icon: IconName;
  readonly tone: '' | 'good' | 'bad' | 'attention';
  readonly text: string;
}

/** An event in words; undefined for one that only repeats what the next one says. */
export const eventText = (event: RunEvent, titleOf: (stepId: string) => string): LogLine | undefined => {
  const title = 'stepId' in event ? `${titleOf(event.stepId)}${round(event.path)}` : '';
  switch (event.type) {
    case 'run.started':
      return { icon: 'play', tone: '', text: 'Run started' };
    case 'run.waiting':
      return undefined;
    case 'run.succeeded':
      return { icon: 'check', tone: 'good', text: 'Run succeeded' };
    case 'run.failed':
      return { icon: 'cross', tone: 'bad', text: `Run failed: ${event.error.message}` };
    case 'run.cancelled':
      return { icon: 'ban', tone: 'attention', text: `Run cancelled${because(event.reason)}` };
    case 'step.started':
      return {
        icon: 'chevron',
        tone: '',
        text: event.attempt > 1 ? `${title} started again (attempt ${event.attempt})` : `${title} started`,
      };
    case 'step.retrying':
      return {
        icon: 'refresh',
        tone: 'attention',
        text: `${title} will be tried again: ${event.error.message}`,
      };
    case 'step.succeeded':
      return { icon: 'check', tone: 'good', text: `${title} succeeded` };
    case 'step.failed':
      return { icon: 'cross', tone: 'bad', text: `${title} failed: ${event.error.message}` };
    case 'step.skipped':
      return { icon: 'skip', tone: '', text: `${title} skipped` };
    case 'wait.started':
      return { icon: 'clock', tone: '', text: `${title}: waiting` };
    case 'wait.ended':
      return {
        icon: 'clock',
        tone: '',
        text: `${title}: ${event.received === false ? 'nothing came' : 'over'}`,
      };
    case 'approval.requested':
      return { icon: 'person', tone: 'attention', text: `Approval needed: ${event.title}` };
    case 'approval.decided':
      return {
        icon: 'person',
        tone: event.decision === 'approved' ? 'good' : 'bad',
        text: `${event.decision === 'approved' ? 'Approved' : 'Rejected'}${event.by ? ` by ${event.by}` : ''}${
          event.comment ? `: ${event.comment}` : ''
        }`,
      };
    case 'compensation.started':
      return { icon: 'undo', tone: 'attention', text: `Undoing ${title}` };
    case 'compensation.succeeded':
      return { icon: 'undo', tone: 'good', text: `Undid ${title}` };
    case 'compensation.failed':
      return { icon: 'undo', tone: 'bad', text: `Could not undo ${title}: ${event.error.message}` };
    default:
      return undefined;
  }
};

const because = (reason: string | undefined): string => (reason ? `: ${reason}` : '');

/** `each[3]/notify` is the fourth round for a person. */
const round = (path: string): string => {
  const rounds = [...path.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]) + 1);
  return rounds.length > 0 ? ` (round ${rounds.join('.')})` : '';
};
