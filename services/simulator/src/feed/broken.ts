import type { Encoding, RejectReason } from '@tocsin/domain';

interface Break {
  readonly reason: RejectReason;
  apply(sound: Buffer): Buffer;
}

const DOCTYPE = Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]>');

/** Ways in which messages arrive broken, each with the reason that must be given for it. */
const BREAKS: Readonly<Record<Encoding, readonly Break[]>> = {
  json: [
    {
      reason: 'json-syntax',
      apply: (sound) => sound.subarray(0, sound.length >> 1),
    },
    {
      reason: 'invalid-device-id',
      apply: (sound) => replaceField(sound, 'deviceId', '00-DB'),
    },
    {
      reason: 'invalid-alert-code',
      apply: (sound) => replaceField(sound, 'alertCode', 'ZZ'),
    },
  ],
  duis: [
    {
      reason: 'xml-syntax',
      apply: (sound) => sound.subarray(0, sound.length >> 1),
    },
    { reason: 'xml-doctype', apply: withDoctype },
  ],
  gbcs: [
    { reason: 'gbcs-truncated', apply: (sound) => sound.subarray(0, 30) },
    {
      reason: 'unknown-encoding',
      apply: (sound) => Buffer.concat([Buffer.of(0x00), sound]),
    },
  ],
};

/** The reason that the `number`th broken message of this encoding is to be rejected for. */
export function breakFor(encoding: Encoding, number: number): RejectReason {
  const breaks = BREAKS[encoding];
  return breaks[number % breaks.length]!.reason;
}

/** A sound message made into one that must be rejected for this reason. */
export function breakMessage(sound: Buffer, encoding: Encoding, reason: RejectReason): Buffer {
  const found = BREAKS[encoding].find((entry) => entry.reason === reason);
  if (found === undefined)
    throw new Error(`no way to make a ${encoding} message that is rejected for ${reason}`);
  return found.apply(sound);
}

function replaceField(sound: Buffer, name: string, value: string): Buffer {
  return Buffer.from(sound.toString().replace(new RegExp(`"${name}":"[^"]*"`), `"${name}":"${value}"`));
}

function withDoctype(sound: Buffer): Buffer {
  const root = sound.toString('latin1').search(/<[^?!]/);
  return Buffer.concat([sound.subarray(0, root), DOCTYPE, sound.subarray(root)]);
}
