import { WorkflowError } from '../../errors.js';
import type { SqliteFile } from './database.js';

/** In order; only ever appended to. */
const migrations = [
  `CREATE TABLE workflows (
     id TEXT NOT NULL,
     version INTEGER NOT NULL,
     definition TEXT NOT NULL,
     PRIMARY KEY (id, version)
   ) WITHOUT ROWID;
   CREATE TABLE runs (
     place INTEGER PRIMARY KEY AUTOINCREMENT,
     run_id TEXT NOT NULL UNIQUE,
     workflow_id TEXT NOT NULL,
     base TEXT NOT NULL,
     definition TEXT NOT NULL,
     status TEXT NOT NULL,
     output TEXT,
     error TEXT,
     ended_at TEXT
   );
   CREATE INDEX runs_by_workflow ON runs (workflow_id, place);
   CREATE INDEX runs_open ON runs (place) WHERE status IN ('running', 'waiting');
   CREATE TABLE journal (
     run_id TEXT NOT NULL REFERENCES runs (run_id),
     n INTEGER NOT NULL,
     entry TEXT NOT NULL,
     PRIMARY KEY (run_id, n)
   ) WITHOUT ROWID;`,
  `CREATE TABLE owners (
     id TEXT PRIMARY KEY,
     beat INTEGER NOT NULL
   ) WITHOUT ROWID;
   ALTER TABLE runs ADD COLUMN owner TEXT;
   ALTER TABLE runs ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE runs ADD COLUMN wake_at INTEGER DEFAULT 0;
   ALTER TABLE runs ADD COLUMN posted INTEGER NOT NULL DEFAULT 0;
   DROP INDEX runs_open;
   CREATE INDEX runs_open ON runs (owner, place) WHERE status IN ('running', 'waiting');
   CREATE INDEX runs_posted ON runs (owner) WHERE posted = 1;`,
  `CREATE TABLE archive (
     run_id TEXT PRIMARY KEY,
     workflow_id TEXT NOT NULL,
     closed_at INTEGER NOT NULL,
     run TEXT NOT NULL,
     origin TEXT NOT NULL,
     events TEXT
   );
   CREATE INDEX archive_by_end ON archive (closed_at, run_id);
   CREATE INDEX archive_by_workflow ON archive (workflow_id, closed_at, run_id);`,
] as const;

/** Brings the tables up to date, one process at a time. Throws `configuration` for a file of a newer version of this library. */
export const migrate = (file: SqliteFile): void =>
  file.use((database) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec('CREATE TABLE IF NOT EXISTS fkw_migrations (id INTEGER PRIMARY KEY)');
      const done = database.prepare('SELECT id FROM fkw_migrations').all().length;
      if (done > migrations.length) throw newerFile();
      migrations.slice(done).forEach((sql, index) => {
        database.exec(sql);
        database.prepare('INSERT INTO fkw_migrations (id) VALUES (?)').run(done + index + 1);
      });
      database.exec('COMMIT');
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  });

const newerFile = (): WorkflowError =>
  new WorkflowError(
    'configuration',
    'The database file was written by a newer version of @fk-workflow/core. Update the package.',
  );
