import { TimeoutError } from 'p-timeout';
import { WorkflowError } from '../../../errors.js';
import { grpcStatus, grpcStatusOf } from './grpc-status.js';

/** Whether the two sides do not accept each other's certificates: trying again does not help. */
export const isCertificateFailure = ({
  code,
  details,
}: {
  readonly code: number;
  readonly details: string;
}): boolean => code === grpcStatus.unavailable && /certificate|SSL routines/i.test(details);

/**
 * What a failed call says of the connection: `store_unavailable` when the server is away, `configuration` when it will not
 * have us; undefined when it is about the call itself.
 */
export const connectionFailure = (error: unknown): WorkflowError | undefined => {
  if (error instanceof TimeoutError) return away(error);
  const code = grpcStatusOf(error);
  if (isRefusal(error, code)) return refused(error);
  if (isNamed(error, 'NamespaceNotFoundError')) return noNamespace(error);
  return code === grpcStatus.deadlineExceeded || code === grpcStatus.unavailable ? away(error) : undefined;
};

const isRefusal = (error: unknown, code: number | undefined): boolean =>
  code === grpcStatus.unauthenticated ||
  code === grpcStatus.permissionDenied ||
  (error instanceof Error && isCertificateFailure({ code: code ?? 0, details: textOf(error) }));

/** Of a failure and of what is behind it. */
const textOf = (error: Error): string =>
  error.cause instanceof Error ? `${error.message} ${textOf(error.cause)}` : error.message;

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

const away = (cause: unknown): WorkflowError =>
  new WorkflowError('store_unavailable', 'Temporal does not answer. Try again in a moment.', {
    cause,
    retryAfter: 5,
  });

const refused = (cause: unknown): WorkflowError =>
  new WorkflowError(
    'configuration',
    'Temporal does not accept the connection: check apiKey, tls and namespace of connectTemporal. The log says why.',
    { cause },
  );

/** The error for a namespace that the server does not have. */
export const noNamespace = (cause: unknown): WorkflowError =>
  new WorkflowError(
    'configuration',
    'Temporal does not have the namespace: check the option of connectTemporal, or create it.',
    { cause },
  );
