import { join } from 'node:path';
import {
  type Logger,
  type RunArchive,
  type RunStore,
  WorkflowError,
  type WorkflowStore,
} from '@fk-workflow/core';
import { openPostgres } from '@fk-workflow/core/postgres';
import { openSqlite } from '@fk-workflow/core/sqlite';
import type { Config } from '../config.js';
import { nothingToClose, type Part } from './part.js';

type Stores = { readonly runs?: RunStore; readonly workflows?: WorkflowStore; readonly archive?: RunArchive };

/**
 * Where workflows and runs are kept: PostgreSQL when it has an address, else a SQLite file.
 * Without the package libsql they are kept in memory; the builder warns about that.
 */
export const chooseStores = async (
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  logger: Logger,
  open: typeof openSqlite = openSqlite,
): Promise<Part<Stores>> => {
  if (config.databaseUrl) {
    const { runs, workflows, archive, close } = await openPostgres(config.databaseUrl, { logger });
    return { ports: { runs, workflows, archive }, line: 'workflows and runs: PostgreSQL', close };
  }
  const file = join(config.dataDir, 'workflows.db');
  try {
    const { runs, workflows, archive, close } = await open(file, { logger });
    return { ports: { runs, workflows, archive }, line: `workflows and runs: SQLite, ${file}`, close };
  } catch (error) {
    if (!WorkflowError.is(error) || error.code !== 'missing_peer') throw error;
    return {
      ports: {},
      line: 'workflows and runs: in memory, gone with the process (npm i libsql keeps them)',
      close: nothingToClose,
    };
  }
};
