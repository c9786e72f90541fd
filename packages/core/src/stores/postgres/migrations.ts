import { WorkflowError } from '../../errors.js';
import { inTransaction, type Query } from './connection.js';

/** In order; only ever appended to. Each is a list of statements. */
const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE fkw_workflows (
       id text COLLATE "C" NOT NULL,
       version integer NOT NULL,
       definition text NOT NULL,
       PRIMARY KEY (id, version)
     )`,
    `CREATE TABLE fkw_runs (
       place bigserial PRIMARY KEY,
       run_id text NOT NULL UNIQUE,
       workflow_id text NOT NULL,
       base text NOT NULL,
       definition text NOT NULL,
       status text NOT NULL,
       output text,
       error text,
       ended_at text
     )`,
    'CREATE INDEX fkw_runs_by_workflow ON fkw_runs (workflow_id, place)',
    `CREATE INDEX fkw_runs_open ON fkw_runs (place) WHERE status IN ('running', 'waiting')`,
    `CREATE TABLE fkw_journal (
       run_id text NOT NULL REFERENCES fkw_runs (run_id),
       n integer NOT NULL,
       entry text NOT NULL,
       PRIMARY KEY (run_id, n)
     )`,
    'CREATE TABLE fkw_owner (epoch bigint NOT NULL)',
    'INSERT INTO fkw_owner (epoch) VALUES (0)',
  ],
  [
    'DROP TABLE fkw_owner',
    'CREATE TABLE fkw_owners (id text PRIMARY KEY, beat bigint NOT NULL)',
    `ALTER TABLE fkw_runs ADD COLUMN owner text, ADD COLUMN fence bigint NOT NULL DEFAULT 0,
       ADD COLUMN wake_at bigint DEFAULT 0, ADD COLUMN posted boolean NOT NULL DEFAULT false`,
    'DROP INDEX fkw_runs_open',
    `CREATE INDEX fkw_runs_open ON fkw_runs (owner, place) WHERE status IN ('running', 'waiting')`,
    'CREATE INDEX fkw_runs_posted ON fkw_runs (owner) WHERE posted',
  ],
  [
    `CREATE TABLE fkw_archive (
       run_id text COLLATE "C" PRIMARY KEY,
       workflow_id text NOT NULL,
       closed_at bigint NOT NULL,
       run text NOT NULL,
       origin text NOT NULL,
       events text
     )`,
    'CREATE INDEX fkw_archive_by_end ON fkw_archive (closed_at, run_id)',
    'CREATE INDEX fkw_archive_by_workflow ON fkw_archive (workflow_id, closed_at, run_id)',
  ],
];

/** The key of the advisory lock: a number of this library's own ("fkw"), and what is locked. */
const migrationLock = [0x66_6b_77, 1] as const;

/** Brings the tables up to date, one server at a time. Throws `configuration` for tables of a newer version of this library. */
export const migrate = (query: Query): Promise<void> =>
  inTransaction(query, async () => {
    await query('SELECT pg_advisory_xact_lock($1, $2)', migrationLock);
    await query('CREATE TABLE IF NOT EXISTS fkw_migrations (id integer PRIMARY KEY)');
    const done = (await query('SELECT id FROM fkw_migrations')).length;
    if (done > migrations.length) {
      throw new WorkflowError(
        'configuration',
        'The database was set up by a newer version of @fk-workflow/core. Update the package.',
      );
    }
    for (const [index, statements] of migrations.slice(done).entries()) {
      for (const sql of statements) await query(sql);
      await query('INSERT INTO fkw_migrations (id) VALUES ($1)', [done + index + 1]);
    }
  });
