export { historyPositions, type Positions } from './positions.ts';
export { type HistoryPatch, type HistoryQuery, type HistoryRow, readHistory } from './read-history.ts';
export { type AcceptedEvent, acceptedEvents } from './recent-events.ts';
