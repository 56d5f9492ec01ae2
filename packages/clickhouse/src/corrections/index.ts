export {
  markReattributed,
  type ReattributionProgress,
  type RequestedHours,
  reattributionProgress,
  requestedHours,
  requestReattribution,
} from './requests.ts';
export { changedSince, type HistoryRange, type StoredRange, storedRows } from './stored-rows.ts';
export { claimWatermark, type Owner, type Watermark, writeWatermarks } from './watermarks.ts';
export { commitRevision, makeRevision, revisionsAreVisible, stageCorrections } from './write-revision.ts';
