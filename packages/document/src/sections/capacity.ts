import type { Part } from '../cited/part.ts';
import { type Block, numbers, type Section, words } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { capacityPlot } from '../plots/capacity.ts';
import { name, type Prose, say } from '../prose.ts';

const STRETCHES = 10;

type Component = Part<Gathered['capacity']['told']['components'][number]>;

/** Load against capacity, and whether devices may be migrated. */
export function capacitySection(gathered: Gathered): Section {
  const { capacity } = gathered;
  const components = capacity.each((told) => told.components, 'component');
  return {
    id: 'capacity',
    title: 'Capacity and migrations',
    blocks: [
      ...(capacity.told.caution === null
        ? []
        : [
            {
              kind: 'paragraph' as const,
              tone: 'warning' as const,
              text: say`${name(capacity.told.caution)}`,
            },
          ]),
      {
        kind: 'table',
        caption: say`Each component in its tightest minute (for requests: hour), in its own unit`,
        head: [
          words(say`Component`),
          words(say`Unit`),
          numbers(say`Highest load`),
          words(say`At`),
          numbers(say`Capacity`),
          numbers(say`Left`),
          words(say`Reached at the present growth`),
        ],
        rows: components.map((one) => [
          say`${name(one.told.name)}`,
          one.told.unit === 'requests' ? say`requests an hour` : say`alerts a second`,
          one.told.peak === null ? say`–` : say`${one.cite(unitOf(one), ({ peak }) => peak!.load)}`,
          one.told.peak === null ? say`–` : say`${one.cite('moment', ({ peak }) => peak!.at)}`,
          say`${one.cite(unitOf(one), ({ capacity }) => capacity)}`,
          say`${one.cite('share', ({ headroom }) => headroom)}`,
          forecast(one),
        ]),
      },
      ...capacityPlot(gathered),
      ...gateBlocks(gathered),
    ],
  };
}

const unitOf = ({ told }: Component) => (told.unit === 'requests' ? 'requests an hour' : 'alerts a second');

function forecast({ told, cite }: Component): Prose {
  if (told.forecast === null) return say`can’t be told`;
  if (told.forecast.state === 'never') return say`not within ten years`;
  if (told.forecast.state === 'already') return say`already`;
  return say`on ${cite('day', (one) => one.forecast!.at)} (${told.forecast.low === null ? say`–` : cite('day', (one) => one.forecast!.low)} to ${told.forecast.high === null ? say`never` : cite('day', (one) => one.forecast!.high)})`;
}

function gateBlocks({ gate }: Gathered): Block[] {
  const stretches = gate.each((told) => told.stretches, 'from');
  const tight = stretches.filter(({ told }) => told.state !== 'go');
  const last = stretches.at(-1);
  if (last === undefined)
    return [
      {
        kind: 'paragraph',
        text: say`Of migrations nothing can be told: no alert came, or the registry gives no capacity.`,
      },
    ];
  return [
    {
      kind: 'paragraph',
      text: say`For migrations the gate stands at ${name(last.told.state)} at the end of the period: ${last.cite('words', ({ reason }) => reason)}.`,
    },
    ...(tight.length === 0
      ? []
      : [
          {
            kind: 'table',
            caption: say`When migrations called for caution, or had to stop`,
            head: [words(say`Since`), words(say`Until`), words(say`Gate`), words(say`Why`)],
            rows: tight
              .slice(-STRETCHES)
              .map(({ told, cite }) => [
                say`${cite('moment', ({ from }) => from)}`,
                say`${cite('moment', ({ to }) => to)}`,
                say`${name(told.state)}`,
                say`${cite('words', ({ reason }) => reason)}`,
              ]),
          } as const,
        ]),
  ];
}
