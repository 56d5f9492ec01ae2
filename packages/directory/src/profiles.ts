import { type DeviceAttributes, UNKNOWN_DEVICE } from '@tocsin/domain';

/** What an event of a device's history changes. A property that is left out is unchanged, an empty one is none from now on. */
export type Patch = Partial<Omit<DeviceAttributes, 'suppressed'>> & {
  /** An alert code that is switched off on the device, or on again. */
  readonly switched?: { readonly code: string; readonly off: boolean };
};

/**
 * Attributes that devices have in common, each kept once under a number: of millions of devices few thousand differ in
 * more than the hub. Patches are numbered as well, so that what a patch makes of attributes is looked up by numbers.
 */
export class Profiles {
  readonly #attributes: DeviceAttributes[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #patches: Patch[] = [];
  /** By patch: attributes before and after. */
  readonly #changes: Map<number, number>[] = [];
  /** Of a device of which nothing is known yet. */
  readonly unknown: number;

  constructor() {
    this.unknown = this.#intern({ ...UNKNOWN_DEVICE });
  }

  get size(): number {
    return this.#attributes.length;
  }

  attributes(profile: number): DeviceAttributes {
    return this.#attributes[profile]!;
  }

  /** A number for a patch. The same patch may get several. */
  addPatch(patch: Patch): number {
    this.#changes.push(new Map());
    return this.#patches.push(patch) - 1;
  }

  /** Attributes after a patch. */
  change(profile: number, patch: number): number {
    const changes = this.#changes[patch]!;
    let changed = changes.get(profile);
    if (changed === undefined) {
      changed = this.#intern(apply(this.attributes(profile), this.#patches[patch]!));
      changes.set(profile, changed);
    }
    return changed;
  }

  #intern(attributes: DeviceAttributes): number {
    const key = JSON.stringify(Object.values(attributes));
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#attributes.push(Object.freeze(attributes)) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}

function apply(attributes: DeviceAttributes, { switched, ...changed }: Patch): DeviceAttributes {
  const next = { ...attributes, ...changed };
  if (switched) {
    const others = attributes.suppressed.filter((code) => code !== switched.code);
    next.suppressed = switched.off ? [...others, switched.code].sort() : others;
  }
  return next;
}
