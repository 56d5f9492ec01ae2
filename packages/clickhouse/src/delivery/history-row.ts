import type { Place } from '@tocsin/delivery';
import type { DeviceChange } from '@tocsin/domain';
import { escapeBytes, formatMoment } from './tab-separated.ts';

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

/** A row of `device_history`, columns of HISTORY_COLUMNS, tab separated, with its line feed. */
export function formatHistoryRow(entry: HistoryEntry): string {
  const { change } = entry;
  const fields = [
    entry.stream,
    entry.partition,
    entry.offset,
    formatMoment(entry.plannedAt),
    formatMoment(entry.recordedAt),
    formatMoment(entry.effectiveAt),
    entry.device,
    entry.source,
    change.event,
    text(entry.eventId),
    ...[
      change.kind,
      change.manufacturer,
      change.model,
      change.firmware,
      change.smets,
      change.cohort,
      change.region,
      change.hub,
      change.hubRelease,
      change.supplier,
      change.gasSupplier,
      change.networkOperator,
      change.hanState,
      change.credentials,
    ].map((value) => (value === undefined ? '\\N' : text(value))),
    ...[
      change.version,
      change.phase,
      change.reason,
      change.code,
      change.setting,
      change.via,
      change.role,
    ].map((value) => text(value ?? '')),
  ];
  return `${fields.join('\t')}\n`;
}

/** Few values have anything to escape. */
const text = (value: string): string =>
  /[\t\n\\]/.test(value) ? escapeBytes(Buffer.from(value)).toString() : value;
