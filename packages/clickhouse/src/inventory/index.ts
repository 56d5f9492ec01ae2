export { historyPositions, type Positions } from './positions.ts';
export { type HistoryPatch, type HistoryQuery, type HistoryRow, readHistory } from './read-history.ts';
export { acceptedEvents } from './recent-events.ts';
