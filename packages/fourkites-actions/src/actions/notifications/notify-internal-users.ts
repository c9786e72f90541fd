import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { mailAddress } from '../../model/formats.js';
import { notifications } from '../categories.js';

/** Tells colleagues something, by mail. */
export const notifyInternalUsers = ({ mail }: Pick<Connectors, 'mail'>): Action =>
  defineAction({
    ...notifications,
    id: 'notify_internal_users',
    name: 'Notify internal users',
    description: 'Tells colleagues something by mail, as information, a warning or critical.',
    icon: 'bell',
    effect: 'irreversible',
    keywords: [
      'notify',
      'notification',
      'alert',
      'tell',
      'inform',
      'team',
      'operations',
      'planner',
      'internal',
      'users',
    ],
    aliases: ['notify_internal_users_real'],
    timeout: 'PT30S',
    input: z.strictObject({
      recipients: z.array(mailAddress).min(1).max(50).describe('Mail addresses.'),
      message: z.string().min(1).max(20_000),
      severity: z.enum(['info', 'warning', 'critical']).default('info'),
    }),
    output: z.object({ messageId: z.string() }),
    example: {
      input: {
        recipients: ['planner@example.com'],
        message: 'FK-1002 is 180 minutes late.',
        severity: 'warning',
      },
      output: { messageId: 'mail-4' },
    },
    handler: ({ recipients, message, severity }, context) =>
      mail.send({ to: recipients, cc: [], subject: subjects[severity], text: message }, context),
  });

const subjects = {
  info: 'Workflow notification',
  warning: 'Warning from a workflow',
  critical: 'Critical: a workflow needs you',
} as const;
