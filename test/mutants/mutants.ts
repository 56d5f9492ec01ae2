/** A fault put into the sources on purpose, and the suite that must turn red for it. */
export interface Mutant {
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Each stands exactly once in the file. */
  readonly edits: readonly (readonly [find: string, replace: string])[];
  readonly project: 'unit' | 'integration';
  readonly suite: string;
  /** Only the tests of the suite with this in their names. */
  readonly only?: string;
}

const delivery = (name: string, file: string, ...edits: [find: string, replace: string][]): Mutant => ({
  name,
  file: `packages/delivery/src/${file}`,
  edits,
  project: 'unit',
  suite: 'packages/delivery/src/',
});

const rules = (name: string, file: string, ...edits: [find: string, replace: string][]): Mutant => ({
  name,
  file: `packages/domain/src/classify/${file}`,
  edits,
  project: 'unit',
  suite: 'packages/domain/src/classify/',
});

const scenario = (name: string, file: string, ...edits: [find: string, replace: string][]): Mutant => ({
  name,
  file: `services/simulator/src/scenario/${file}`,
  edits,
  project: 'unit',
  suite: 'services/simulator/src/scenario/behaviour.test.ts',
});

const correction = (
  name: string,
  file: string,
  only: string,
  ...edits: [find: string, replace: string][]
): Mutant => ({
  name,
  file,
  edits,
  project: 'integration',
  suite: 'test/integration/corrections.test.ts',
  only,
});

const CORRECT = 'services/processor/src/corrections/correct.ts';
const CORRECTOR = 'services/processor/src/corrections/corrector.ts';
const STAGE = 'await stageCorrections(store, revision, corrections);';
const WRITE_WATERMARKS = 'await writeWatermarks(store, owner, through);';
const PUT_LEDGER =
  'await put(ledger, (token) => store.insertLedger(place, block, token), again, store, persistence);';

export const MUTANTS: readonly Mutant[] = [
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
  {
    name: 'the fresh set without its time bound',
    file: 'packages/clickhouse/migrations/013-versions.sql',
    edits: [
      ['    AND at < initialQueryStartTime()\n  GROUP BY bucket, version', '  GROUP BY bucket, version'],
    ],
    project: 'integration',
    suite: 'test/integration/views.test.ts',
    only: 'alert_volume',
  },
  {
    name: 'a build fresh whatever it holds',
    file: 'packages/clickhouse/migrations/013-versions.sql',
    edits: [[' AND build.source_rows = ledger.accepted', '']],
    project: 'integration',
    suite: 'test/integration/views.test.ts',
    only: 'alert_volume',
  },
  {
    name: 'a build fresh that was made before a correction',
    file: 'packages/clickhouse/migrations/013-versions.sql',
    edits: [[' AND build.revision = ledger.revision', '']],
    project: 'integration',
    suite: 'test/integration/views.test.ts',
    only: 'with corrections',
  },
  correction(
    'the watermark before the corrections',
    CORRECTOR,
    'before the insert into corrections',
    [WRITE_WATERMARKS, ''],
    ['const changes = { after, through };', `${WRITE_WATERMARKS} const changes = { after, through };`],
  ),
  correction(
    'a revision committed before its rows',
    CORRECT,
    'before the insert into corrections',
    [STAGE, ''],
    [
      'await commitRevision(store, revision, hours, owner);',
      `await commitRevision(store, revision, hours, owner); ${STAGE}`,
    ],
  ),
  correction(
    'a revision committed of an owner that was followed by another',
    'packages/clickhouse/src/corrections/write-revision.ts',
    'commits nothing that it compared',
    [') = 0`,', ') >= 0`,'],
  ),
  correction('rows compared before their corrections are seen', CORRECT, 'queries do not see yet', [
    'await revisionsAreVisible(store, range.from, range.to);',
    '',
  ]),
  correction('less known of new rows than of those compared', CORRECTOR, 'leaves no row as it was known', [
    'await feed.reach(watermark.through);',
    '',
  ]),
  correction(
    'the word of a former owner taken',
    'packages/clickhouse/src/corrections/watermarks.ts',
    'does not take the word',
    ['argMax(through, (claim, at))', 'argMax(through, at)'],
  ),
  {
    name: 'a day sealed though a bucket is stale',
    file: 'packages/clickhouse/src/sealing/seal.ts',
    edits: [['WHERE stale = 0 ORDER BY', 'WHERE toUInt128(version) != 0 ORDER BY']],
    project: 'integration',
    suite: 'test/integration/sealing.test.ts',
    only: 'seals no hour',
  },
  {
    name: 'a day dropped before all of it is sealed',
    file: 'packages/clickhouse/src/sealing/seal.ts',
    edits: [['WHERE sealed = buckets AND sealed_at', 'WHERE sealed_at']],
    project: 'integration',
    suite: 'test/integration/sealing.test.ts',
    only: 'drops no day',
  },
  {
    name: 'a correction committed whatever is sealed',
    file: 'packages/clickhouse/src/corrections/write-revision.ts',
    edits: [['WHERE hour >= (SELECT max(before) FROM sealed)', '']],
    project: 'integration',
    suite: 'test/integration/sealing.test.ts',
    only: 'lets nothing be corrected',
  },
  {
    name: 'a day sealed while plans from before are under way',
    file: 'packages/clickhouse/src/sealing/seal.ts',
    edits: [['Date.parse(day) < before)', 'before >= 0)']],
    project: 'integration',
    suite: 'test/integration/sealing.test.ts',
    only: 'no plan from before',
  },
  {
    name: 'a plan from before judged by what is sealed now',
    file: 'services/processor/src/prepare-block.ts',
    edits: [['rules.sealedBy(by.rules) ?? 0', 'options.sealed.before()']],
    project: 'unit',
    suite: 'services/processor/src/prepare-block.test.ts',
  },
  {
    name: 'settled while a block is on its way',
    file: 'packages/delivery/src/partition.ts',
    edits: [['return this.#arriving ?? true;', 'return true;']],
    project: 'unit',
    suite: 'packages/delivery/src/partition.test.ts',
  },
  {
    name: 'a clock believed however wrong it is',
    file: 'packages/domain/src/attribution.ts',
    edits: [
      ['!Number.isNaN(alert.raisedAt) && !isClockSuspect(alert, bounds)', '!Number.isNaN(alert.raisedAt)'],
    ],
    project: 'unit',
    suite: 'packages/domain/src/attribution.test.ts',
  },
  rules('a DCC User whatever the role', 'party-index.ts', ['holder.in.role === role &&', '']),
  rules('a DCC User beyond the end of the role', 'party-index.ts', ['within(holder.in.valid, at) &&', '']),
  rules('credentials of the network operator not looked at', 'responsible-party.ts', [
    'return byRecord(recorded, named, device.credentials);',
    "return byRecord(recorded, named, '');",
  ]),
  scenario('every network operator taken for a DCC User', 'addressees.ts', [
    "user ? '' : 'not-a-dcc-user',",
    "'',",
  ]),
  scenario('every day a Monday', 'streams.ts', ['week[calendar.weekday[hour]!]!', 'week[0]!']),
  scenario('hours of the day in UTC', 'calendar.ts', [
    'calendar.hourOfDay[hour] = clockHour(hour - midnight, next - midnight);',
    'calendar.hourOfDay[hour] = hour % 24;',
  ]),
  scenario('three times as many hubs deaf', 'unfold.ts', [
    'deaf(activated++) < firmware.deaf)',
    'deaf(activated++) < firmware.deaf * 3)',
  ]),
];
