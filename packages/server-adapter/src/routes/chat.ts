import type { Turn, WorkflowBuilder } from '@fk-workflow/core';
import { sseFrame } from '@fk-workflow/core/protocol';
import { z } from 'zod';
import type { Call, Endpoint } from '../endpoint.js';
import { eventStreamResponse, wantsEventStream } from '../http/event-stream.js';
import { idempotencyOf } from '../http/idempotency-key.js';
import { parse, sessionIdSchema } from '../http/parse.js';
import { rateLimitPolicy, requireAllowed } from '../http/rate-limit.js';

/**
 * `POST /api/workflow-agent/chat`: a message in, a turn out, as one JSON answer or as the stream of its events.
 * Only a well-formed message counts against the limit, and only what the limit lets through starts a turn.
 */
export const chatEndpoints = (builder: WorkflowBuilder): readonly Endpoint[] => {
  const { messageLength, messagesPerMinute } = builder.limits;
  const schema = chatSchema(messageLength);

  const handle = async (call: Call): Promise<Response> => {
    call.answerHeaders.set('RateLimit-Policy', rateLimitPolicy('chat', messagesPerMinute, 60_000));
    const once = idempotencyOf(call.request);
    const { session_id, message, current_workflow } = parse(schema, await call.json());

    requireAllowed('chat', await builder.chat.limit(call.caller), call.answerHeaders);

    const turn = await builder.chat.send(
      { session_id, message, ...(current_workflow === undefined ? {} : { current_workflow }) },
      call.caller,
      once,
    );
    return wantsEventStream(call.request)
      ? streamTurn(turn, builder, call.caller.requestId)
      : Response.json(await turn.answer);
  };

  return [{ method: 'POST', path: '/api/workflow-agent/chat', handle }];
};

/** A client that leaves ends this stream only: the turn goes on. */
const streamTurn = (turn: Turn, builder: WorkflowBuilder, requestId: string | undefined): Response => {
  // A turn that fails says so in its events; nobody else waits for this answer.
  turn.answer.catch(() => undefined);
  return eventStreamResponse({
    open: () => turn.events(),
    frame: ({ id, event }) => sseFrame(id, event),
    logger: builder.logger,
    requestId,
  });
};

const chatSchema = (messageLength: number) =>
  z.object(
    {
      session_id: sessionIdSchema,
      message: z
        .string({ error: `must be a string of 1 to ${messageLength} characters` })
        .trim()
        .min(1, `must be 1 to ${messageLength} characters, not only blanks`)
        .refine((text) => isAtMost(text, messageLength), {
          error: (issue) =>
            `must be 1 to ${messageLength} characters; this one has ${characters(issue.input)}`,
        }),
      current_workflow: z
        .string({ error: 'must be a string of JSON, or null' })
        .nullish()
        .transform((value) => value ?? undefined),
    },
    { error: 'must be a JSON object with session_id and message' },
  );

/** Characters are Unicode code points, so that an emoji counts once. */
const isAtMost = (text: string, max: number): boolean =>
  text.length <= max || (text.length <= 2 * max && characters(text) <= max);

const characters = (text: unknown): number => [...String(text)].length;
