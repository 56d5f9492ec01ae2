import type { Told } from '../../ask/questions.ts';
import { signed } from '../../parts/amounts.ts';
import { Card } from '../../parts/card.tsx';
import { Table } from '../../parts/table.tsx';

type Rollout = Told['rollout'];
interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}
interface Check {
  readonly code: string;
  readonly what: string;
  readonly told: Interval;
  readonly means: string;
}

/** What speaks for and against the effect: the same estimate where it must come out otherwise, or the same. */
export function Checks({ effects, others, by }: Pick<Rollout, 'effects' | 'others' | 'by'>) {
  const checks = [...effects.flatMap(ofEffect), ...others.flatMap(ofOthers), ...by.flatMap(within)];
  if (checks.length === 0) return null;
  return (
    <Card
      title="Can it be believed?"
      about="Alerts a day that the firmware adds per device, estimated in other ways; 95% interval"
      wide
    >
      <Table
        caption="Checks of the effect"
        columns={[
          { name: 'Code', cell: ({ code }) => <b>{code}</b> },
          { name: 'What', cell: ({ what }) => what },
          { name: 'Estimate', number: true, cell: ({ told }) => signed(told.value) },
          {
            name: '95% interval',
            number: true,
            cell: ({ told }) => `${signed(told.low)} to ${signed(told.high)}`,
          },
          { name: 'What it says', cell: ({ means }) => means },
        ]}
        rows={checks}
        keyOf={({ code, what }) => `${code} ${what}`}
      />
    </Card>
  );
}

function ofEffect({ code, scope, ...one }: Rollout['effects'][number]): Check[] {
  const told = intervalOf(one);
  if (scope !== 'device' || told === null) return [];
  const { placebo, beforeAfter, withoutSilent } = one;
  const apart = placebo !== null && (placebo.low > 0 || placebo.high < 0);
  return [
    { code, what: 'as told above', told, means: 'against devices that had not taken it' },
    ...(placebo === null
      ? []
      : [
          {
            ...{ code, what: 'the fortnight before (placebo)', told: placebo },
            means: apart
              ? 'not about none: its devices and the others went different ways before already'
              : 'about none, as it should be: nothing can have happened yet',
          },
        ]),
    ...(withoutSilent === null
      ? []
      : [
          {
            ...{ code, what: 'without devices that fell silent', told: withoutSilent },
            means: 'how much of it is no silence',
          },
        ]),
    ...(beforeAfter === null
      ? []
      : [
          {
            ...{ code, what: 'before and after alone', told: beforeAfter },
            means: 'misleads where everything else changes too: not to be quoted',
          },
        ]),
  ];
}

function ofOthers({ scope, ...one }: Rollout['others'][number]): Check[] {
  const told = intervalOf(one);
  if (scope !== 'device' || told === null) return [];
  const means =
    told.high < 0 ? 'these fell too: look for silence' : 'these did not fall: it is no mere silence';
  return [{ code: 'all others', what: 'all other codes together', told, means }];
}

const WITHIN: Readonly<Record<Rollout['by'][number]['dimension'], string>> = {
  region: 'devices of this region against others there',
  supplier: 'devices where it supplies electricity against others where it does',
  model: 'devices of this model against others of it',
};

function within({ dimension, value, effect }: Rollout['by'][number]): Check[] {
  const told = intervalOf(effect);
  return told === null
    ? []
    : [{ code: effect.code, what: `${dimension} ${value}`, told, means: WITHIN[dimension] }];
}

const intervalOf = ({
  estimate,
  low,
  high,
}: Pick<Rollout['effects'][number], 'estimate' | 'low' | 'high'>) =>
  estimate === null || low === null || high === null ? null : { value: estimate, low, high };
