/** `@fk-workflow/core/sqlite`: durable runs and workflows in one file. Needs the package `libsql`. */
export { openSqlite, type SqliteStores } from '../stores/sqlite/open-sqlite.js';
