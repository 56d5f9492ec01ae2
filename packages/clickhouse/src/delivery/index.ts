export { alertStore, inventoryStore } from './delivery-store.ts';
export { type AcceptedId, acceptedIds } from './recent-ids.ts';
export { type Rejection, storeRejections } from './rejected-table.ts';
export { escapeText } from './tab-separated.ts';
export { ALERT_COLUMNS, ALERT_CORE_COLUMNS, HISTORY_COLUMNS } from './tables.ts';
