import type { Block, Bounds, Place, Plan, Slice } from '../block.ts';
import { decodePlan } from '../plan-metadata.ts';
import type { Lease, Log, Parcel, Store } from '../ports.ts';

/** The process that made the call is dead: nothing of it runs on. */
export class Killed extends Error {}
/** A fault that passes: a lost connection, a time-out. */
export class Passing extends Error {}

/** How an operation with an effect ends. `late`: the effect comes after the caller has died. */
export type Fate =
  | 'done'
  | 'kill-before'
  | 'kill-after'
  | 'kill-late'
  | 'lost-before'
  | 'lost-after'
  | 'poisoned';

export interface Record {
  readonly offset: number;
  readonly value: string;
}

interface Row {
  readonly offset: number;
  readonly day: string;
}

export const PLACE: Place = { stream: 'cluster/alerts/1', partition: 0 };

/**
 * A log, its commits and a store in memory, with the faults that the real ones have: an insert may be lost
 * before or after its effect, may land after its sender's death, and the store may be killed between
 * remembering a token and having the rows.
 */
export class World {
  readonly records: Record[];
  readonly rows: Row[] = [];
  readonly ledgered: Plan[] = [];
  committed: { offset: number; metadata: string } | null = null;
  earliest = 0;
  generation = 0;
  /** Asked at every operation; the n-th call decides the n-th operation's fate. */
  fate: (operation: string) => Fate | Promise<Fate> = () => 'done';
  readonly #tokens = new Set<string>();
  #late: { part: string; bounds: Bounds; land: () => void }[] = [];
  #counts = 0;

  constructor(values: readonly string[]) {
    this.records = values.map((value, offset) => ({ offset, value }));
  }

  /** Inserts that were under way when their sender died, now arriving. */
  landLate(matches: (part: string, bounds: Bounds) => boolean = () => true): void {
    const due = this.#late.filter(({ part, bounds }) => matches(part, bounds));
    this.#late = this.#late.filter((late) => !due.includes(late));
    for (const late of due) late.land();
  }

  async #perform(
    operation: string,
    effect: () => void,
    late?: { part: string; bounds: Bounds },
  ): Promise<void> {
    const fate = await this.fate(operation);
    if (fate === 'kill-before') throw new Killed(operation);
    if (fate === 'lost-before') throw new Passing(operation);
    if (fate === 'kill-late' && late) this.#late.push({ ...late, land: effect });
    else effect();
    if (fate === 'kill-after' || fate === 'kill-late') throw new Killed(operation);
    if (fate === 'lost-after') throw new Passing(operation);
  }

  lease(isActive: () => boolean, onSeek: (offset: number) => void, onPause: () => void): Lease {
    const generation = this.generation;
    const fenced = () => {
      if (generation !== this.generation) throw new Killed('the group has moved on');
    };
    return {
      commit: (offset, metadata) =>
        this.#perform('commit', () => {
          fenced();
          this.committed = { offset, metadata };
        }),
      resolve: () => {},
      seek: onSeek,
      pause: onPause,
      active: isActive,
      check: fenced,
    };
  }

  log: Log = {
    committed: async () => ({
      offset: this.committed?.offset ?? null,
      plan: decodePlan(this.committed?.metadata ?? null),
    }),
    bounds: async () => ({
      earliest: this.earliest,
      latest: this.records.length,
    }),
  };

  store: Store<string> = {
    streams: async () => [],
    ledger: async (_place, offset) => {
      const sorted = [...this.ledgered].sort((a, b) => a.first - b.first);
      const last = sorted.slice(-1);
      return offset === null
        ? last
        : [...new Set([...sorted.filter((plan) => plan.first >= offset), ...last])];
    },
    rowsFrom: async (_place, offset) => this.rows.filter((row) => row.offset >= offset).length,
    count: async (parcel) => this.#count(parcel),
    countBlock: async (_place, bounds) => this.rows.filter(within(bounds)).length,
    insertLedger: (_place, block, token) =>
      this.#insert(token, 'ledger', block.plan, () => this.ledgered.push(block.plan)),
    insertSlice: (_place, block, slice, token) =>
      this.#insert(token, slice.part, block.plan, () => this.#addRows(block, slice)),
  };

  #addRows(block: Block<string>, slice: Slice): void {
    const offsets = new Uint32Array(slice.body.buffer, slice.body.byteOffset, slice.rows);
    for (const offset of offsets) this.rows.push({ offset, day: slice.part });
    const unledgered = this.rows.filter((row) => !this.ledgered.some((plan) => within(plan)(row)));
    if (unledgered.length > 0) throw new Error(`rows of ${block.plan.first} are not in the ledger`);
  }

  async #insert(token: string, part: string, bounds: Bounds, add: () => void): Promise<void> {
    const operation = part === 'ledger' ? 'ledger' : 'slice';
    if ((await this.fate(`${operation}?`)) === 'poisoned') {
      this.#tokens.add(token);
      throw new Passing('killed between the token and the rows');
    }
    const effect = () => {
      if (this.#tokens.has(token)) return;
      this.#tokens.add(token);
      add();
    };
    await this.#perform(operation, effect, { part, bounds });
  }

  #count({ part, bounds }: Parcel): number {
    // Nothing here takes time, so a loop without an end would never let a test's time-out come.
    if (++this.#counts > 10_000) throw new Error('counted without end');
    this.landLate((p, b) => p === part && b.first === bounds.first && b.last === bounds.last);
    if (part !== 'ledger') return this.rows.filter((row) => row.day === part && within(bounds)(row)).length;
    return this.ledgered.filter((plan) => plan.first === bounds.first && plan.last === bounds.last).length;
  }
}

const within =
  (bounds: Bounds) =>
  ({ offset }: { offset: number }) =>
    offset >= bounds.first && offset <= bounds.last;
