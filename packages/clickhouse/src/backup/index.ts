export { countTables, fillTable, readApplied, readTable, type TableRows } from './copy-table.ts';
export { BACKUP_TABLES } from './tables.ts';
