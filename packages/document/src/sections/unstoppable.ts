import { type Block, numbers, type Section, words } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { listed, name, type Prose, say } from '../prose.ts';
import { nameOfRole } from './parties.ts';

const PARTIES = 10;

const REASONS: Readonly<Record<string, Prose>> = {
  'not-a-dcc-user': say`the network is no DCC User: it can’t send Service Requests, and the DCC has no relationship with it`,
  'credential-mismatch': say`the device has another network’s credentials than the one that is recorded`,
  'no-party': say`there is no party to ask`,
  'role-not-eligible': say`its role may not configure alerts`,
  code: say`the code can’t be switched off on any device`,
  'device-kind': say`devices of this kind have no alert configuration`,
  safety: say`it is about safety, and never to be suppressed`,
  'unknown-device': say`the device is not known yet`,
  'unknown-code': say`the code is in no catalogue`,
};

/** In plain words why something can't be stopped. */
const reasonProse = (reason: string): Prose => REASONS[reason] ?? say`${name(reason)}`;

/** What can't be stopped, and why. */
export function unstoppableSection(gathered: Gathered): Section {
  const { stoppable } = gathered;
  return {
    id: 'unstoppable',
    title: 'What can’t be stopped, and why',
    blocks: [
      ...spikeBlocks(gathered),
      {
        kind: 'table',
        caption: say`What nobody can stop now, and why`,
        head: [
          words(say`Reason`),
          words(say`Codes, the most first`),
          numbers(say`Alerts a day`),
          numbers(say`Of all alerts`),
        ],
        rows: stoppable
          .each(({ reasons }) => reasons, 'suppression', 'reason')
          .map(({ told, cite }) => [
            reasonProse(told.reason),
            say`${name(told.codes.slice(0, 6).join(', '))}`,
            say`${cite('alerts a day', ({ aDay }) => aDay)}`,
            say`${cite('share', ({ share }) => share)}`,
          ]),
      },
      {
        kind: 'table',
        caption: say`Whose alerts could be switched off, but not by whoever is responsible`,
        head: [
          words(say`Party`),
          words(say`Kind`),
          words(say`Why not`),
          numbers(say`Alerts a day`),
          numbers(say`Of these`),
        ],
        rows: stoppable
          .each(({ responsible }) => responsible, 'party', 'reason')
          .slice(0, PARTIES)
          .map(({ told, cite }) => [
            say`${name(told.name || 'no party')}`,
            nameOfRole(told.role),
            reasonProse(told.reason),
            say`${cite('alerts a day', ({ aDay }) => aDay)}`,
            say`${cite('share', ({ share }) => share)}`,
          ]),
      },
      ...safetyBlocks(gathered),
    ],
  };
}

/** Of what spiked: since then. */
function spikeBlocks({ ofSpike, risen }: Gathered): Block[] {
  const spike = risen
    .each(({ spikes }) => spikes, 'code', 'party', 'from')
    .find(({ told }) => told.party === null);
  if (!ofSpike || !spike) return [];
  const { cite } = ofSpike;
  const why = ofSpike
    .each(({ reasons }) => reasons, 'suppression', 'reason')
    .filter(({ told }) => told.suppression === 'unstoppable')
    .map((one) => say`${reasonProse(one.told.reason)} (${one.cite('share', ({ share }) => share)})`);
  return [
    {
      kind: 'paragraph',
      text: say`Since ${spike.cite('moment', ({ from }) => from)}, when ${listed(ofSpike.told.codes.map(({ code }) => name(code)))} rose, ${cite('share', ({ all }) => all.unstoppable.share)} of these alerts could not be switched off by whoever is responsible: ${cite('alerts a day', ({ all }) => all.unstoppable.aDay)} of ${cite('alerts a day', ({ all }) => all.aDay)} a day.`,
    },
    ...(why.length === 0
      ? []
      : [
          {
            kind: 'paragraph',
            text: say`What no firmware ends either, by reason, of all of these alerts: ${listed(why)}.`,
          } as const,
        ]),
  ];
}

function safetyBlocks({ stoppable }: Gathered): Block[] {
  const safety = stoppable.each(({ codes }) => codes, 'code').filter(({ told }) => told.safety);
  return [
    {
      kind: 'paragraph',
      text:
        safety.length === 0
          ? say`No alert of a safety code came.`
          : say`Safety codes are never to be suppressed, and whoever supplies the device has to act on each: ${listed(
              safety.map(
                ({ told, cite }) =>
                  say`${name(told.code)} ${cite('alerts', ({ alerts }) => alerts)} alerts (${name(told.meaning)})`,
              ),
            )}`,
    },
  ];
}
