import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { composeDemo } from '../src/compose-demo.js';
import { readConfig } from '../src/config.js';

const { REDIS_URL, DATABASE_URL } = process.env;

test('with Redis and PostgreSQL both are in use, and healthy', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fk-workflow-compose-'));
  const demo = await composeDemo(
    readConfig({ REDIS_URL, DATABASE_URL, DATA_DIR: dataDir, LOG_LEVEL: 'silent' }),
    'Test',
  );
  try {
    await demo.builder.start();
    expect(demo.parts).toEqual(
      expect.arrayContaining(['workflows and runs: PostgreSQL', 'sessions, locks and limits: Redis']),
    );
    expect(demo.builder.health()).toMatchObject({
      status: 'healthy',
      session_store: 'redis',
      journal: 'postgres',
    });
  } finally {
    await demo.close(0);
    await rm(dataDir, { recursive: true });
  }
});
