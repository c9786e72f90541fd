import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Logger } from '../../../src/ports/logger.js';
import {
  type ConnectTemporalOptions,
  connectTemporal,
} from '../../../src/runtimes/temporal/client/connect-temporal.js';
import { createTemporalOrchestrator } from '../../../src/runtimes/temporal/client/create-temporal-orchestrator.js';
import { createWorker } from '../../../src/runtimes/temporal/worker/create-worker.js';
import { serviceAddress } from '../../stores/support/service-address.js';
import { type Authority, createAuthority, type KeyPair } from './support/certificates.js';
import { clearServer, type FrontServer, securedServer } from './support/front-server.js';
import { createNamespace } from './support/namespaces.js';
import { createTemporalWorld, scriptedCatalog, until } from './support/temporal-world.js';

const address = serviceAddress('TEMPORAL_ADDRESS');
const apiKey = 'a-key-that-nobody-sees';
const wrongKey = 'a-wrong-key-that-nobody-sees';

/** What comes with a connection: its server, and what it shows there. */
type Access = Pick<ConnectTemporalOptions, 'address' | 'namespace' | 'tls' | 'apiKey'>;

let authority: Authority;
let stranger: Authority;
let client: KeyPair;
let strange: KeyPair;
let withCertificates: FrontServer;
let withKeys: FrontServer;
beforeAll(async () => {
  [authority, stranger] = await Promise.all([createAuthority(), createAuthority()]);
  client = await authority.issue('client');
  strange = await stranger.issue('client');
  withCertificates = await securedServer(address, authority);
  withKeys = await securedServer(address, authority, apiKey);
});
afterAll(async () => {
  await Promise.all([withCertificates.close(), withKeys.close(), authority.remove(), stranger.remove()]);
});

const good: readonly (readonly [string, () => Access | Promise<Access>])[] = [
  [
    'over mutual TLS',
    () => ({
      address: withCertificates.address,
      tls: { serverRootCACertificate: authority.ca, clientCertPair: client },
    }),
  ],
  [
    'with an API key',
    () => ({ address: withKeys.address, tls: { serverRootCACertificate: authority.ca }, apiKey }),
  ],
  ['in another namespace', async () => ({ address, namespace: await createNamespace(address) })],
];

test.each(good)('client and worker run a workflow %s', { timeout: 60_000 }, async (_, accessOf) => {
  const { address: at, ...access } = await accessOf();
  const world = await createTemporalWorld({ address: at, access });
  onTestFinished(() => world.close());
  const runId = await world.run([
    { id: 'put', kind: 'action', action: 'put' },
    { id: 'ok', kind: 'approval', title: 'Go on?' },
  ]);
  await world.waiting(runId);
  await world.orchestrator.signal(runId, 'ok', { decision: 'approved' }, 'ann');
  expect(await world.ended(runId)).toMatchObject({ status: 'succeeded' });
  const { raw } = await world.connection.client.workflow.getHandle(runId).describe();
  expect(raw.workflowExecutionInfo?.type?.name).toBe('workflowRun');
  expect(world.connection.namespace).toBe(access.namespace ?? 'default');
});

test('a worker compresses what goes over TLS, and nothing that goes in clear', {
  timeout: 60_000,
}, async () => {
  const inClear = await clearServer(address);
  const overTls = await securedServer(address, authority, apiKey);
  const ways: readonly (readonly [FrontServer, Omit<Access, 'address'>])[] = [
    [inClear, {}],
    [overTls, { tls: { serverRootCACertificate: authority.ca }, apiKey }],
  ];
  for (const [server, access] of ways) {
    onTestFinished(() => server.close());
    const world = await createTemporalWorld({ address: server.address, access });
    onTestFinished(() => world.close());
    expect(await world.ended(await world.run([]))).toMatchObject({ status: 'succeeded' });
  }
  expect([...inClear.encodings]).toEqual(['identity']);
  expect([...overTls.encodings]).toContain('gzip');
});

test('a key that may not see search attributes runs workflows without', { timeout: 60_000 }, async () => {
  const access = { tls: { serverRootCACertificate: authority.ca }, apiKey };
  const world = await createTemporalWorld({ address: withKeys.address, access });
  onTestFinished(() => world.close());
  for (const _ of [1, 2])
    expect(await world.ended(await world.run([]))).toMatchObject({ status: 'succeeded' });
  const lines = world.logged.filter((line) => line.includes('Search attributes'));
  expect(lines).toEqual(['warn: Search attributes cannot be looked up: runs go without them.']);
});

const bad: readonly (readonly [string, () => Access, code: string])[] = [
  [
    'an authority that it does not know',
    () => ({
      address: withCertificates.address,
      tls: { serverRootCACertificate: stranger.ca, clientCertPair: client },
    }),
    'configuration',
  ],
  [
    'no client certificate',
    () => ({ address: withCertificates.address, tls: { serverRootCACertificate: authority.ca } }),
    'configuration',
  ],
  [
    'the certificate of a stranger',
    () => ({
      address: withCertificates.address,
      tls: { serverRootCACertificate: authority.ca, clientCertPair: strange },
    }),
    'store_unavailable',
  ],
  [
    'a wrong API key',
    () => ({ address: withKeys.address, tls: { serverRootCACertificate: authority.ca }, apiKey: wrongKey }),
    'configuration',
  ],
  [
    'no API key',
    () => ({ address: withKeys.address, tls: { serverRootCACertificate: authority.ca } }),
    'configuration',
  ],
  ['TLS where there is none', () => ({ address, tls: true }), 'configuration'],
  ['a namespace that there is not', () => ({ address, namespace: 'nowhere' }), 'configuration'],
  ['no TLS', () => ({ address: withCertificates.address }), 'store_unavailable'],
];

/** A logger that keeps all that it is given. */
const allOf = (): Logger & { readonly text: () => string } => {
  const lines: unknown[] = [];
  const keep = (fields: object, message: string) => lines.push([message, fields]);
  return { debug: keep, info: keep, warn: keep, error: keep, text: () => inspect(lines, { depth: 12 }) };
};

const expectNoSecret = (text: string): void => {
  for (const secret of [apiKey, wrongKey, client.key.toString(), strange.key.toString(), 'PRIVATE KEY'])
    expect(text).not.toContain(secret);
};

describe('what does not fit is refused within the deadline, in words and without a secret', () => {
  test.each(bad)('%s', { timeout: 60_000 }, async (_, accessOf, code) => {
    const logger = allOf();
    const connection = await connectTemporal({ ...accessOf(), logger, watchEveryMs: 600_000 });
    onTestFinished(() => connection.close());
    expect(connection.status()).toBe('disconnected');
    const started = performance.now();
    const error = await connection.probe().catch((caught: unknown) => caught);
    expect(performance.now() - started).toBeLessThan(3500);
    expect(error).toMatchObject({ code, message: expect.stringContaining('Temporal does not') });
    expect(logger.text()).toContain('Temporal is away.');
    const orchestrator = createTemporalOrchestrator({ connection, catalog: scriptedCatalog({}, []), logger });
    const definition = { id: 'test', name: 'Test', steps: [] };
    const run = orchestrator.start({ runId: 'run_refused', definition, version: 1, input: {} });
    await expect(run).rejects.toMatchObject({ code });
    expectNoSecret(logger.text() + inspect(error, { depth: 12 }));
  });

  test('by a worker, which says so and tries again', { timeout: 60_000 }, async () => {
    const logger = allOf();
    const worker = await createWorker({
      address: withKeys.address,
      tls: { serverRootCACertificate: authority.ca },
      apiKey: wrongKey,
      catalog: scriptedCatalog({}, []),
      taskQueue: 'test-refused',
      logger,
      graceMs: 200,
      workflowBundle: { codePath: 'unread' },
    });
    onTestFinished(() => worker.close());
    await until(() => logger.text().includes('The Temporal worker does not run; it tries again.'));
    expect(logger.text()).toContain('Request unauthorized.');
    expect(worker.ready()).toBe(false);
    expectNoSecret(logger.text());
  });
});
