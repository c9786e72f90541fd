import { expect, onTestFinished, test } from 'vitest';
import { serviceAddress } from '../../stores/support/service-address.js';
import { tcpProxy } from '../../stores/support/tcp-proxy.js';
import { createTemporalWorld } from './support/temporal-world.js';

test("what the native part of Temporal's SDK says goes to the host's logger", {
  timeout: 60_000,
}, async () => {
  const [host = '', port = ''] = serviceAddress('TEMPORAL_ADDRESS').split(':');
  const proxy = await tcpProxy(host, Number(port));
  const world = await createTemporalWorld({ address: `127.0.0.1:${proxy.port}` });
  onTestFinished(async () => {
    await world.close();
    await proxy.close();
  });
  await proxy.kill();
  // It says so when it has tried some times.
  await expect
    .poll(() => world.logged, { timeout: 30_000 })
    .toContainEqual(expect.stringMatching(/^warn: gRPC call \w+ retried \d+ times/));
});
