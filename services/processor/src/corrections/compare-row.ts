import type { Alert, Eui64 } from '@tocsin/domain';
import type { Knowledge } from '../pipeline.ts';
import { attribute, createAttribution } from '../steps/attribute.ts';
import { formatRest, REST_BYTES } from '../steps/format-row.ts';

/** Columns of the core, and where those of them stand that attribution and rules need. */
const CORE = 14;
const [RECEIVED_AT, RAISED_AT, DEVICE, TARGET, ALERT_CODE] = [4, 5, 6, 8, 10];

const attribution = createAttribution();

/**
 * @param row of `alerts` as it holds now, columns of ALERT_COLUMNS, tab separated
 * @returns the row as it should be by what is known now, or null where it is so already
 */
export function compareRow(row: string, knowledge: Knowledge): string | null {
  let coreEnd = -1;
  for (let column = 0; column < CORE; column++) coreEnd = row.indexOf('\t', coreEnd + 1);
  const alert = readAlert(row.slice(0, coreEnd).split('\t'));
  attribute(alert, knowledge.directory, knowledge.clockBounds, attribution);
  const meaning = knowledge.meanings.of(alert, attribution);
  const rest = Buffer.allocUnsafe(REST_BYTES + meaning.columns.length);
  const expected = rest.toString('latin1', 0, formatRest(rest, 0, attribution, meaning) - 1);
  return row.slice(coreEnd) === expected ? null : row.slice(0, coreEnd) + expected;
}

type Attributable = Pick<Alert, 'device' | 'target' | 'alertCode' | 'raisedAt' | 'receivedAt'>;

function readAlert(core: readonly string[]): Attributable {
  return {
    receivedAt: readMoment(core[RECEIVED_AT]!),
    raisedAt: core[RAISED_AT] === '\\N' ? Number.NaN : readMoment(core[RAISED_AT]!),
    device: readHex(core[DEVICE]!),
    target: readHex(core[TARGET]!),
    alertCode: core[ALERT_CODE]!,
  };
}

/** When a row was received, seconds since the epoch, at the beginning of its hour. */
export function hourOf(row: string): number {
  let from = -1;
  for (let column = 0; column < RECEIVED_AT; column++) from = row.indexOf('\t', from + 1);
  return Math.floor(readMoment(row.slice(from + 1, row.indexOf('\t', from + 1))) / 3_600_000) * 3600;
}

const readMoment = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);

const readHex = (text: string): Eui64 => ({
  hi: Number.parseInt(text.slice(0, 8), 16),
  lo: Number.parseInt(text.slice(8), 16),
});
