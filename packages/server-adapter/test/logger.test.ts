import { createLogger, type LoggerOptions } from '@fk-workflow/server-adapter';
import { describe, expect, it } from 'vitest';

const record = (level: LoggerOptions['level'] = 'info') => {
  const lines: string[] = [];
  return { lines, logger: createLogger({ level, destination: { write: (line) => lines.push(line) } }) };
};

describe('createLogger', () => {
  it('writes lines of JSON from its level on', () => {
    const { lines, logger } = record('warn');
    logger.info({ a: 1 }, 'quiet');
    logger.warn({ requestId: 'r1' }, 'loud');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'loud', requestId: 'r1' });
  });

  it('takes secrets out, wherever they stand', () => {
    const { lines, logger } = record();
    const secret = 'hunter2';
    logger.info(
      {
        authorization: secret,
        password: secret,
        headers: { authorization: secret, cookie: secret, 'x-api-key': secret, 'set-cookie': secret },
        model: { apiKey: secret, token: secret },
        err: Object.assign(new Error('Upstream said no'), {
          headers: { authorization: secret },
          config: { headers: { 'x-api-key': secret }, auth: { password: secret } },
        }),
        kept: 'visible',
      },
      'failed',
    );
    expect(lines.join()).not.toContain(secret);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      kept: 'visible',
      authorization: '[redacted]',
      headers: { cookie: '[redacted]' },
      err: { message: 'Upstream said no' },
    });
  });
});
