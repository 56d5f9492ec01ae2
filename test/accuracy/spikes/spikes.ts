import { ALL, QUESTIONS } from '@tocsin/answers';
import { addDays, type Day, startOf } from '@tocsin/domain';
import { HOUR } from '../../support/store-feed.ts';
import { drawOf } from '../draw.ts';
import type { Trial } from '../trial.ts';
import { drawGap, drawSpikes, type Span, type Spike } from './events.ts';
import { type Found, rowsOf } from './measure.ts';
import { drawCells } from './network.ts';
import { SUMMER, simulate } from './simulate.ts';

const HISTORY = 43;
const PERIOD = 28;
const MONTH = 30;
/** When what is told is looked at, in hours from the beginning of a spike on. */
const LOOKS = [1, 2, 4, 8, 12, 24, 48, 72, 168];

interface Told {
  code: string;
  party: string | null;
  from: string;
  to: string;
  drivers: { dimension: string; value: string }[];
}

const question = QUESTIONS.find(({ name }) => name === 'spikes')!;

/** Of a network, four weeks, with a history of six: of some seeds clocks change in either. */
export const spikes: Trial<Found> = {
  name: 'spikes',
  together: 1,
  ciSeeds: 6,
  async run(store, [seed]) {
    const draw = drawOf(seed!, 'spikes');
    const first = firstDay(draw.below(4), draw.below(14));
    const begins = startOf(addDays(first, -HISTORY)) / 1000;
    const hourOf = (day: Day) => (startOf(day) / 1000 - begins) / HOUR;
    const period = { from: hourOf(first), to: hourOf(addDays(first, PERIOD)) };
    const cells = drawCells(draw);
    const gap = drawGap(draw, { from: period.from - 21 * 24, to: period.to - 72 }, [
      'North',
      'Central',
      'South',
    ]);
    const drawn = drawSpikes(draw, cells, period, gap);
    await simulate(store, draw, { begins, hours: period.to, cells, spikes: drawn, gap });

    const ask = async (to: number) => {
      const moment = (hour: number) => new Date((begins + hour * HOUR) * 1000).toISOString();
      const asked = question.asked.parse({ from: moment(period.from), to: moment(to) });
      const { spikes } = (await question.answer(store, asked, ALL)) as { spikes: Told[] };
      const hour = (at: string) => (Date.parse(at) / 1000 - begins) / HOUR;
      return spikes.map((one) => ({ ...one, span: { from: hour(one.from), to: hour(one.to) } }));
    };
    const told = await ask(period.to);
    const found: Found['spikes'][number][] = [];
    for (const spike of drawn) {
      const [greatest] = told.filter((one) => isOf(spike, one));
      found.push({
        size: spike.size,
        delay: await delayOf(spike, period, ask),
        driver: greatest ? names(greatest, spike) : null,
      });
    }
    const alarms = told.filter((one) => !drawn.some((spike) => isOf(spike, one)));
    const within = (spans: readonly Span[]) =>
      spans.length === 0
        ? null
        : alarms.filter(({ span }) => spans.some((one) => overlaps(span, one))).length;
    const changes = [SUMMER.begins, SUMMER.ends]
      .map((at) => (at - begins) / HOUR)
      .filter((hour) => hour >= period.from && hour < period.to);
    return [
      {
        spikes: found,
        falseAlarms: (alarms.length * MONTH) / PERIOD,
        clocks: within(changes.map((hour) => ({ from: hour - 24, to: hour + 24 }))),
        gap: within(gap && gap.to + 24 > period.from ? [{ from: gap.from, to: gap.to + 24 }] : []),
      },
    ];
  },
  rows: rowsOf,
};

/** The period's: with the clocks changed in it, in its history, or in neither. */
function firstDay(kind: number, days: number): Day {
  const from = ['2020-03-08', '2020-04-05', '2020-10-04', '2020-06-10'][kind]!;
  return addDays(from, days);
}

const overlaps = (one: Span, other: Span) => one.from < other.to && other.from < one.to;

/** Whether what is told is of the spike: its code, over all or of a party that it is about, and in its time. */
const isOf = (spike: Spike, { code, party, span }: Pick<Told, 'code' | 'party'> & { span: Span }) =>
  code === spike.code && (party === null || spike.parties.includes(party)) && overlaps(span, spike);

/** A party's own spike names it. */
function names({ party, drivers: [first] }: Told, { cause, parties }: Spike): boolean {
  if (party !== null && cause.dimension.startsWith('party')) return parties.includes(party);
  return first?.dimension === cause.dimension && first.value === cause.value;
}

/** Hours from a spike's beginning until it is told; null where it never is. */
async function delayOf(
  spike: Spike,
  period: Span,
  ask: (to: number) => Promise<(Told & { span: Span })[]>,
): Promise<number | null> {
  for (const look of LOOKS) {
    const to = spike.from + look;
    if (to > period.to) return null;
    if ((await ask(to)).some((one) => isOf(spike, one))) return look;
  }
  return null;
}
