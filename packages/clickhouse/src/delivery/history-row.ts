import type { Place } from '@tocsin/delivery';
import type { DeviceChange } from '@tocsin/domain';
import { escapeText, formatMoment } from './tab-separated.ts';

/** A row of `device_history`: what a device changed to, told by the message at this position. */
export interface HistoryEntry extends Place {
  readonly offset: number;
  /** ms since the epoch, as all times here. */
  readonly plannedAt: number;
  /** When the network's own system told of it. */
  readonly recordedAt: number;
  /** From when on it holds. */
  readonly effectiveAt: number;
  /** 16 upper-case hex digits. */
  readonly device: string;
  readonly source: 'inventory' | 'device';
  /** Empty where it has none. */
  readonly eventId: string;
  readonly change: DeviceChange;
}

/** What a change says of attributes: null where it says nothing. */
const ATTRIBUTES = [
  'kind',
  'manufacturer',
  'model',
  'firmware',
  'smets',
  'cohort',
  'region',
  'hub',
  'hubRelease',
  'supplier',
  'gasSupplier',
  'networkOperator',
  'hanState',
  'credentials',
] as const satisfies readonly (keyof DeviceChange)[];

/** What belongs to events of some kinds: empty elsewhere. */
const OF_SOME = [
  'version',
  'phase',
  'reason',
  'code',
  'setting',
  'via',
  'role',
] as const satisfies readonly (keyof DeviceChange)[];

/** A row of `device_history`, columns of HISTORY_COLUMNS, tab separated, with its line feed. */
export function formatHistoryRow(entry: HistoryEntry): string {
  const { stream, partition, offset, device, source, change } = entry;
  const times = `${formatMoment(entry.plannedAt)}\t${formatMoment(entry.recordedAt)}\t${formatMoment(entry.effectiveAt)}`;
  let row = `${stream}\t${partition}\t${offset}\t${times}\t${device}\t${source}\t${change.event}\t${escapeText(entry.eventId)}`;
  for (const name of ATTRIBUTES) {
    const value = change[name];
    row += value === undefined ? '\t\\N' : `\t${escapeText(value)}`;
  }
  for (const name of OF_SOME) row += `\t${escapeText(change[name] ?? '')}`;
  return `${row}\n`;
}
