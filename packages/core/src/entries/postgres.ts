/** `@fk-workflow/core/postgres`: durable runs and workflows in PostgreSQL. Needs the package `pg`. */
export { openPostgres, type PostgresStores } from '../stores/postgres/open-postgres.js';
