export { ALERT_COLUMNS, alertStore } from './alert-store.ts';
export { type AcceptedId, acceptedIds } from './recent-ids.ts';
export { type Rejection, storeRejections } from './rejected-table.ts';
