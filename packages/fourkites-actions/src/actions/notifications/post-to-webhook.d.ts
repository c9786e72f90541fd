import { type Action } from '@fk-workflow/core';
import type { Connectors } from '../../connectors/connectors.js';
/** Posts JSON to another system. */
export declare const postToWebhook: ({ webhooks }: Pick<Connectors, 'webhooks'>) => Action;
