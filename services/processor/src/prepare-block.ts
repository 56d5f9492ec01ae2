import { setImmediate as othersRan } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { AcceptedId, Rejection } from '@tocsin/clickhouse';
import type { Block, Bounds, Place, Preparer, Terms } from '@tocsin/delivery';
import { createAlert, type TimeLimits } from '@tocsin/domain';
import type { KafkaMessage } from '@tocsin/kafka';
import { type Knowledge, type Pipeline, passAlert } from './pipeline.ts';
import type { SealedDays } from './sealing/sealed-days.ts';
import { SliceWriter } from './slice-writer.ts';
import { createAttribution } from './steps/attribute.ts';
import { DuplicateWindow } from './steps/deduplicate.ts';

/**
 * Version of everything in the code that decides what a record comes to and how its row's core looks: raise it with
 * every change to the pipeline or the row format. What is known of devices, parties and levers is no part of it: it
 * grows, a replay may know more, and corrections bring the rest.
 */
const RULES = 3;

/** Records after which others run. */
const AT_A_TIME = 2000;

export interface PrepareOptions {
  /** ms that `receivedAt` may be ahead of the plan's time. */
  readonly futureToleranceMs: number;
  /** ms that `receivedAt` may be behind it. */
  readonly retentionMs: number;
  /** Offsets over which an upstream duplicate is recognised. */
  readonly duplicateWindow: number;
  readonly knowledge: Knowledge;
  /** Days that take no more alerts, whatever retention says. */
  readonly sealed: SealedDays;
  /** Called before the partition's first block. */
  readonly takeOver: (place: Place) => Promise<void>;
  /** Ids accepted at offsets from `from` up to and without `to`. */
  readonly acceptedIds: (place: Place, from: number, to: number) => AsyncIterable<AcceptedId[]>;
}

/**
 * The rules as a plan has them: the settings decide as well, and what was sealed when it was made. A plan made under
 * other settings is not replayed; one from before more was sealed is, and takes what it took.
 */
function rulesOf({ futureToleranceMs, retentionMs, duplicateWindow }: PrepareOptions) {
  const settings = `${RULES} window=${duplicateWindow} future=${futureToleranceMs} retention=${retentionMs} sealed=`;
  return {
    with: (sealedBefore: number) => settings + sealedBefore,
    /** What was sealed by these rules; null for rules of other settings. */
    sealedBy: (rules: string) => (rules.startsWith(settings) ? Number(rules.slice(settings.length)) : null),
  };
}

/** Turns the records of one partition into blocks. */
export function blockPreparer(place: Place, options: PrepareOptions): Preparer<KafkaMessage, Rejection> {
  const pipeline: Pipeline = {
    alert: createAlert(),
    attribution: createAttribution(),
    knowledge: options.knowledge,
    duplicates: new DuplicateWindow(options.duplicateWindow),
    rows: new SliceWriter(place),
  };

  const rules = rulesOf(options);
  let takenOver = false;
  return {
    get rules() {
      return rules.with(options.sealed.before());
    },
    knows: (planned) => rules.sealedBy(planned) !== null,
    async start(_place, offset) {
      // First and once: whoever has lost the partition may still look where to go on, and must not claim it from its
      // new owner.
      if (!takenOver) await options.takeOver(place);
      takenOver = true;
      // Before the first plan: no partition goes back behind what its former owner knew.
      await options.sealed.follow();
      pipeline.duplicates.clear();
      const from = Math.max(0, offset - options.duplicateWindow);
      for await (const ids of options.acceptedIds(place, from, offset)) {
        for (const id of ids) pipeline.duplicates.seen(toRequestId(id), id.offset);
      }
    },
    prepare: (_place, bounds, records, by) =>
      prepareBlock(pipeline, bounds, records, by, {
        futureTolerance: options.futureToleranceMs,
        sealedBefore: Math.max(by.plannedAt - options.retentionMs, rules.sealedBy(by.rules) ?? 0),
      }),
  };
}

async function prepareBlock(
  pipeline: Pipeline,
  { first, last }: Bounds,
  records: readonly KafkaMessage[],
  { plannedAt, rules }: Terms,
  limits: TimeLimits,
): Promise<Block<Rejection>> {
  const rejects: Rejection[] = [];
  const duplicates: number[] = [];
  pipeline.rows.begin(plannedAt);
  let taken = 0;
  for (const record of records) {
    if (taken === AT_A_TIME) {
      await othersRan();
      taken = 0;
    }
    taken++;
    const offset = Number(record.offset);
    const outcome = passAlert(pipeline, record, offset, plannedAt, limits);
    if (outcome === 'accepted') continue;
    if (outcome === 'duplicate') duplicates.push(offset);
    else rejects.push(rejection(record, offset, outcome));
  }
  const slices = pipeline.rows.slices();
  const hours = pipeline.rows.hours();
  const accepted = hours.reduce((sum, hour) => sum + hour.accepted, 0);
  const tally = {
    records: records.length,
    accepted,
    rejected: rejects.length,
    duplicates: duplicates.length,
  };
  let sum = crc32(JSON.stringify([rejects.map(({ offset, reason }) => [offset, reason]), duplicates]));
  sum = pipeline.rows.checksum(sum);
  return {
    plan: { first, last, plannedAt, rules, tally, checksum: sum.toString(16).padStart(8, '0') },
    // A block that accepted nothing is in the ledger all the same, in the hour of its plan.
    hours: hours.length > 0 ? hours : [{ hour: Math.floor(plannedAt / 3_600_000) * 3600, accepted: 0 }],
    slices,
    rejects,
    volumes: pipeline.rows.volumes(),
  };
}

function rejection({ timestamp, key, value }: KafkaMessage, offset: number, reason: string): Rejection {
  return { offset, reason, takenAt: Number(timestamp), key, value };
}

function toRequestId({ originator, target, ...rest }: AcceptedId) {
  return { originator: toEui64(originator), target: toEui64(target), ...rest };
}

function toEui64(hex: string) {
  return { hi: Number.parseInt(hex.slice(0, 8), 16), lo: Number.parseInt(hex.slice(8), 16) };
}
