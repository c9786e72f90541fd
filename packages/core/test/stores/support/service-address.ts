/** The address of a service that `npm run services` has started. Its absence is an error, never a silent pass. */
export const serviceAddress = (variable: 'REDIS_URL' | 'DATABASE_URL' | 'TEMPORAL_ADDRESS'): string => {
  const address = process.env[variable];
  if (address) return address;
  throw new Error(`${variable} is not set: run these tests with "npm run services -- npx vitest run".`);
};
