import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.js';
import { about, environment } from '../src/environment.js';

const refusalOf = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'not refused';
};

describe('readConfig', () => {
  test('needs nothing', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: '.data',
      allowedOrigins: [],
      messagesPerMinute: 10,
      turnTimeoutMs: 30_000,
      timeScale: 3600,
      logLevel: 'info',
    });
  });

  test('takes an empty string as unset', () => {
    const empty = Object.fromEntries(Object.keys(environment.shape).map((name) => [name, '']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  test('reads every variable', () => {
    expect(
      readConfig({
        PORT: '0',
        HOST: '::1',
        DATA_DIR: '/var/lib/flows',
        ANTHROPIC_API_KEY: 'key',
        ANTHROPIC_BASE_URL: 'http://localhost:9000',
        ANTHROPIC_MODEL: 'some-model',
        REDIS_URL: 'redis://localhost:6379',
        DATABASE_URL: 'postgres://app@localhost/app',
        API_KEYS: 'one, two',
        WEBHOOK_SECRET: 'w'.repeat(32),
        ALLOWED_ORIGINS: 'https://a.example, https://b.example:8443',
        CHAT_LIMIT_PER_MINUTE: '3',
        CHAT_TIMEOUT_MS: '500',
        DEMO_TIME_SCALE: '1.5',
        LOG_LEVEL: 'silent',
      }),
    ).toEqual({
      port: 0,
      host: '::1',
      dataDir: '/var/lib/flows',
      anthropic: { apiKey: 'key', baseURL: 'http://localhost:9000', model: 'some-model' },
      redisUrl: 'redis://localhost:6379',
      databaseUrl: 'postgres://app@localhost/app',
      apiKeys: ['one', 'two'],
      webhookSecret: 'w'.repeat(32),
      allowedOrigins: ['https://a.example', 'https://b.example:8443'],
      messagesPerMinute: 3,
      turnTimeoutMs: 500,
      timeScale: 1.5,
      logLevel: 'silent',
    });
  });

  test.each([
    [{ REDIS_HOST: 'cache' }, 'redis://cache:6379'],
    [{ REDIS_HOST: 'cache', REDIS_PORT: '7000' }, 'redis://cache:7000'],
    [{ REDIS_HOST: 'cache', REDIS_URL: 'redis://other:1' }, 'redis://other:1'],
    // What Kubernetes sets for a service called redis.
    [{ REDIS_PORT: 'tcp://10.0.0.1:6379' }, undefined],
  ])('finds Redis by %o', (env, url) => {
    expect(readConfig(env).redisUrl).toBe(url);
  });

  test.each([
    [{ PORT: '70000' }, 'PORT is "70000": it must be a whole number from 0 to 65535.'],
    [{ PORT: '3000 ' }, 'PORT is "3000 ": it must be a whole number from 0 to 65535.'],
    [{ DEMO_TIME_SCALE: '0' }, 'DEMO_TIME_SCALE is "0": it must be a number from 1 to 1000000.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud": it must be one of debug, info, warn, error, silent.'],
    [
      { ALLOWED_ORIGINS: 'https://a.example,*' },
      'ALLOWED_ORIGINS is "https://a.example,*": it must be origins such as https://app.example.com, separated by commas.',
    ],
    [
      { TEMPORAL_ADDRESS: 'http://localhost:7233' },
      'TEMPORAL_ADDRESS is "http://localhost:7233": it must be a host and a port such as localhost:7233.',
    ],
    [
      { REDIS_HOST: 'cache', REDIS_PORT: 'tcp://10.0.0.1:6379' },
      'REDIS_PORT is "tcp://10.0.0.1:6379": it must be a whole number from 1 to 65535.',
    ],
  ])('refuses %o with a sentence', (env, sentence) => {
    expect(refusalOf(env)).toBe(sentence);
  });

  test('names every bad value at once', () => {
    expect(refusalOf({ PORT: 'x', CHAT_TIMEOUT_MS: '-1' }).split('\n')).toHaveLength(2);
  });

  test.each([
    ['ANTHROPIC_API_KEY', 'sk secret'],
    ['API_KEYS', 'sk secret,,'],
    ['WEBHOOK_SECRET', 'short secret'],
    ['REDIS_URL', 'http://user:secret@host'],
    ['DATABASE_URL', 'mysql://user:secret@host'],
  ])('does not show the value of %s', (name, value) => {
    const sentence = refusalOf({ [name]: value });
    expect(sentence).toContain(`${name} has a value that is not allowed: it must be `);
    expect(sentence).not.toContain('secret');
  });

  test('the guide has a row for each variable, with what it is for', async () => {
    const guide = await readFile(new URL('../../../docs/guides/configuration.md', import.meta.url), 'utf8');
    for (const [name, schema] of Object.entries(environment.shape)) {
      const fallback = schema.safeParse(undefined).data;
      const shown = fallback === undefined || Array.isArray(fallback) ? '–' : `\`${fallback}\``;
      expect(guide).toContain(`| \`${name}\` | ${shown} | ${about.get(schema)?.what} |\n`);
    }
  });
});
