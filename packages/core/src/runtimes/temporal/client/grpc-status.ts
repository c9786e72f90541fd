/** The codes of gRPC that mean something here. */
export const grpcStatus = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  failedPrecondition: 9,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** The gRPC code of an error or of what is behind it. */
export const grpcStatusOf = (error: unknown): number | undefined => {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code } = { code: undefined, ...one };
    if (typeof code === 'number') return code;
  }
  return undefined;
};
