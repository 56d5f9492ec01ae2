import type { Mutant } from './mutant.ts';

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

/** What all views choose the version of a bucket by. */
const VERSIONS = 'packages/clickhouse/migrations/fragments/versions.sql';
const CORRECT = 'services/processor/src/corrections/correct.ts';
const CORRECTOR = 'services/processor/src/corrections/corrector.ts';
const STAGE = 'await stageCorrections(store, revision, corrections);';
const WRITE_WATERMARKS = 'await writeWatermarks(store, owner, through);';
/** That answers stay whole: fresh builds, corrections, sealing. */
export const ANSWERS: readonly Mutant[] = [
  {
    name: 'the fresh set without its time bound',
    file: VERSIONS,
    edits: [
      ['    AND at < initialQueryStartTime()\n  GROUP BY bucket, version', '  GROUP BY bucket, version'],
    ],
    project: 'integration',
    suite: 'test/integration/views.test.ts',
    only: 'alert_volume',
  },
  {
    name: 'a build fresh whatever it holds',
    file: VERSIONS,
    edits: [[' AND build.source_rows = ledger.accepted', '']],
    project: 'integration',
    suite: 'test/integration/views.test.ts',
    only: 'alert_volume',
  },
  {
    name: 'a build fresh that was made before a correction',
    file: VERSIONS,
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
    edits: [['hour >= (SELECT max(before) FROM sealed)', 'true']],
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
];
