import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { utility } from '../categories.js';

/** Writes a line into the log of workflows. */
export const logWorkflowAction = ({ log }: Pick<Connectors, 'log'>): Action =>
  defineAction({
    ...utility,
    id: 'log_workflow_action',
    name: 'Log workflow action',
    description: 'Writes a line, with data if you like, into the log of workflows.',
    icon: 'list',
    effect: 'write',
    keywords: ['log', 'record', 'audit', 'write down', 'save', 'history'],
    aliases: ['log_workflow_action_real'],
    timeout: 'PT30S',
    input: z.strictObject({
      message: z.string().min(1).max(5000),
      data: z.record(z.string(), z.unknown()).default({}),
    }),
    output: z.object({}),
    example: {
      input: { message: 'The facility answered completely.', data: { shipmentId: 'FK-1002' } },
      output: {},
    },
    handler: async ({ message, data }, context) => {
      await log.write({ runId: context.runId, stepId: context.stepId, message, data }, context);
      return {};
    },
  });
