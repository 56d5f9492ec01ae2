import { escapeText } from '@tocsin/clickhouse';
import type { Directory } from '@tocsin/directory';
import { type Alert, CATALOGUE, type DeviceAttributes, UNKNOWN_DEVICE } from '@tocsin/domain';
import type { Judgement, Rules } from '@tocsin/domain/classify';
import type { Attribution } from './attribute.ts';

/** What an alert means, as its row and its metrics have it. */
export interface Meaning {
  /** The columns from `device_kind` to `acting_party`, tab separated. */
  readonly columns: Buffer;
  /** The same object for the same values. */
  readonly volume: VolumeLabels;
}

/** The code is `unknown` for those outside the catalogue, of which there may be many. */
export type VolumeLabels = Readonly<Record<'code' | 'suppression' | 'remedy', string>>;

interface Known extends Meaning {
  readonly targetHi: number;
  readonly targetLo: number;
}

/** A sender may make up any number of codes and targets. */
const MOST_KEPT = 200_000;

/**
 * Judgements of the rules, kept: devices with the same attributes come to the same answer for the same code and target,
 * until a rule changes. Made anew for each version of the rules.
 */
export class Meanings {
  readonly #directory: Directory;
  readonly #rules: Rules;
  readonly #volumes = new Map<string, VolumeLabels>();
  /** By period between two changes of the rules with the number of the attributes, and by code. */
  readonly #kept = new Map<number, Map<string, Known[]>>();
  #size = 0;
  /** The period of the last alert: the next one is mostly of the same. */
  #period = -1;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  constructor(directory: Directory, rules: Rules) {
    this.#directory = directory;
    this.#rules = rules;
  }

  of({ alertCode, target }: Pick<Alert, 'alertCode' | 'target'>, { profile, at }: Attribution): Meaning {
    const known = this.#keptOf(this.#periodOf(at) * 2 ** 32 + profile + 1, alertCode);
    for (const one of known) if (one.targetLo === target.lo && one.targetHi === target.hi) return one;

    const attributes = profile < 0 ? null : this.#directory.attributes(profile);
    const judgement = this.#rules.judge(alertCode, attributes, target, at);
    const meaning: Known = {
      targetHi: target.hi,
      targetLo: target.lo,
      columns: columnsOf(attributes ?? UNKNOWN_DEVICE, judgement),
      volume: this.#volumeOf(alertCode, judgement),
    };
    if (++this.#size > MOST_KEPT) {
      this.#kept.clear();
      this.#size = 0;
    } else known.push(meaning);
    return meaning;
  }

  #keptOf(key: number, alertCode: string): Known[] {
    let byCode = this.#kept.get(key);
    if (!byCode) {
      byCode = new Map();
      this.#kept.set(key, byCode);
    }
    let known = byCode.get(alertCode);
    if (!known) {
      known = [];
      byCode.set(alertCode, known);
    }
    return known;
  }

  #periodOf(at: number): number {
    if (at >= this.#from && at < this.#to) return this.#period;
    const { changes } = this.#rules;
    this.#period = changes.findLastIndex((change) => change <= at) + 1;
    this.#from = changes[this.#period - 1] ?? Number.NEGATIVE_INFINITY;
    this.#to = changes[this.#period] ?? Number.POSITIVE_INFINITY;
    return this.#period;
  }

  #volumeOf(alertCode: string, { suppression, remedy }: Judgement): VolumeLabels {
    const code = CATALOGUE.has(alertCode) ? alertCode : 'unknown';
    const key = `${code} ${suppression} ${remedy}`;
    let labels = this.#volumes.get(key);
    if (!labels) {
      labels = { code, suppression, remedy };
      this.#volumes.set(key, labels);
    }
    return labels;
  }
}

function columnsOf(device: DeviceAttributes, judgement: Judgement): Buffer {
  return Buffer.from(
    [
      device.kind,
      device.manufacturer,
      device.model,
      device.firmware,
      device.smets,
      device.cohort,
      device.region,
      device.hubRelease,
      device.supplier,
      device.gasSupplier,
      device.networkOperator,
      device.hanState,
      judgement.responsibleParty,
      judgement.suppression,
      judgement.reason,
      judgement.remedy,
      judgement.remedyReason,
      judgement.actingParty,
    ]
      .map(escapeText)
      .join('\t'),
  );
}
