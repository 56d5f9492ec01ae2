import { describe, expect, it } from 'vitest';
import { type Alert, createAlert } from './alert.ts';
import { decode } from './decode.ts';
import { describe as describeAlert } from './describe.ts';
import { encodeDuis } from './encode/duis.ts';
import { encodeGbcs, GBCS_BODIES } from './encode/gbcs.ts';
import { encodeJson } from './encode/json.ts';
import { REJECT_REASONS } from './reject-reasons.ts';
import { MUTATION_NAMES, mutate } from './testing/mutate.ts';
import { Random } from './testing/random.ts';
import { duisFixtures, gbcsVector, gbcsVectors, sampleAlert } from './testing/samples.ts';
import { deviceAlertCode } from './text/alert-code.ts';

const TAKEN_AT = Date.UTC(2020, 6, 7);
const SEEDS = [1, 2, 3, 4];
const INPUTS_PER_SEED = 25_000;
/** What one would call hanging: a busy machine keeps any message waiting for a second. */
const SLOWEST_MS = 10_000;

const payload = gbcsVector('MIIWA-DLMS');
const CORPUS: Buffer[] = [
  ...gbcsVectors().values(),
  ...[...duisFixtures()].filter(([name]) => name !== 'read-response.xml').map(([, xml]) => xml),
  ...GBCS_BODIES.map((body) => encodeGbcs(sampleAlert({ messageCode: 0x1000 }), body, 'mac')),
  encodeDuis(sampleAlert()),
  encodeJson(sampleAlert()),
  encodeJson(sampleAlert({ count: 250, raisedAt: Number.NaN })),
  encodeJson(sampleAlert({ alertCode: '81A0' }), payload),
  Buffer.from(JSON.stringify(JSON.parse(encodeJson(sampleAlert()).toString()), null, 2)),
];

function isUint32(value: number): boolean {
  return value >>> 0 === value;
}

/** What holds of every alert, whatever the bytes were. */
function isSound(alert: Alert): boolean {
  const parties = [alert.device, alert.originator, alert.target];
  return (
    parties.every(({ hi, lo }) => isUint32(hi) && isUint32(lo)) &&
    isUint32(alert.counterHi) &&
    isUint32(alert.counterLo) &&
    /^(?:[0-9A-F]{4}|AD\d|N\d{1,3})$/.test(alert.alertCode) &&
    (alert.messageCode & 0xffff) === alert.messageCode &&
    isUint32(alert.count) &&
    alert.count > 0 &&
    Number.isInteger(alert.receivedAt) &&
    (Number.isNaN(alert.raisedAt) || Number.isInteger(alert.raisedAt)) &&
    describeAlert(alert).requestId.length > 48
  );
}

/** The outcome of one message: `accepted`, or the reason. */
function outcomeOf(bytes: Buffer): string {
  const alert = createAlert();
  const reason = decode(bytes, TAKEN_AT, alert);
  if (reason !== null) return REJECT_REASONS.includes(reason) ? reason : `unlisted reason ${reason}`;
  const again = sampleAlert({ count: 9, messageCode: 9, raisedAt: 9, device: { hi: 9, lo: 9 } });
  decode(bytes, TAKEN_AT, again);
  expect(again, 'an alert must not depend on the one before').toEqual(alert);
  return isSound(alert) ? 'accepted' : `unsound ${JSON.stringify(alert)}`;
}

function report(title: string, outcomes: Map<string, number>, slowest: number): void {
  const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  const lines = [...outcomes].sort((a, b) => b[1] - a[1]).map(([outcome, count]) => `  ${outcome}: ${count}`);
  const share = ((100 * (outcomes.get('accepted') ?? 0)) / total).toFixed(1);
  process.stdout.write(
    `${title}: ${total} inputs, ${share}% accepted, slowest ${slowest.toFixed(1)} ms\n${lines.join('\n')}\n`,
  );
}

describe('any bytes give an alert or a reason', () => {
  it('accepts every unharmed message', () => {
    for (const bytes of CORPUS) expect(outcomeOf(bytes)).toBe('accepted');
  });

  it.each(SEEDS)(`seed %i: ${INPUTS_PER_SEED} harmed messages`, (seed) => {
    const random = new Random(seed);
    const outcomes = new Map<string, number>();
    let slowest = 0;
    for (let i = 0; i < INPUTS_PER_SEED; i++) {
      let bytes = mutate(random.pick(MUTATION_NAMES), random.pick(CORPUS), random, random.pick(CORPUS));
      if (random.below(4) === 0)
        bytes = mutate(random.pick(MUTATION_NAMES), bytes, random, random.pick(CORPUS));
      const start = performance.now();
      const outcome = outcomeOf(bytes);
      slowest = Math.max(slowest, performance.now() - start);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    report(`seed ${seed}`, outcomes, slowest);
    expect([...outcomes.keys()].filter((outcome) => /^un(?:listed|sound) /.test(outcome))).toEqual([]);
    expect(slowest).toBeLessThan(SLOWEST_MS);
    // Guards the fuzzer itself: harm must neither always nor never be fatal, nor always in the same way.
    expect(outcomes.get('accepted')).toBeGreaterThan(INPUTS_PER_SEED / 50);
    expect(outcomes.size).toBeGreaterThan(15);
  });
});

describe('alerts with other device, counter, time and code', () => {
  const random = new Random(34);
  const alerts = Array.from({ length: 1000 }, () => {
    const device = { hi: random.uint32(), lo: random.uint32() };
    return sampleAlert({
      device,
      originator: device,
      target: { hi: random.uint32(), lo: random.uint32() },
      counterHi: random.uint32(),
      counterLo: random.uint32(),
      alertCode: deviceAlertCode(random.below(65_536)),
      messageCode: random.below(65_536),
      raisedAt: Date.UTC(2000, 0, 1) + random.uint32() * 1000,
      receivedAt: TAKEN_AT,
    });
  });
  const into = createAlert();

  it.each(GBCS_BODIES)('decode to exactly those, in all three encodings (%s)', (body) => {
    for (const alert of alerts) {
      for (const protection of ['mac', 'signature'] as const) {
        const gbcs = encodeGbcs(alert, body, protection);
        expect(decode(gbcs, TAKEN_AT, into)).toBeNull();
        expect(into).toEqual({ ...alert, encoding: 'gbcs' });
        expect(decode(encodeDuis(alert, gbcs), 0, into)).toBeNull();
        expect(into).toEqual({ ...alert, encoding: 'duis' });
        expect(decode(encodeJson(alert, gbcs), 0, into)).toBeNull();
        expect(into).toEqual({ ...alert, encoding: 'json' });
      }
      expect(decode(encodeJson(alert), 0, into)).toBeNull();
      expect(into).toEqual({ ...alert, messageCode: 0, encoding: 'json' });
    }
  });

  it('decode to exactly those when written into the published vectors', () => {
    for (const [name, vector] of gbcsVectors()) {
      const code = Buffer.from(/_(8[0-9A-F]{3})_/.exec(name)![1]!, 'hex');
      const header = vector[0] === 0xdf ? 0 : vector.indexOf('1100000000', 0, 'hex') + 5;
      const codeAt = vector.indexOf(code, header + 33);
      for (const alert of alerts.slice(0, 100)) {
        const changed = Buffer.from(vector);
        changed.writeUInt32BE(alert.counterHi, header + 3);
        changed.writeUInt32BE(alert.counterLo, header + 7);
        changed.writeUInt32BE(alert.device.hi, header + 12);
        changed.writeUInt32BE(alert.device.lo, header + 16);
        changed.write(alert.alertCode, codeAt, 'hex');
        writeTime(changed, codeAt + 2, alert.raisedAt);
        expect(decode(changed, TAKEN_AT, into)).toBeNull();
        const { device, originator, counterHi, counterLo, alertCode, raisedAt } = alert;
        expect(into).toMatchObject({ device, originator, counterHi, counterLo, alertCode, raisedAt });
      }
    }
  });
});

/** Writes a time over the one that follows the code, in the form that stands there. */
function writeTime(message: Buffer, at: number, ms: number): void {
  const iso = new Date(ms).toISOString();
  const [year, month, day, hour, minute, second] = iso.split(/[-T:.]/).map(Number);
  if (message[at] === 0x18) message.write(iso.slice(0, 19).replace(/[-T:]/g, ''), at + 2, 'latin1');
  else if (message[at] === 0x09) {
    message.writeUInt16BE(year!, at + 2);
    message.set([month!, day!, 0xff, hour!, minute!, second!], at + 4);
  } else message.writeUInt32BE((ms - Date.UTC(2000, 0, 1)) / 1000, at);
}
