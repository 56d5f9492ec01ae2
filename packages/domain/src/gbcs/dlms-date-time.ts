import { instantOf, NOT_AN_INSTANT, storable } from '../text/instant.ts';
import type { Reader } from './reader.ts';

const ANY_YEAR = 0xffff;
/** From here on a byte of a date names no day: last or last but one of the month, summer time's, any. */
const SPECIAL = 0xfd;
const UNSPECIFIED = 0xff;
const NO_DEVIATION = -0x8000;
/** Time zones reach from 14 hours before UTC to 12 behind. */
const MAX_DEVIATION = 14 * 60;

/**
 * The 12 bytes of a DLMS date-time: year, month, day, day of week, hour, minute, second, hundredths,
 * deviation, status. Ms since the epoch; NaN where a part of it is left open. The deviation is what DLMS
 * adds to the local time to get UTC, in minutes; one left open means UTC, which is what GBCS devices keep.
 */
export function readDlmsDateTime(reader: Reader): number {
  const year = reader.uint16();
  const month = reader.uint8();
  const day = reader.uint8();
  reader.uint8();
  const hour = reader.uint8();
  const minute = reader.uint8();
  const second = reader.uint8();
  const hundredths = reader.uint8();
  const deviation = (reader.uint16() << 16) >> 16;
  reader.uint8();
  if (reader.fault !== null) return Number.NaN;
  const isOpenDate = year === ANY_YEAR || month >= SPECIAL || day >= SPECIAL;
  const isOpenTime = hour === UNSPECIFIED || minute === UNSPECIFIED || second === UNSPECIFIED;
  const ms = instantOf(
    year === ANY_YEAR ? 2000 : year,
    month >= SPECIAL ? 1 : month,
    day >= SPECIAL ? 1 : day,
    hour === UNSPECIFIED ? 0 : hour,
    minute === UNSPECIFIED ? 0 : minute,
    second === UNSPECIFIED ? 0 : second,
  );
  const isOff = deviation !== NO_DEVIATION && Math.abs(deviation) > MAX_DEVIATION;
  if (ms === NOT_AN_INSTANT || isOff || (hundredths > 99 && hundredths !== UNSPECIFIED)) {
    reader.fail('gbcs-time');
    return Number.NaN;
  }
  if (isOpenDate || isOpenTime) return Number.NaN;
  const fraction = hundredths === UNSPECIFIED ? 0 : hundredths * 10;
  return storable(ms + fraction + (deviation === NO_DEVIATION ? 0 : deviation * 60_000));
}
