import type { Part } from '../cited/part.ts';
import { type Block, numbers, type Section, words } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { name, type Prose, say, sentences, TERMS } from '../prose.ts';
import { nameOfParty } from './parties.ts';

/** Devices that firmware made deaf, and those that it can't reach. */
export function devicesSection(gathered: Gathered): Section {
  return {
    id: 'devices',
    title: 'Deaf and blocked devices',
    blocks: [...deafBlocks(gathered), ...blockedBlocks(gathered), ...hanBlocks(gathered)],
  };
}

type Rate = Gathered['firmware'][number]['silent']['told']['rate']['activated'];

function deafBlocks({ firmware }: Gathered): Block[] {
  if (firmware.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: say`Devices that fell silent of every kind of alert after activating, of those whose silence could be told; ${TERMS.interval} of the share in brackets`,
      head: [
        words(say`Rollout`),
        numbers(say`Silent devices`),
        numbers(say`Of devices`),
        numbers(say`Share`),
        numbers(say`Share of those not activated`),
      ],
      rows: firmware.map(({ registered, silent }) => [
        say`${name(registered.told.name)}`,
        say`${silent.cite('devices', ({ rate }) => rate.activated.silent)}`,
        say`${silent.cite('devices', ({ rate }) => rate.activated.of)}`,
        rateProse(silent, ({ rate }) => rate.activated),
        silent.told.rate.control === null ? say`–` : rateProse(silent, ({ rate }) => rate.control!),
      ]),
    },
  ];
}

function rateProse<Told>({ told, cite }: Part<Told>, of: (told: Told) => Rate): Prose {
  if (of(told).share === null) return say`–`;
  return say`${cite('share', (one) => of(one).share)} (${cite('share', (one) => of(one).low)} to ${cite('share', (one) => of(one).high)})`;
}

function blockedBlocks(gathered: Gathered): Block[] {
  const { blocked } = gathered;
  const { told, cite } = blocked;
  const by = blocked.each((one) => one.by, 'dimension', 'value');
  const suppliers = by.filter((one) => one.told.dimension === 'supplier' && one.told.value !== '');
  const reasons = by.filter((one) => one.told.dimension === 'reason');
  const codes = name(told.codes.join(', '));
  return [
    {
      kind: 'paragraph',
      text: sentences(
        say`${cite('devices', ({ devices }) => devices.length)} devices failed to download or activate firmware and have not succeeded since.`,
        told.share === null
          ? null
          : say`They raised ${cite('alerts', ({ alerts }) => alerts.blocked)} of ${cite('alerts', ({ alerts }) => alerts.all)} alerts of ${codes} (${cite('share', ({ share }) => share)}), those that the HAN keeps from it ${cite('alerts', ({ alerts }) => alerts.han)}.`,
        told.saved === null
          ? say`What the firmware would end on them can’t be known from so few.`
          : say`With the firmware there would be ${cite('alerts a day', ({ saved }) => saved!.value)} alerts a day fewer (${cite('alerts a day', ({ saved }) => saved!.low)} to ${cite('alerts a day', ({ saved }) => saved!.high)}, ${TERMS.interval}).`,
      ),
    },
    ...(by.length === 0
      ? []
      : [
          {
            kind: 'table',
            caption: say`Devices that firmware can’t reach, by reason and by supplier`,
            head: [words(say`Reason or supplier`), numbers(say`Devices`), numbers(say`Because of the HAN`)],
            rows: [...reasons, ...suppliers].map((one) => [
              one.told.dimension === 'supplier'
                ? nameOfParty(gathered, one.told.value)
                : say`${name(one.told.value)}`,
              say`${one.cite('devices', ({ devices }) => devices)}`,
              say`${one.cite('devices', ({ han }) => han)}`,
            ]),
          } as const,
        ]),
  ];
}

function hanBlocks({ hans: { told, cite } }: Gathered): Block[] {
  if (told.all.share === null) return [];
  return [
    {
      kind: 'paragraph',
      text: say`${cite('HANs', ({ all }) => all.unstable)} HANs are unstable, ${cite('share', ({ all }) => all.share!.value)} of those of which it can be told (${cite('share', ({ all }) => all.share!.low)} to ${cite('share', ({ all }) => all.share!.high)}, ${TERMS.interval}). Service requests and tariff updates are not in this stream: a HAN that is stable by it may fail its users all the same.`,
    },
  ];
}
