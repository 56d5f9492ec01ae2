import type { Mutant } from './mutant.ts';

const delivery = (name: string, file: string, ...edits: [find: string, replace: string][]): Mutant => ({
  name,
  file: `packages/delivery/src/${file}`,
  edits,
  project: 'unit',
  suite: 'packages/delivery/src/',
});

const PUT_LEDGER =
  'await put(ledger, (token) => store.insertLedger(place, block, token), again, store, persistence);';

/** Exactly once: the protocol's steps and their order. */
export const DELIVERY: readonly Mutant[] = [
  delivery('no token', 'put.ts', [
    'await insert(token(parcel.place, parcel.bounds, parcel.part, attempt));',
    'await insert(String(Math.random()));',
  ]),
  delivery('no counting before a retry', 'put.ts', [
    'if (!again && tries === 0) return insertOnce();',
    'return insertOnce();',
  ]),
  delivery('no counting after a retry', 'put.ts', [
    '      await insertOnce();\n    }',
    '      return insertOnce();\n    }',
  ]),
  delivery('a poisoned token kept', 'put.ts', ["if (verdict === 'insert-anew') attempt++;", '']),
  delivery(
    'the ledger after the insert',
    'deliver.ts',
    [PUT_LEDGER, ''],
    ["reached('inserted');", `${PUT_LEDGER} reached('inserted');`],
  ),
  delivery('no plan', 'deliver.ts', ['if (!again) await lease.commit(plan.first, encodePlan(plan));', '']),
  delivery(
    'the commit before the rows',
    'deliver.ts',
    ["await lease.commit(plan.last + 1, '');", ''],
    ["reached('ledgered');", "reached('ledgered'); await lease.commit(plan.last + 1, '');"],
  ),
  delivery('the commit taken for the position', 'resume.ts', [
    'const position = last ? last.last + 1 :',
    'const position = committed.offset !== null ? committed.offset :',
  ]),
  delivery('unfinished blocks left as they are', 'resume.ts', [
    'const unfinished = ledgeredBeyond(committed.offset, ledger, position);',
    'const unfinished: Plan[] = [];',
  ]),
  delivery('a plan that stands forgotten', 'resume.ts', [
    'const standing = standingPlan(committed.plan, ledger, position);',
    'const standing = null as Plan | null;',
  ]),
  delivery('a log that ends before the ledger gone on with', 'resume.ts', [
    'if (log.latest < position) {',
    'if (log.latest < 0) {',
  ]),
  delivery('records that are gone passed over', 'resume.ts', [
    'if (log.earliest > position) {',
    'if (log.earliest < 0) {',
  ]),
  delivery('a replay not held against its plan', 'partition.ts', [
    'if (block.plan.checksum !== plan.checksum) {',
    'if (false) {',
  ]),
  delivery('a commit that vanished between batches not missed', 'partition.ts', [
    'return stands ? cursor : this.#resume(lease);',
    'return cursor;',
  ]),
  delivery('a commit that vanished during a block not missed', 'deliver.ts', [
    'if (!(await stillCommitted(place, again ? committed : plan.first, lease, ports))) return false;',
    '',
  ]),
  delivery('a partition started that was lost', 'partition.ts', [
    "lease.check();\n    await persist(place, 'start'",
    "await persist(place, 'start'",
  ]),
  delivery('a batch believed wherever it starts', 'partition.ts', [
    'if (cursor?.next !== fetchedOffset) return this.#resume(lease);',
    'if (!cursor) return this.#resume(lease); cursor.next = fetchedOffset;',
  ]),
  {
    name: 'settled while a block is on its way',
    file: 'packages/delivery/src/partition.ts',
    edits: [['return this.#arriving ?? true;', 'return true;']],
    project: 'unit',
    suite: 'packages/delivery/src/partition.test.ts',
  },
  {
    name: 'the plan through the wrong commit call',
    file: 'packages/kafka/src/consume.ts',
    edits: [
      [
        'leaseBatch(payload,',
        `leaseBatch({ ...payload, commitOffsetsIfNecessary: (offsets) => from.commitOffsets(offsets!.topics.flatMap(
          ({ topic, partitions }) => partitions.map((one) => ({ topic, ...one })))) },`,
      ],
    ],
    project: 'integration',
    suite: 'test/integration/lease.test.ts',
    only: 'while the consumer stops',
  },
];
