import { readPublished, readSince, type Since, type Store } from '@tocsin/clickhouse';
import { askerOf, citationOf, compare, type Difference, type Numbered, shown } from '@tocsin/document';
import { CliError } from '../errors.ts';
import { progressBar } from '../progress-bar.ts';

/** What became of a published document since. Times are ISO 8601. */
export interface Diff {
  readonly name: string;
  readonly revision: number;
  readonly publishedAt: string;
  readonly publishedBy: string;
  readonly numbers: number;
  readonly differences: readonly Difference[];
  /** What came since, of the period, and of all time before it, which baselines and rollouts look back to. */
  readonly since: { readonly ofPeriod: Since; readonly before: Since };
}

/** @throws CliError where nothing was published by that name */
export async function diff(store: Store, name: string, revision: number | null): Promise<Diff> {
  const published = await readPublished<readonly Numbered[]>(store, name, revision);
  if (published === null)
    throw new CliError(
      `nothing was published as ${name}${revision === null ? '' : `, revision ${revision}`}`,
    );
  const { begins, ends, numbers, dataVersion } = published;
  const bar = progressBar({ unit: 'questions' });
  let of = Number.POSITIVE_INFINITY;
  const asker = askerOf(store, (answered) => bar.show(answered, of));
  try {
    const differences = await compare(asker, numbers, (questions) => {
      of = questions;
    });
    return {
      ...{
        name,
        revision: published.revision,
        publishedBy: published.by,
        numbers: numbers.length,
        differences,
      },
      publishedAt: new Date(published.at).toISOString(),
      since: {
        ofPeriod: await readSince(store, dataVersion, begins, ends),
        before: await readSince(store, dataVersion, 0, begins),
      },
    };
  } finally {
    bar.end();
  }
}

/** For a person at a terminal. */
export function showDiff({
  name,
  revision,
  publishedAt,
  publishedBy,
  numbers,
  differences,
  since,
}: Diff): string {
  const causes = causesOf(since);
  return [
    `${name}, revision ${revision}, published ${publishedAt} by ${publishedBy}: ${differences.length} of ${numbers} numbers differ now.`,
    ...differences.map(lineOf),
    ...(causes.length > 0 ? ['', 'Since then:', ...causes.map((cause) => `- ${cause}`)] : []),
    ...(differences.length > 0 && causes.length === 0
      ? ['', 'Nothing of what they are made of has changed: the questions themselves must have.']
      : []),
    ...(differences.length === 0
      ? ['The document stands.']
      : [`Publish it again to have a new revision: tocsin report opsg --publish.`]),
    '',
  ].join('\n');
}

function lineOf({ was, now, gone, by }: Difference): string {
  const [before, after] = [shown(was), gone ? 'no longer told' : shown({ value: now, unit: was.unit })];
  // Rounded to the same: the exact values tell them apart.
  const texts = before === after ? [String(was.value), String(now)] : [before, after];
  const more = by === null ? '' : ` (${by > 0 ? '+' : ''}${Number(by.toPrecision(4))})`;
  return `${was.id.padEnd(5)} ${texts.join(' → ')}${more} ${was.unit}: ${citationOf(was.query)}`;
}

function causesOf({ ofPeriod, before }: Diff['since']): string[] {
  const amounts = (of: (since: Since) => number, what: string): string[] => {
    const [inPeriod, earlier] = [of(ofPeriod), of(before)];
    return inPeriod + earlier === 0
      ? []
      : [`${what}: ${inPeriod} of the period${earlier > 0 ? `, ${earlier} from before it` : ''}`];
  };
  return [
    ...amounts(({ laterMessages }) => laterMessages, 'messages that came later'),
    ...(ofPeriod.redriven > 0
      ? [
          `dead letters put back into Kafka: ${ofPeriod.redriven}, among the later messages as far as they were of that time`,
        ]
      : []),
    ...amounts(
      ({ corrected }) => corrected,
      'messages corrected, by late inventory or by tocsin reattribute',
    ),
    ...amounts(({ inventoryEvents }) => inventoryEvents, 'events of the inventory that came later'),
    ...ofPeriod.registries.map(
      ({ kind, added, removed }) => `registry of ${kind}: ${added} rows are new, ${removed} are gone`,
    ),
    ...(ofPeriod.schema === null
      ? []
      : [`the schema is that of ${ofPeriod.schema}: questions may be asked otherwise`]),
  ];
}
