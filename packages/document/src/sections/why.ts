import type { Part } from '../cited/part.ts';
import { type Block, numbers, type Section, words } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { effectsPlot } from '../plots/effects.ts';
import { listed, name, type Prose, say, sentences } from '../prose.ts';
import { nameOfParty } from './parties.ts';

const SPIKES = 4;
const OF_PARTIES = 8;

type Spike = Part<Gathered['risen']['told']['spikes'][number]>;
type Driver = Part<Spike['told']['drivers'][number]>;

/** What explains it: spikes with their drivers, firmware, codes switched off, installations. */
export function whySection(gathered: Gathered): Section {
  return {
    id: 'why',
    title: 'Why',
    blocks: [...spikeBlocks(gathered), ...firmwareBlocks(gathered), ...otherBlocks(gathered)],
  };
}

function spikeBlocks(gathered: Gathered): Block[] {
  const spikes = gathered.risen.each((told) => told.spikes, 'code', 'party', 'from');
  const overAll = spikes.filter(({ told }) => told.party === null).slice(0, SPIKES);
  const ofParties = spikes.filter(({ told }) => told.party !== null).slice(0, OF_PARTIES);
  return [
    { kind: 'heading', text: say`Spikes` },
    overAll.length === 0
      ? { kind: 'paragraph', text: say`No code rose above its usual over all parties.` }
      : { kind: 'list', items: overAll.map((one) => spikeSentence(gathered, one)) },
    ...(ofParties.length === 0
      ? []
      : [
          {
            kind: 'table',
            caption: say`Spikes of single parties, the greatest excess first`,
            head: [
              words(say`Code`),
              words(say`Party`),
              words(say`Since`),
              words(say`Until`),
              numbers(say`Alerts`),
              numbers(say`Above usual`),
            ],
            rows: ofParties.map(({ told, cite }) => [
              say`${name(told.code)}`,
              nameOfParty(gathered, told.party!),
              say`${cite('moment', ({ from }) => from)}`,
              say`${cite('moment', ({ to }) => to)}`,
              say`${cite('alerts', ({ alerts }) => alerts)}`,
              say`${cite('alerts', ({ above }) => above)}`,
            ]),
          } as const,
        ]),
  ];
}

function spikeSentence(gathered: Gathered, spike: Spike): Prose {
  const { told, cite } = spike;
  const drivers = spike.each((one) => one.drivers, 'dimension', 'value');
  const of = (dimension: string, most: number) =>
    drivers.filter((one) => one.told.dimension === dimension).slice(0, most);
  const explained = [
    ...of('party-kind', 1).map((one) =>
      driverProse(one, say`parties of the kind ${name(one.told.value || 'none')}`),
    ),
    ...of('party', 3).map((one) => driverProse(one, nameOfParty(gathered, one.told.value))),
    ...of('model', 2).map((one) => driverProse(one, say`model ${name(one.told.value || 'not known')}`)),
  ];
  return sentences(
    say`${name(told.code)} is above its usual since ${cite('moment', ({ from }) => from)} (until ${cite('moment', ({ to }) => to)}): ${cite('alerts', ({ alerts }) => alerts)} alerts where ${cite('alerts', ({ usual }) => usual)} are usual.`,
    explained.length === 0
      ? null
      : say`Of the increase of its first week: ${listed(explained)}; more than all of it where something else fell.`,
  );
}

const driverProse = (driver: Driver, of: Prose) => say`${of} ${driver.cite('share', ({ share }) => share)}`;

function firmwareBlocks({ firmware }: Gathered): Block[] {
  if (firmware.length === 0)
    return [
      {
        kind: 'paragraph',
        text: say`The registry has no firmware rollout that began before the end of the period.`,
      },
    ];
  return [
    { kind: 'heading', text: say`Firmware rollouts` },
    {
      kind: 'table',
      caption: say`Rollouts that began before the end of the period, and whom they have reached`,
      head: [
        words(say`Rollout`),
        words(say`Firmware`),
        words(say`Onto`),
        words(say`To end`),
        words(say`State`),
        numbers(say`Devices activated`),
        numbers(say`Of devices`),
      ],
      rows: firmware.map(({ registered: { told }, effect }) => {
        const last = effect.each(({ adoption }) => adoption, 'day').at(-1);
        return [
          say`${name(told.name)}`,
          say`${name(told.version)}`,
          say`${name(`${told.manufacturer} ${told.model}`)}`,
          say`${name(told.codes.join(', '))}`,
          say`${name([told.state, told.reason].filter(Boolean).join(': ') || 'not told')}`,
          last ? say`${last.cite('devices', ({ activated }) => activated)}` : say`–`,
          last ? say`${last.cite('devices', ({ devices }) => devices)}` : say`–`,
        ];
      }),
    },
    {
      kind: 'list',
      items: firmware.map(
        ({ registered: { told }, effect }) =>
          say`${name(told.name)}, as judged against devices that it had not reached: ${effect.cite('words', ({ reading }) => reading)}`,
      ),
    },
    ...effectsPlot(firmware),
  ];
}

function otherBlocks({ switched, changed }: Gathered): Block[] {
  const off = switched.filter(({ told }) => told.adoption.length > 0);
  const { told, cite } = changed;
  return [
    { kind: 'heading', text: say`What else there was` },
    {
      kind: 'list',
      items: [
        ...off.map(
          (one) =>
            say`${name(one.told.code)} switched off on meters: ${one.cite('words', ({ reading }) => reading)}`,
        ),
        say`Installations: ${cite('devices a day', ({ installed }) => installed.aDay)} devices a day, against ${cite('devices a day', ({ installed }) => installed.aDayBefore)} in the period before. A hub tells of each device that joins it, by ${name('8F12')}.`,
        ...(told.codes.some(({ code }) => code === '8F12') ? [] : []),
      ],
    },
  ];
}
