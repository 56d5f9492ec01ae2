import { expect, test, vi } from 'vitest';
import { Partition } from './partition.ts';
import { type Life, live } from './testing/processor.ts';
import { type Fate, Killed, PLACE, World } from './testing/world.ts';

const DAYS = ['2020-07-01', '2020-07-02'];
const VALUES = Array.from({ length: 23 }, (_, i) =>
  i % 7 === 3 ? 'bad' : (DAYS[i % 11 === 5 ? 1 : 0] as string),
);

/** A small generator (mulberry32), so that a failing run can be had again from its seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The proof: every record accounted for once, in rows, ledger and dead letters. */
function expectExactlyOnce(world: World, buried: Set<string>): void {
  const accepted = world.records.filter(({ value }) => value !== 'bad').map(({ offset }) => offset);
  const rejected = world.records.filter(({ value }) => value === 'bad').map(({ offset }) => String(offset));
  expect(world.rows.map(({ offset }) => offset).sort((a, b) => a - b)).toEqual(accepted);
  expect([...buried].sort()).toEqual(rejected.sort());
  const ledger = [...world.ledgered].sort((a, b) => a.first - b.first);
  let next = 0;
  for (const plan of ledger) {
    expect(plan.first).toBe(next);
    next = plan.last + 1;
  }
  expect(next).toBe(world.records.length);
}

/** What is prepared later knows more: whoever compares what is stored must have all that was prepared before. */
function expectSettledWhereSaid(lives: readonly Life[]): void {
  const asked = lives.flatMap(({ settled }) => settled);
  expect(asked.filter(({ said, was }) => said && !was)).toEqual([]);
}

/** Processors one after another until one has caught up. */
async function untilCaughtUp(world: World, buried: Set<string>, draw: () => number): Promise<Life[]> {
  const lives: Life[] = [];
  for (;;) {
    const sizes = Array.from({ length: 40 }, () => 1 + Math.floor(draw() * 9));
    const life = await live(world, buried, (n) => sizes[n % sizes.length] as number);
    lives.push(life);
    world.generation++;
    if (life.end === 'halted') throw new Error(`halted: ${JSON.stringify(life.events.at(-1))}`);
    if (life.end === 'caught-up') break;
    if (lives.length > 200) throw new Error('never caught up');
  }
  world.landLate();
  expectSettledWhereSaid(lives);
  return lives;
}

test('without faults every record is delivered once', async () => {
  const world = new World(VALUES);
  const buried = new Set<string>();
  const [life] = await untilCaughtUp(world, buried, random(1));
  expectExactlyOnce(world, buried);
  expect(life!.settled.filter(({ said }) => said).length).toBeGreaterThan(20);
});

test.each(['kill-before', 'kill-after', 'kill-late', 'lost-before', 'lost-after', 'poisoned'] as Fate[])(
  'one fault at every instant: %s',
  async (fate) => {
    let fell = 0;
    for (let at = 0; ; at++) {
      const world = new World(VALUES);
      const buried = new Set<string>();
      let operation = 0;
      let struck = false;
      world.fate = (name) => {
        if (name.endsWith('?') !== (fate === 'poisoned')) return 'done';
        if (operation++ !== at) return 'done';
        struck = true;
        return fate;
      };
      await untilCaughtUp(world, buried, random(at));
      expectExactlyOnce(world, buried);
      if (!struck) break;
      fell++;
    }
    expect(fell).toBeGreaterThan(10);
  },
);

test('many faults, with commits lost in between', async () => {
  for (let seed = 0; seed < 1500; seed++) {
    const draw = random(seed);
    const world = new World(VALUES);
    const buried = new Set<string>();
    const fates: Fate[] = ['kill-before', 'kill-after', 'kill-late', 'lost-before', 'lost-after'];
    world.fate = (name) => {
      if (draw() > 0.25) return 'done';
      if (name.endsWith('?')) return 'poisoned';
      // The group idle past its offsets' expiry; but never while a sender's insert may still land.
      return fates[Math.floor(draw() * fates.length)] as Fate;
    };
    await untilCaughtUp(world, buried, draw);
    expectExactlyOnce(world, buried);
  }
});

test('commits that expired or were reset are not missed', async () => {
  for (let seed = 0; seed < 300; seed++) {
    const draw = random(seed);
    const world = new World(VALUES);
    const buried = new Set<string>();
    world.fate = () => (draw() < 0.1 ? 'kill-after' : 'done');
    for (let life = 0; life < 30; life++) {
      const { end } = await live(world, buried, () => 1 + Math.floor(draw() * 9));
      world.generation++;
      if (end === 'caught-up') break;
      if (draw() < 0.5) world.committed = draw() < 0.5 ? null : { offset: 0, metadata: '' };
    }
    world.fate = () => 'done';
    await untilCaughtUp(world, buried, draw);
    expectExactlyOnce(world, buried);
  }
});

test('a partition that was lost while it looked where to go on is not started', async () => {
  const world = new World(VALUES);
  const lost = () => {
    throw new Killed('the group has moved on');
  };
  const start = vi.fn(async () => {});
  const partition = new Partition(
    PLACE,
    {
      log: world.log,
      store: world.store,
      deadLetters: { put: async () => {} },
      preparer: { rules: 'test-1', knows: () => true, start, prepare: lost },
      clock: { now: Date.now, pause: async () => {} },
      observe: () => {},
      isRetryable: () => true,
    },
    ({ offset }) => offset,
    { blockRecords: 4, rejects: { share: 1, records: 1 } },
  );
  partition.open(lost);
  const batch = { messages: world.records, fetchedOffset: 0, lastOffset: VALUES.length - 1 };
  const lease = world.lease(
    () => false,
    () => {},
    () => {},
  );
  await expect(partition.take(batch, { ...lease, check: lost })).rejects.toThrow(Killed);
  expect(start).not.toHaveBeenCalled();
  expect(await partition.settled()).toBe(false);
  await partition.take(batch, lease);
  expect(start).toHaveBeenCalledOnce();
});

test('a processor that was thrown out and wakes up does no harm', async () => {
  for (let at = 0; at < 30; at++) {
    const world = new World(VALUES);
    const buried = new Set<string>();
    let wake = () => {};
    let asleep = () => {};
    const sleeping = new Promise<void>((resolve) => {
      asleep = resolve;
    });
    let operation = 0;
    world.fate = (name) => {
      if (name.endsWith('?') || operation++ !== at) return 'done';
      asleep();
      return new Promise<Fate>((resolve) => {
        wake = () => resolve('done');
      });
    };
    const draw = random(at);
    const first = live(world, buried, () => 1 + Math.floor(draw() * 9));
    await Promise.race([sleeping, first]);
    world.generation++;
    await live(world, buried, () => 1 + Math.floor(draw() * 9));
    wake();
    await first;
    await untilCaughtUp(world, buried, draw);
    expectExactlyOnce(world, buried);
  }
});

/** Deletes the log and its commits, and makes it anew with other and more records. */
function makeAnew(world: World): void {
  const values = [...VALUES, ...VALUES].reverse();
  world.records.splice(0, world.records.length, ...values.map((value, offset) => ({ offset, value })));
  world.committed = null;
}

test('a topic that was made anew between two batches, and grew past the position, is not gone on with', async () => {
  for (let at = 1; at < 6; at++) {
    const world = new World(VALUES);
    const { end, events } = await live(world, new Set(), (n) => {
      if (n === at) makeAnew(world);
      return 4;
    });
    expect(end).toBe('halted');
    expect(events.at(-1)).toMatchObject({ kind: 'halted', reason: 'replay-differs' });
    expect(world.rows.every(({ offset }) => offset < at * 4)).toBe(true);
  }
});

test.each(['ledger', 'slice'])(
  'nor is one that was made anew during a block, at its %s',
  async (operation) => {
    for (let at = 0; at < 5; at++) {
      const world = new World(VALUES);
      let seen = 0;
      let ledgered = 0;
      world.fate = (name) => {
        if (name === operation && seen++ === at) {
          makeAnew(world);
          ledgered = world.ledgered.length;
        }
        return 'done';
      };
      const { end, events } = await live(world, new Set(), () => 4);
      expect(end).toBe('halted');
      expect(events.at(-1)).toMatchObject({ kind: 'halted', reason: 'replay-differs' });
      expect(world.ledgered.length - ledgered).toBeLessThanOrEqual(operation === 'ledger' ? 1 : 0);
    }
  },
);

test.each([0, 17])('a batch from elsewhere, of offset %i, is not believed', async (offset) => {
  for (let at = 0; at < 5; at++) {
    const world = new World(VALUES);
    const buried = new Set<string>();
    const { end } = await live(
      world,
      buried,
      () => 4,
      (n) => (n === at ? offset : null),
    );
    expect(end).toBe('caught-up');
    expectExactlyOnce(world, buried);
  }
});
