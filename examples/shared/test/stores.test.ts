import { WorkflowError } from '@fk-workflow/core';
import { createLogger } from '@fk-workflow/server-adapter';
import { describe, expect, test } from 'vitest';
import { chooseStores } from '../src/parts/stores.js';

const logger = createLogger({ level: 'silent' });

describe('chooseStores', () => {
  test('without libsql it leaves the stores to the builder', async () => {
    const part = await chooseStores({ dataDir: 'x' }, logger, async () => {
      throw new WorkflowError('missing_peer', 'Install libsql.');
    });
    expect(part.ports).toEqual({});
    expect(part.line).toContain('in memory');
  });

  test('a file that cannot be opened is not passed over', async () => {
    const open = async (): Promise<never> => {
      throw new WorkflowError('configuration', 'Its folder cannot be made.');
    };
    await expect(chooseStores({ dataDir: 'x' }, logger, open)).rejects.toThrow('Its folder');
  });
});
