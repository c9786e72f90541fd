/** The incoming `X-Request-Id` when it is 1 to 64 of `[A-Za-z0-9_-]`, else a new id. */
export const requestIdOf = (request: Request, newId: () => string): string => {
  const given = request.headers.get('x-request-id');
  return given !== null && /^[A-Za-z0-9_-]{1,64}$/.test(given) ? given : newId();
};
