import type { Section } from '../document.ts';
import type { Gathered } from '../gather.ts';
import { name, type Prose, say } from '../prose.ts';
import { leverProse } from './stoppable.ts';

const SHOWN = 12;

/** Who should do what: what saves alerts first, in order of how many. */
export function actionsSection(gathered: Gathered): Section {
  const saving = gathered.stoppable
    .each(({ parties }) => parties, 'party', 'lever')
    .filter(({ told }) => told.party !== '')
    .slice(0, SHOWN)
    .map(
      ({ told, cite }) =>
        say`${name(told.name)} can end ${cite('alerts a day', ({ aDay }) => aDay)} alerts a day ${leverProse(told.lever)}: ${name(told.codes.join(', '))}.`,
    );
  const items = [
    ...saving,
    ...deaf(gathered),
    ...blocked(gathered),
    ...networks(gathered),
    ...tight(gathered),
  ];
  return {
    id: 'actions',
    title: 'Who should do what',
    blocks: [
      items.length === 0
        ? { kind: 'paragraph', text: say`Nobody need act.` }
        : { kind: 'list', ordered: true, items },
    ],
  };
}

const deaf = ({ firmware }: Gathered): Prose[] =>
  firmware
    .filter(({ silent }) => silent.told.devices.length > 0)
    .map(
      ({ registered, silent }) =>
        say`Whoever brings on ${name(registered.told.name)} (${name(registered.told.actingParty)}) has ${silent.cite('devices', ({ devices }) => devices.length)} devices to bring back that fell silent, before it goes on.`,
    );

const blocked = ({ blocked: { told, cite } }: Gathered): Prose[] =>
  told.devices.length === 0
    ? []
    : [
        say`Suppliers and CSPs can ask again for the firmware of ${cite('devices', ({ devices }) => devices.length)} devices that it did not reach, after mending the HANs that kept it away; tocsin report blocked names them.`,
      ];

/** Alerts of networks that can't ask for anything are the DCC's to settle. */
function networks({ stoppable }: Gathered): Prose[] {
  const reason = stoppable
    .each(({ reasons }) => reasons, 'suppression', 'reason')
    .find(({ told }) => told.reason === 'not-a-dcc-user');
  if (!reason) return [];
  return [
    say`The DCC can seek a way for networks that are no DCC Users: ${reason.cite('alerts a day', ({ aDay }) => aDay)} alerts a day that nobody can stop now.`,
  ];
}

function tight({ gate, capacity }: Gathered): Prose[] {
  const last = gate.each(({ stretches }) => stretches, 'from').at(-1);
  if (!last || last.told.state === 'go') return [];
  const component = capacity
    .each(({ components }) => components, 'component')
    .find(({ told }) => told.name === last.told.tightest);
  const left = component
    ? say` (${component.cite('share', ({ headroom }) => headroom)} left in its tightest minute)`
    : say``;
  return [
    last.told.state === 'stop'
      ? say`The DCC should pause migrations; whoever runs ${name(last.told.tightest)} can raise what it takes${left}.`
      : say`The DCC should migrate no more than it does; whoever runs ${name(last.told.tightest)} can raise what it takes${left}.`,
  ];
}
