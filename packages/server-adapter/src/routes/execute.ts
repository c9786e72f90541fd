import type { WorkflowBuilder } from '@fk-workflow/core';
import type { ExecuteAnswer } from '@fk-workflow/core/protocol';
import type { Endpoint } from '../endpoint.js';
import { idempotencyOf } from '../http/idempotency-key.js';

/** `POST /api/workflows/execute`: runs a definition or a node list that is not saved; answers as the first version did. */
export const executeEndpoints = ({ runs, monitorUrl }: WorkflowBuilder): readonly Endpoint[] => [
  {
    method: 'POST',
    path: '/api/workflows/execute',
    async handle({ json, caller, request }) {
      const { run, taskQueue, problems } = await runs.execute(await json(), caller, idempotencyOf(request));
      const answer: ExecuteAnswer = {
        status: 'started',
        workflow_id: run.runId,
        run_id: await runs.executionId(run.runId),
        task_queue: taskQueue,
        ...(monitorUrl ? { monitor_url: monitorUrl(run.runId) } : {}),
        ...(problems.length > 0 ? { problems } : {}),
      };
      return Response.json(answer);
    },
  },
];
