/**
 * The tables of a backup, in the order in which they are read while the line runs. What says that something is there is
 * read before it, so that it is; what is a part of something else is read before that, so that it stays one. Then the
 * copy is a state in which a killed line could have stood, though it never stood in it at one moment:
 * - how far rows were compared, before the history that they were compared with;
 * - commits of builds, revisions and registries before their rows;
 * - what was corrected after what corrects it;
 * - rows, and dead letters, before the ledger: raw rows are a subset of the ledger's at every instant.
 * Kafka's commits are read before all of them: blocks from there on are looked at again when the line goes on, and
 * what of their rows is not in the copy is put in.
 */
export const BACKUP_TABLES = [
  ...['answers_kept', 'published_reports', 'export_manifests'],
  ...['operator_notes', 'reattributed', 'reattributions', 'drained', 'sealed', 'sealed_versions'],
  ...['registry_versions', 'codes', 'components', 'levers', 'parties', 'rollouts', 'migration_pauses'],
  ...['builds', 'rollup_hours', 'load_minutes', 'device_days'],
  ...['revisions', 'corrections'],
  ...['device_history', 'redriven', 'alerts', 'rejected'],
  ...['inventory_blocks', 'blocks'],
] as const;
