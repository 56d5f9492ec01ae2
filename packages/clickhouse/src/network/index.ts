export { type RegionFeed, type RegionHour, readCompleteness, readFeed } from './feed.ts';
export { type Gate, type PeakLoad, readGate, readPeaks } from './load.ts';
export { type CodeHour, readCodes, readSuppression } from './volume.ts';
