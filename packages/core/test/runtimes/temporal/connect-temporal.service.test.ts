import { expect, test } from 'vitest';
import { connectTemporal } from '../../../src/runtimes/temporal/client/connect-temporal.js';
import { recordingLogger } from '../../stores/support/recording-logger.js';
import { serviceAddress } from '../../stores/support/service-address.js';
import { tcpProxy } from '../../stores/support/tcp-proxy.js';

const address = serviceAddress('TEMPORAL_ADDRESS');
const logger = recordingLogger();

test('talks to the real server', async () => {
  const temporal = await connectTemporal({ address, logger });
  expect(temporal.status()).toBe('connected');
  const { serverVersion } = await temporal.client.workflowService.getSystemInfo({});
  expect(serverVersion).toMatch(/^\d+\.\d+/);
  await temporal.close();
});

test('follows a server that goes and comes back, and never hangs on it', async () => {
  const [host = '127.0.0.1', port = '7233'] = address.split(':');
  const proxy = await tcpProxy(host, Number(port));
  const temporal = await connectTemporal({
    address: `127.0.0.1:${proxy.port}`,
    logger,
    deadlineMs: 500,
    watchEveryMs: 100,
  });
  expect(temporal.status()).toBe('connected');
  await proxy.kill();
  await expect.poll(() => temporal.status(), { timeout: 5000 }).toBe('disconnected');
  const started = performance.now();
  await expect(temporal.probe()).rejects.toMatchObject({ code: 'store_unavailable' });
  expect(performance.now() - started).toBeLessThan(1500);
  await proxy.restart();
  await expect.poll(() => temporal.status(), { timeout: 15_000 }).toBe('connected');
  await temporal.close();
  await proxy.close();
});

test.each(['', 'localhost', 'http://localhost:7233'])('refuses the address "%s"', async (bad) => {
  await expect(connectTemporal({ address: bad, logger })).rejects.toMatchObject({ code: 'configuration' });
});
