import {
  createCatalog,
  createWorkflowBuilder,
  defineAction,
  type Logger,
  type RunStore,
  type WorkflowBuilder,
} from '@fk-workflow/core';
import { z } from 'zod';

const nothing = (): void => undefined;

/** A logger for measurements. */
export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: (_fields, message) => console.warn(message),
  error: (_fields, message) => console.error(message),
};

const fields = z.object({ id: z.string(), document: z.json() });

/** A builder as a host makes it, with the one action `relay`, which reads, and gives back its input. Without a store: in memory. */
export const relayBuilder = (runs?: RunStore): WorkflowBuilder =>
  createWorkflowBuilder({
    catalog: createCatalog([
      defineAction({
        id: 'relay',
        name: 'Relay',
        description: 'Gives on what it takes.',
        category: 'Bench',
        effect: 'read',
        input: fields,
        output: fields,
        handler: async (input) => input,
      }),
    ]),
    logger: { ...silentLogger, warn: nothing },
    allowInlineDefinitions: true,
    limits: { steps: 2000 },
    ...(runs ? { runs } : {}),
  });
