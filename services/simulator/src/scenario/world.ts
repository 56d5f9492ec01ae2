import { addDays, startOf } from '@tocsin/domain';
import { createRandom } from '../feed/random.ts';
import { between } from './chance.ts';
import { evenly, partOf } from './even.ts';
import { installationDays } from './installations.ts';
import type { Scenario } from './schema.ts';
import { KINDS, type Kind } from './schema-fields.ts';

export const NONE = 255;
/** The network operator's credentials on a meter. */
export const FAULT = { none: 0, another: 1, missing: 2 } as const;
/** Seconds after the hub at which a home's devices are there. */
const ARRIVES: Readonly<Record<Kind, number>> = { CHF: 0, GPF: 60, ESME: 600, GSME: 1200 };
const DAY = 86_400;

/** What became of a firmware on each home's device. */
interface Taken {
  /** Epoch seconds of activation or failure, 0 where it was not tried. */
  readonly at: Int32Array;
  /** 0: activated; else one more than the index of the reason of failure. */
  readonly failed: Uint8Array;
}

/** All homes, one entry each: indexes are those of the scenario's lists, times are epoch seconds, 0 for never. */
export interface World {
  readonly scenario: Scenario;
  readonly homes: number;
  readonly region: Uint8Array;
  readonly hubModel: Uint8Array;
  readonly meterModel: Uint8Array;
  /** NONE without a gas meter. */
  readonly gasModel: Uint8Array;
  readonly supplier: Uint8Array;
  readonly gasSupplier: Uint8Array;
  readonly operator: Uint8Array;
  readonly transporter: Uint8Array;
  readonly operatorFault: Uint8Array;
  /** Whom a meter with another's credentials addresses. */
  readonly otherOperator: Uint8Array;
  /** 0: SMETS2, else one more than the cohort's index. */
  readonly smets1: Uint8Array;
  readonly unstable: Uint8Array;
  /** One more than the index in `suppressed`, 0 for none. */
  readonly suppressed: Uint8Array;
  readonly breaking: Uint8Array;
  /** A bit for each kind whose clock is wrong. */
  readonly wrongClock: Uint8Array;
  readonly installedAt: Int32Array;
  readonly nextSupplier: Uint8Array;
  readonly supplierAt: Int32Array;
  readonly deafAt: Int32Array;
  readonly taken: Taken[];
  readonly helpedAt: Int32Array[];
}

export const kindNumber = (kind: Kind): number => KINDS.indexOf(kind);
export const installedAt = (world: World, home: number, kind: number): number =>
  world.installedAt[home]! + ARRIVES[KINDS[kind]!];
export const hasGas = ({ gasModel }: World, home: number): boolean => gasModel[home] !== NONE;
export const supplierOf = (
  { supplier, nextSupplier, supplierAt }: World,
  home: number,
  at: number,
): number => (supplierAt[home] !== 0 && at >= supplierAt[home]! ? nextSupplier[home]! : supplier[home]!);

/**
 * The homes at a scale, all that doesn't change first; firmware and efforts are added later, by `unfold`.
 * @param beyond days after the calendar's last whose installations are there as well
 */
export function createWorld(scenario: Scenario, scale: number, seed: number, beyond: number): World {
  const { calendar, models, parties, regions } = scenario;
  const installs = installationDays(scenario, scale, beyond);
  const late = installs.reduce((sum, { day, homes }) => sum + (day > calendar.last ? homes : 0), 0);
  const homes = Math.max(1, Math.round(scenario.hubs / scale)) + late;
  const bytes = () => new Uint8Array(homes);
  const world: World = {
    scenario,
    homes,
    region: bytes(),
    hubModel: bytes(),
    meterModel: bytes(),
    gasModel: bytes(),
    supplier: bytes(),
    gasSupplier: bytes(),
    operator: bytes(),
    transporter: bytes(),
    operatorFault: bytes(),
    otherOperator: bytes(),
    smets1: bytes(),
    unstable: bytes(),
    suppressed: bytes(),
    breaking: bytes(),
    wrongClock: bytes(),
    installedAt: new Int32Array(homes),
    nextSupplier: bytes(),
    supplierAt: new Int32Array(homes),
    deafAt: new Int32Array(homes),
    taken: [],
    helpedAt: [],
  };
  const axis = (() => {
    let next = 0;
    return () => evenly(next++, seed);
  })();
  const [place, hub, gas, gasModel, meter, supplier, gasSupplier, operator, transporter, fault, smets] = [
    axis(),
    axis(),
    axis(),
    axis(),
    axis(),
    axis(),
    axis(),
    axis(),
    axis(),
    axis(),
    axis(),
  ] as const;
  const [unstable, quiet, breaking, change] = [axis(), axis(), axis(), axis()] as const;
  const areas = Object.entries(regions).map(([, share]) => ({ share }));
  const hubsOf = Object.keys(regions).map((name) =>
    models.hub.map((one) => ({ share: one.regions.some((region) => region === name) ? one.share : 0 })),
  );
  const wrong = scenario['wrong-credentials'];
  const random = createRandom(seed);
  const [changeFrom, changeTo] = [
    startOf(scenario['supplier-changes'].from) / 1000,
    startOf(addDays(scenario['supplier-changes'].to, 1)) / 1000,
  ];
  for (let i = 0; i < homes; i++) {
    world.region[i] = partOf(areas, place(i));
    world.hubModel[i] = partOf(hubsOf[world.region[i]!]!, hub(i));
    world.gasModel[i] = gas(i) < scenario.gas ? partOf(models.GSME, gasModel(i)) : NONE;
    world.meterModel[i] = partOf(models.ESME, meter(i));
    world.supplier[i] = partOf(parties.suppliers, supplier(i));
    world.gasSupplier[i] = partOf(parties.suppliers, gasSupplier(i));
    world.operator[i] = partOf(parties.operators, operator(i));
    world.transporter[i] = partOf(parties.transporters, transporter(i));
    const faulty = fault(i);
    world.operatorFault[i] =
      faulty < wrong.another
        ? FAULT.another
        : faulty < wrong.another + wrong.missing
          ? FAULT.missing
          : FAULT.none;
    world.otherOperator[i] = another(world.operator[i]!, parties.operators.length, random.below(1 << 20));
    const old = smets(i);
    const cohorts = scenario.smets1.cohorts.length;
    if (old < scenario.smets1.share)
      world.smets1[i] = 1 + Math.floor((old / scenario.smets1.share) * cohorts);
    const model = models.ESME[world.meterModel[i]!]!.model;
    const weak = scenario['unstable-han'].find((one) => one.models.includes(model));
    if (weak && unstable(i) < weak.share) world.unstable[i] = 1;
    quieten(world, i, quiet(i), breaking(i));
    for (let kind = 0; kind < KINDS.length; kind++) {
      if (random.chance(scenario.arrival['wrong-clocks'].share)) world.wrongClock[i]! |= 1 << kind;
    }
    if (change(i) < scenario['supplier-changes'].share) {
      world.nextSupplier[i] = another(world.supplier[i]!, parties.suppliers.length, random.below(1 << 20));
      world.supplierAt[i] = Math.floor(between(random, changeFrom, changeTo));
    }
  }
  install(world, installs, seed);
  return world;
}

function quieten(world: World, home: number, at: number, breaks: number): void {
  const index = partOf([...world.scenario.suppressed, { share: 1 }], at);
  const found = world.scenario.suppressed[index];
  if (!found) return;
  world.suppressed[home] = index + 1;
  if (breaks < found.breaking) world.breaking[home] = 1;
}

/** The first homes are old ones, the last are those that are installed while the scenario goes. */
function install(world: World, installs: ReturnType<typeof installationDays>, seed: number): void {
  const random = createRandom(seed + 7);
  const fresh = installs.reduce((sum, { homes }) => sum + homes, 0);
  const begin = startOf(world.scenario.calendar.first) / 1000;
  let home = 0;
  for (; home < world.homes - fresh; home++)
    world.installedAt[home] = Math.floor(between(random, begin - 450 * DAY, begin - DAY));
  for (const { day, homes } of installs) {
    const midnight = startOf(day) / 1000;
    for (let i = 0; i < homes && home < world.homes; i++, home++)
      world.installedAt[home] = midnight + Math.floor(between(random, 8 * 3600, 18 * 3600));
  }
  for (let i = 0; i < world.homes; i++)
    if (world.supplierAt[i]! < world.installedAt[i]! + 30 * DAY) world.supplierAt[i] = 0;
}

const another = (one: number, of: number, draw: number) => (one + 1 + (draw % (of - 1))) % of;
