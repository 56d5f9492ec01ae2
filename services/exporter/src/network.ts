import {
  type CodeHour,
  type Gate,
  type PeakLoad,
  type RegionHour,
  readCodes,
  readCompleteness,
  readGate,
  readPeaks,
  readSuppression,
  type Store,
} from '@tocsin/clickhouse';
import { hoursBefore, startOfHour, utc } from './hours.ts';

/** What the views say of the network, by when it received the alerts. */
export interface Network {
  /** The last hour that is over. */
  readonly regions: readonly RegionHour[];
  readonly codes: readonly CodeHour[];
  readonly peaks: readonly PeakLoad[];
  readonly gate: Gate | null;
  /** Alerts by suppression: of that hour, of the last 24 hours that are over, of the seven days before these. */
  readonly hour: ReadonlyMap<string, number>;
  readonly day: ReadonlyMap<string, number>;
  readonly week: ReadonlyMap<string, number>;
}

export async function readNetwork(store: Store, nowMs: number): Promise<Network> {
  const end = startOfHour(nowMs);
  const [to, hour, day, week] = [0, 1, 24, 24 * 8].map((hours) => utc(hoursBefore(end, hours))) as [
    string,
    string,
    string,
    string,
  ];
  return {
    regions: await readCompleteness(store, hour),
    codes: await readCodes(store, hour),
    peaks: await readPeaks(store, hour),
    gate: await readGate(store, hour),
    hour: await readSuppression(store, hour, to),
    day: await readSuppression(store, day, to),
    week: await readSuppression(store, week, day),
  };
}
