import type {
  ActionsAnswer,
  Definition,
  Json,
  Run,
  SavedWorkflow,
  SessionView,
} from '@fk-workflow/core/protocol';
import { type ChatOptions, chat } from './chat.js';
import { silenceMs } from './event-stream.js';
import { type FollowOptions, followRun } from './follow-run.js';
import { newKey } from './new-key.js';
import { RequestError } from './request-error.js';
import { withRetries } from './retry.js';
import { saveWorkflow } from './save-workflow.js';
import { type ClientOptions, createTransport, type OutgoingRequest, readJson } from './transport.js';
import { startWatchdog } from './watchdog.js';

/**
 * The server as a page sees it. Calls reject with a {@link RequestError} whose message is a sentence for a person.
 * A request without an answer, cut off, or answered 5xx is tried three times (pauses of 1 s and 2 s), a 4xx never; starting a
 * run and signalling one go out under an idempotency key. 30 s without an answer or a byte end a request.
 * A read given a `signal` ends with its reason.
 */
export interface Client {
  /**
   * Sends a message and hands over the events of its turn until the last one. A cut stream is opened again under
   * the same idempotency key, which gives the same turn; events already seen are dropped. Rejects when the turn fails.
   */
  chat(message: string, sessionId: string, options: ChatOptions): Promise<void>;
  /** Messages and draft of a session, or undefined when the server knows none of that id. */
  session(id: string, signal?: AbortSignal): Promise<SessionView | undefined>;
  /** The catalog. */
  actions(signal?: AbortSignal): Promise<ActionsAnswer>;
  /** Creates the workflow, or saves it as the next version when its id exists. */
  saveWorkflow(definition: Definition): Promise<SavedWorkflow>;
  /** Starts a run. Bad input rejects with `problems`. */
  startRun(
    workflowId: string,
    request: { readonly input?: Json | undefined; readonly version?: number | undefined },
  ): Promise<Run>;
  run(runId: string, signal?: AbortSignal): Promise<Run>;
  /**
   * Hands over the events of a run from the first to the one that ends it, reconnecting for as long as it takes;
   * rejects on a 4xx, or with the signal's reason.
   */
  followRun(runId: string, options: FollowOptions): Promise<void>;
  /** Sends a signal; an approval's name is its path and its payload `{decision, comment?}`. */
  signal(runId: string, name: string, payload: Json): Promise<void>;
  cancel(runId: string, reason?: string): Promise<Run>;
}

/**
 * Makes a {@link Client}: plain `fetch`, no DOM, so it works in any page, worker or server.
 *
 * @example
 * const client = createClient({ endpoint: '/flows', getToken: () => auth.token() });
 * await client.chat('Mail the facility and wait 2 days', 'session-1', { onEvent: (event) => show(event) });
 */
export const createClient = (options: ClientOptions): Client => {
  const transport = createTransport(options);

  const once = async <T>(request: OutgoingRequest, signal?: AbortSignal): Promise<T> => {
    const watchdog = startWatchdog(silenceMs, signal);
    try {
      const response = await transport(request, watchdog.signal);
      // The one place where the server's word is taken for the type of its answer.
      return (await readJson(response, watchdog.signal)) as T;
    } finally {
      watchdog.stop();
    }
  };
  const call = <T>(request: OutgoingRequest, signal?: AbortSignal): Promise<T> =>
    withRetries(() => once<T>(request, signal), signal);

  /** By its key the server knows what it has done already: a lost answer may mean a run that mails somebody. */
  const callOnce = <T>(request: OutgoingRequest): Promise<T> =>
    call({ ...request, headers: { 'Idempotency-Key': newKey() } });

  const workflowPath = (id: string): string => `/api/workflows/${encodeURIComponent(id)}`;
  const runPath = (id: string): string => `/api/runs/${encodeURIComponent(id)}`;
  const workflows = {
    create: (body: Definition) => call<SavedWorkflow>({ method: 'POST', path: '/api/workflows', body }),
    read: (id: string) => call<SavedWorkflow>({ method: 'GET', path: workflowPath(id) }),
    replace: (body: Definition, version: number) =>
      call<SavedWorkflow>({
        method: 'PUT',
        path: workflowPath(body.id),
        body,
        headers: { 'If-Match': `"${version}"` },
      }),
  };

  return {
    chat: (message, sessionId, chatOptions) => chat(transport, message, sessionId, chatOptions),
    async session(id, signal) {
      try {
        const path = `/api/workflow-agent/sessions/${encodeURIComponent(id)}`;
        return await call<SessionView>({ method: 'GET', path }, signal);
      } catch (error) {
        if (error instanceof RequestError && error.status === 404) return undefined;
        throw error;
      }
    },
    actions: (signal) => call({ method: 'GET', path: '/api/actions' }, signal),
    saveWorkflow: (definition) => saveWorkflow(workflows, definition),
    startRun: (workflowId, { input, version }) =>
      callOnce({ method: 'POST', path: `${workflowPath(workflowId)}/runs`, body: { input, version } }),
    run: (runId, signal) => call({ method: 'GET', path: runPath(runId) }, signal),
    followRun: (runId, followOptions) => followRun(transport, runId, followOptions),
    async signal(runId, name, payload) {
      await callOnce({
        method: 'POST',
        path: `${runPath(runId)}/signals/${encodeURIComponent(name)}`,
        body: payload,
      });
    },
    cancel: (runId, reason) =>
      call({
        method: 'POST',
        path: `${runPath(runId)}/cancel`,
        body: reason === undefined ? {} : { reason },
      }),
  };
};
