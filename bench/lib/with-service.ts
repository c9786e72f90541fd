import type { Service } from '../../scripts/services/service.js';

/**
 * Calls `work` with the service's address in its variable: that of the environment, or of one that is found or installed and
 * started, which is stopped afterwards.
 */
export const withService = async <T>(service: Service, work: () => Promise<T>): Promise<T> => {
  if (process.env[service.variable]) return work();
  const { address, how, stop } = await service.start();
  console.error(`${service.name}: ${address} (${how})`);
  process.env[service.variable] = address;
  try {
    return await work();
  } finally {
    delete process.env[service.variable];
    await stop?.();
  }
};
