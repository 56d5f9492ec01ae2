import { crc32 } from 'node:zlib';
import type { AcceptedEvent, Rejection } from '@tocsin/clickhouse';
import type { Block, Bounds, Place, Preparer } from '@tocsin/delivery';
import type { EventLimits } from '@tocsin/domain';
import type { KafkaMessage } from '@tocsin/kafka';
import { passEvent } from './pipeline.ts';
import { RecentIds } from './recent-ids.ts';
import { RowText } from './row-text.ts';

/** Version of everything in the code that decides what a record comes to and how its row looks. */
const RULES = 3;

export interface PrepareOptions {
  /** ms that an event may hold in the future. */
  readonly announceMs: number;
  /** Offsets over which an event's id is recognised. */
  readonly duplicateWindow: number;
  /** Events accepted at offsets from `from` up to and without `to`. */
  readonly acceptedEvents: (place: Place, from: number, to: number) => AsyncIterable<AcceptedEvent[]>;
}

/** Turns the records of one partition into blocks. */
export function blockPreparer(place: Place, options: PrepareOptions): Preparer<KafkaMessage, Rejection> {
  const recent = new RecentIds(options.duplicateWindow);
  const rules = `inventory ${RULES} window=${options.duplicateWindow} announce=${options.announceMs}`;
  return {
    rules,
    knows: (planned) => planned === rules,
    async start(_place, offset) {
      recent.clear();
      const from = Math.max(0, offset - options.duplicateWindow);
      for await (const events of options.acceptedEvents(place, from, offset)) {
        for (const { device, eventId, offset: at } of events) recent.seen(device, eventId, at);
      }
    },
    prepare: (_place, bounds, records, { plannedAt }) =>
      prepareBlock(place, recent, rules, bounds, records, { plannedAt, announceMs: options.announceMs }),
  };
}

function prepareBlock(
  place: Place,
  recent: RecentIds,
  rules: string,
  { first, last }: Bounds,
  records: readonly KafkaMessage[],
  limits: EventLimits,
): Block<Rejection> {
  const { plannedAt } = limits;
  const rows = new RowText();
  const rejects: Rejection[] = [];
  const duplicates: number[] = [];
  const months = new Map<number, number>();
  const events = new Map<string, number>();
  for (const record of records) {
    const outcome = passEvent(record, place, recent, limits);
    if (outcome.kind === 'duplicate') duplicates.push(Number(record.offset));
    else if (outcome.kind === 'rejected') rejects.push(rejection(record, outcome.reason));
    else {
      rows.add(outcome.row);
      const { event, effectiveAt } = outcome.event;
      const month = monthOf(effectiveAt);
      months.set(month, (months.get(month) ?? 0) + 1);
      events.set(event, (events.get(event) ?? 0) + 1);
    }
  }
  const body = rows.bytes();
  const judged = JSON.stringify([rejects.map(({ offset, reason }) => [offset, reason]), duplicates]);
  const checksum = crc32(body, crc32(judged)).toString(16).padStart(8, '0');
  const tally = {
    records: records.length,
    accepted: rows.count,
    rejected: rejects.length,
    duplicates: duplicates.length,
  };
  const accepted = [...months].sort(([a], [b]) => a - b).map(([hour, count]) => ({ hour, accepted: count }));
  return {
    plan: { first, last, plannedAt, rules, tally, checksum },
    // A block that accepted nothing is in the ledger all the same, in the month of its plan.
    hours: accepted.length > 0 ? accepted : [{ hour: monthOf(plannedAt), accepted: 0 }],
    slices: rows.count > 0 ? [{ part: 'device_history', rows: rows.count, body }] : [],
    rejects,
    volumes: [...events].map(([event, sum]) => ({ labels: { event }, sum })),
  };
}

/**
 * The month's first hour, in seconds since the epoch. Devices were installed over years: of a block that tells of
 * thousands of them the ledger would have a row for nearly each if it counted by hours.
 */
function monthOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / 1000;
}

function rejection({ offset, timestamp, key, value }: KafkaMessage, reason: string): Rejection {
  return { offset: Number(offset), reason, takenAt: Number(timestamp), key, value };
}
