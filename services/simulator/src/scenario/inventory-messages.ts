import { formatEui64, type InventoryMessage } from '@tocsin/domain';
import { deviceIds } from './device-id.ts';
import type { Message } from './raise.ts';
import { KINDS } from './schema-fields.ts';
import { failureReason } from './unfold.ts';
import { FAULT, installedAt, kindNumber, NONE, type World } from './world.ts';

const HUB = kindNumber('CHF');
const GAS = kindNumber('GSME');
/** Before its activation a firmware has been downloaded for about a day. */
const DOWNLOADED = 86_400;

/** What the inventory tells of a home. `put` is called once a message, with the time of telling `at`, ms. */
export interface InventoryMessages {
  installed(home: number, at: number, put: (one: Message) => void): void;
  /** Kinds of device settings that were there before the scenario. */
  suppressed(home: number, at: number, put: (one: Message) => void): void;
  downloaded(home: number, firmware: number, at: number, put: (one: Message) => void): void;
  taken(home: number, firmware: number, at: number, put: (one: Message) => void): void;
  helped(home: number, effort: number, at: number, put: (one: Message) => void): void;
  supplierChanged(home: number, at: number, put: (one: Message) => void): void;
}

export const effectiveAt = {
  downloaded: (world: World, home: number, firmware: number) => world.taken[firmware]!.at[home]! - DOWNLOADED,
};

export function createInventoryMessages(world: World, seed: number): InventoryMessages {
  const { scenario } = world;
  const { parties, models, regions, firmware, efforts, suppressed } = scenario;
  const areas = Object.keys(regions) as ('North' | 'Central' | 'South')[];
  const identify = deviceIds(seed);
  const id = { hi: 0, lo: 0 };
  const deviceOf = (home: number, kind: number) => {
    identify(home, kind, id);
    return formatEui64(id);
  };
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

  function message(device: string, at: number, event: InventoryMessage): Message {
    return { key: device, value: Buffer.from(JSON.stringify(event)), timestamp: at };
  }

  function attributes(home: number, kind: number) {
    const region = areas[world.region[home]!]!;
    const hub = models.hub[world.hubModel[home]!]!;
    const cohort = world.smets1[home]!;
    const common = {
      smets: cohort === 0 ? ('SMETS2' as const) : ('SMETS1' as const),
      ...(cohort > 0 && { cohort: scenario.smets1.cohorts[cohort - 1]! }),
      region,
      hubRelease: hub.release,
    };
    const supplier = parties.suppliers[world.supplier[home]!]!.id;
    const gasSupplier =
      world.gasModel[home] === NONE ? null : parties.suppliers[world.gasSupplier[home]!]!.id;
    const name = KINDS[kind]!;
    if (name === 'CHF' || name === 'GPF') {
      const { manufacturer, model, firmware } = hub;
      return { manufacturer, model, firmware, ...common, ...(name === 'GPF' && { gasSupplier }) };
    }
    if (name === 'GSME') {
      const { manufacturer, model, firmware } = models.GSME[world.gasModel[home]!]!;
      const networkOperator = parties.transporters[world.transporter[home]!]!.id;
      return { manufacturer, model, firmware, ...common, gasSupplier, networkOperator };
    }
    const { manufacturer, model, firmware } = models.ESME[world.meterModel[home]!]!;
    const fault = world.operatorFault[home]!;
    return {
      manufacturer,
      model,
      firmware,
      ...common,
      supplier,
      networkOperator: fault === FAULT.missing ? null : parties.operators[world.operator[home]!]!.id,
      hanState: world.unstable[home] === 1 ? ('unstable' as const) : ('stable' as const),
      credentials: (['correct', 'wrong', 'missing'] as const)[fault]!,
    };
  }

  return {
    installed(home, at, put) {
      const hub = deviceOf(home, HUB);
      for (const [kind, name] of KINDS.entries()) {
        if (kind === GAS && world.gasModel[home] === NONE) continue;
        const deviceId = deviceOf(home, kind);
        const since = installedAt(world, home, kind);
        put(
          message(deviceId, at, {
            v: 1,
            eventId: `installed-${deviceId}`,
            deviceId,
            effectiveAt: iso(since),
            event: 'installed',
            kind: name,
            ...attributes(home, kind),
            ...(name !== 'CHF' && { hub }),
          }),
        );
      }
    },
    suppressed(home, at, put) {
      const found = suppressed[world.suppressed[home]! - 1];
      if (!found) return;
      const kind = kindNumber(found.kind);
      const deviceId = deviceOf(home, kind);
      for (const code of found.codes)
        put(
          message(deviceId, at, {
            v: 1,
            eventId: `behaviour-${code}-${deviceId}`,
            deviceId,
            effectiveAt: iso(installedAt(world, home, kind)),
            event: 'alert-behaviour',
            code,
            setting: 'off',
            via: '6.22',
          }),
        );
    },
    downloaded(home, index, at, put) {
      const { id, kind, version } = firmware[index]!;
      const deviceId = deviceOf(home, kindNumber(kind));
      put(
        message(deviceId, at, {
          v: 1,
          eventId: `downloaded-${id}-${deviceId}`,
          deviceId,
          effectiveAt: iso(effectiveAt.downloaded(world, home, index)),
          event: 'firmware-downloaded',
          version,
        }),
      );
    },
    taken(home, index, at, put) {
      const one = firmware[index]!;
      const { id, kind, version } = one;
      const deviceId = deviceOf(home, kindNumber(kind));
      const failed = world.taken[index]!.failed[home]!;
      const base = { v: 1 as const, deviceId, effectiveAt: iso(world.taken[index]!.at[home]!), version };
      put(
        message(
          deviceId,
          at,
          failed === 0
            ? { ...base, eventId: `activated-${id}-${deviceId}`, event: 'firmware-activated' }
            : {
                ...base,
                eventId: `failed-${id}-${deviceId}`,
                event: 'firmware-failed',
                phase: 'download',
                reason: failureReason(one, failed),
              },
        ),
      );
    },
    helped(home, index, at, put) {
      const { code, role } = efforts[index]!;
      const deviceId = deviceOf(home, HUB);
      put(
        message(deviceId, at, {
          v: 1,
          eventId: `credentials-${code}-${deviceId}`,
          deviceId,
          effectiveAt: iso(world.helpedAt[index]![home]!),
          event: 'credentials',
          role,
          credentials: 'correct',
        }),
      );
    },
    supplierChanged(home, at, put) {
      const deviceId = deviceOf(home, kindNumber('ESME'));
      put(
        message(deviceId, at, {
          v: 1,
          eventId: `supplier-${deviceId}`,
          deviceId,
          effectiveAt: iso(world.supplierAt[home]!),
          event: 'supplier-changed',
          supplier: parties.suppliers[world.nextSupplier[home]!]!.id,
        }),
      );
    },
  };
}
