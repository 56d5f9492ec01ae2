import {
  buildBuckets,
  findStaleBuckets,
  keepComplete,
  type Store,
  supersedeBuilds,
  sweepBuilds,
  TARGETS,
  verifyStore,
} from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { correct, type FedBlock, feedBlocks, HOUR, hourText, makeBlock } from '../support/store-feed.ts';
import { countFresh } from '../support/targets.ts';
import { until } from '../support/until.ts';

const FIRST = Date.UTC(2026, 4, 1) / 1000;
const HOURS = [0, 1, 2, 3, 4].map((i) => FIRST + i * HOUR);
const RANGE = "from = '2026-05-01 00:00:00', to = '2026-05-02 00:00:00'";
const AT_ONCE = { graceSeconds: 0, quietSeconds: 0, patienceSeconds: 0 };
/** Of five hours and the day each. */
const [READS, BUILDS, CORRECTIONS] = [24, 6, 5];
/** Fresh buckets that reads are to meet, by target. */
const FRESH = { rollup_hours: 6, load_minutes: 6, device_days: 1 };
const [DEADLINE_MS, TIMEOUT_MS] = [180_000, 240_000];

/** The writers of corrections: the partition whose rows each corrects, and by what its own are known. */
const CORRECTORS = [
  { partition: 0, firmware: 'corrected-0' },
  { partition: 1, firmware: 'corrected-1' },
] as const;

let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine.stop());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Volume {
  hour: string;
  messages: number;
  alerts: number;
  /** Messages that each of the correctors has corrected. */
  corrected: number[];
}

const readVolume = () =>
  store.rows<Volume>(
    `SELECT toString(hour) AS hour, sum(messages) AS messages, sum(alerts) AS alerts,
       [${CORRECTORS.map(({ firmware }) => `sumIf(volume.messages, firmware = '${firmware}')`)}] AS corrected
     FROM ${store.database}.alert_volume(${RANGE}) AS volume GROUP BY hour ORDER BY hour`,
  );

/** What each view says of the whole day, all in one query: they read buckets of several targets. */
const VIEWS = ['alert_volume', 'alert_stoppability', 'alert_by_firmware', 'top_devices'] as const;
const readDay = () =>
  store.rows<{ view: string; messages: number; alerts: number }>(
    VIEWS.map(
      (view) => `SELECT '${view}' AS view, sum(answer.messages) AS messages, sum(answer.alerts) AS alerts
        FROM ${store.database}.${view}(${RANGE}) AS answer`,
    ).join(' UNION ALL '),
  );

/** What an hour or the day has been, as far as whole blocks and whole revisions go. */
class History {
  /** Alerts by number of messages, of every state. */
  readonly states = new Map([[0, 0]]);
  /** Messages of the ledger, and of those the ones surely stored. */
  ledgered = 0;
  inserted = 0;
  /** For each corrector: every number of corrected messages that was, the last one being the newest. */
  readonly corrected = CORRECTORS.map(() => [0]);

  ledger(messages: number, alerts: number): void {
    const before = this.states.get(this.ledgered)!;
    this.ledgered += messages;
    this.states.set(this.ledgered, before + alerts);
  }
}

const histories = new Map(HOURS.map((hour) => [hourText(hour), new History()]));
const day = new History();
const count = { blocks: 0, builds: 0, reads: 0, corrections: 0 };
const fresh = new Map(TARGETS.map(({ table }) => [table, 0]));

/** What the writers wait for: now and then the day is to be fresh, and seen so. */
let lull: Promise<boolean> | undefined;
const LULL_EVERY_BLOCKS = 12;

function sumsOf(block: FedBlock): Map<History, { messages: number; alerts: number }> {
  const sums = new Map<History, { messages: number; alerts: number }>();
  for (const { receivedAt, alerts } of block.accepted) {
    for (const history of [histories.get(hourText(receivedAt))!, day]) {
      const sum = sums.get(history) ?? { messages: 0, alerts: 0 };
      sums.set(history, { messages: sum.messages + 1, alerts: sum.alerts + alerts });
    }
  }
  return sums;
}

async function feed(going: () => boolean): Promise<void> {
  const next = [0, 0, 0];
  for (; going(); count.blocks += 1) {
    // Most blocks belong to one or two hours, so that the others have time to be fresh.
    const hours = [HOURS[count.blocks % 5]!, HOURS[Math.floor(count.blocks / 5) % 5]!];
    const partition = count.blocks % 3;
    const block = makeBlock(partition, next[partition]!, hours, 23 + (count.blocks % 7));
    const sums = sumsOf(block);
    for (const [history, { messages, alerts }] of sums) history.ledger(messages, alerts);
    await feedBlocks(store, block);
    for (const [history, { messages }] of sums) history.inserted += messages;
    next[partition] = block.last + 1;
    await pause(150);
    if (count.blocks % LULL_EVERY_BLOCKS === LULL_EVERY_BLOCKS - 1) {
      const seen = fresh.get('device_days')!;
      lull = until('a fresh day', () => !going() || fresh.get('device_days')! > seen, DEADLINE_MS);
      await lull;
    }
  }
}

async function build(going: () => boolean): Promise<void> {
  for (let turn = 0; going(); turn += 1) {
    const target = TARGETS[turn % TARGETS.length]!;
    const due = await keepComplete(store, target, await findStaleBuckets(store, target, AT_ONCE));
    const buckets = due.map(({ bucket }) => bucket);
    if (buckets.length > 0) {
      await buildBuckets(store, target, buckets);
      count.builds += 1;
    }
    await supersedeBuilds(store, target);
    await sweepBuilds(store, target, 5);
    // Leaves the engine to the readers for a while.
    await pause(50);
  }
}

/** Corrects what is there of its partition in one hour after the other, in revisions that begin and end in any order. */
async function corrector(going: () => boolean, which: number): Promise<void> {
  const { partition, firmware } = CORRECTORS[which]!;
  for (let round = which; going(); round += 1) {
    await lull;
    const hour = hourText(HOURS[round % HOURS.length]!);
    const states = histories.get(hour)!.corrected[which]!;
    const where = `partition = ${partition} AND toStartOfHour(received_at) = '${hour}'`;
    const [row] = await store.rows<{ n: number }>(`SELECT count() AS n FROM alerts WHERE ${where}`);
    if (row!.n > 0) {
      // What is stored in between has later offsets: what was counted is corrected, and no more.
      const last = await store.rows<{ offset: number }>(
        `SELECT offset FROM alerts WHERE ${where} ORDER BY offset LIMIT 1 OFFSET ${row!.n - 1}`,
      );
      await correct(store, `${where} AND offset <= ${last[0]!.offset}`, firmware, async () => {
        await pause(30 * ((round * 7) % 5));
        // From here on it may be seen.
        states.push(row!.n);
      });
      count.corrections += 1;
    }
    await pause(400);
  }
}

/** Commits are looked at by queries that begin in a later second than theirs. */
const SEEN_AFTER_MS = 2000;

async function read(going: () => boolean): Promise<string[]> {
  const faults: string[] = [];
  const last = new Map<string, Volume>();
  while (going()) {
    const least = new Map([...histories].map(([hour, { inserted }]) => [hour, inserted]));
    const rows = new Map((await readVolume()).map((row) => [row.hour, row]));
    for (const [hour, { states, ledgered, corrected }] of histories) {
      const now = rows.get(hour) ?? { hour, messages: 0, alerts: 0, corrected: CORRECTORS.map(() => 0) };
      const before = last.get(hour) ?? now;
      const fault = (what: string) => faults.push(`${hour}: ${what} ${JSON.stringify({ now, before })}`);
      if (now.messages < least.get(hour)!) fault(`fewer than ${least.get(hour)} inserted`);
      if (now.messages > ledgered) fault(`more than ${ledgered} ledgered`);
      if (now.messages < before.messages) fault('messages went back');
      if (states.get(now.messages) !== now.alerts) fault('alerts are those of no state');
      for (const [which, n] of now.corrected.entries()) {
        if (n < before.corrected[which]!) fault('a correction went back');
        if (!corrected[which]!.includes(n)) fault(`corrected as in none of ${corrected[which]}`);
      }
      last.set(hour, now);
    }
    const [leastDay, dayRows] = [day.inserted, await readDay()];
    const [volume] = dayRows;
    if (volume!.messages < leastDay || day.states.get(volume!.messages) !== volume!.alerts)
      faults.push(`the day is none that was: ${JSON.stringify(volume)}, inserted ${leastDay}`);
    for (const { view: _, ...answer } of dayRows)
      if (JSON.stringify(answer) !== JSON.stringify({ messages: volume!.messages, alerts: volume!.alerts }))
        faults.push(`the views differ: ${JSON.stringify(dayRows)}`);
    count.reads += 1;
    for (const target of TARGETS)
      fresh.set(target.table, fresh.get(target.table)! + (await countFresh(store, target, RANGE)));
  }
  return faults;
}

describe('while alerts arrive, are corrected, and hours are built', () => {
  it(
    'every read is a whole state: nothing is lost, doubled, or taken back',
    async () => {
      const deadline = Date.now() + DEADLINE_MS;
      let failed = false;
      const enough = () =>
        count.reads >= READS &&
        count.builds >= BUILDS &&
        Object.entries(FRESH).every(([table, n]) => fresh.get(table)! >= n) &&
        count.corrections >= CORRECTIONS;
      const going = () => !failed && Date.now() < deadline && !enough();
      const stop = (error: unknown) => {
        failed = true;
        throw error;
      };
      const [one, other] = await Promise.all([
        read(going).catch(stop),
        read(going).catch(stop),
        feed(going).catch(stop),
        build(going).catch(stop),
        build(going).catch(stop),
        corrector(going, 0).catch(stop),
        corrector(going, 1).catch(stop),
      ]);
      expect([...one!, ...other!]).toEqual([]);
      expect({ enough: enough(), ...count, ...Object.fromEntries(fresh) }).toMatchObject({ enough: true });
      expect(count.blocks).toBeGreaterThan(10);
      await pause(SEEN_AFTER_MS);
      expect(await readVolume()).toEqual(
        [...histories].map(([hour, { ledgered, states, corrected }]) => ({
          hour,
          messages: ledgered,
          alerts: states.get(ledgered),
          corrected: corrected.map((ns) => ns.at(-1)),
        })),
      );
      // The last word on every target, row by row.
      expect(await verifyStore(store)).toMatchObject({ differences: [], ok: true });
    },
    TIMEOUT_MS,
  );
});
