import { type Action, defineAction } from '@fk-workflow/core';
import { z } from 'zod';
import type { Connectors } from '../../connectors/connectors.js';
import { notifications } from '../categories.js';

/** Posts JSON to another system. */
export const postToWebhook = ({ webhooks }: Pick<Connectors, 'webhooks'>): Action =>
  defineAction({
    ...notifications,
    id: 'post_to_webhook',
    name: 'Post to webhook',
    description: 'Posts JSON to a web address of another system, such as a chat channel or a TMS.',
    icon: 'send',
    effect: 'irreversible',
    keywords: ['webhook', 'post', 'http', 'url', 'api', 'slack', 'teams', 'call', 'callback'],
    timeout: 'PT30S',
    input: z.strictObject({
      url: z.url({ protocol: /^https?$/ }).max(2000),
      body: z.unknown().describe('Any JSON.'),
      headers: z.record(z.string(), z.string()).default({}),
      idempotency_key: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .describe('Sent as Idempotency-Key. Default: one of this step in this run.'),
    }),
    output: z.object({ status: z.int(), response: z.unknown() }),
    example: {
      input: { url: 'https://hooks.example.com/late', body: { shipmentId: 'FK-1002', delayMinutes: 180 } },
      output: { status: 200, response: { received: true } },
    },
    handler: ({ url, body, headers, idempotency_key }, context) =>
      webhooks.post({ url, body, headers }, { signal: context.signal, key: idempotency_key ?? context.key }),
  });
