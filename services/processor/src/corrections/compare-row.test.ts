import { Directory } from '@tocsin/directory';
import { createAlert } from '@tocsin/domain';
import { loadRegistry, shippedRegistry } from '@tocsin/registry';
import { expect, test } from 'vitest';
import { SliceWriter } from '../slice-writer.ts';
import { attribute, createAttribution } from '../steps/attribute.ts';
import { Meanings } from '../steps/classify.ts';
import { compareRow, hourOf } from './compare-row.ts';

const DEVICE = { hi: 0x00db1234, lo: 0x567890a0 };
const RECEIVED = Date.UTC(2020, 6, 7, 12, 30);

const directory = new Directory();
const rules = loadRegistry(shippedRegistry(), { shiftWeeks: 0 }).rules();
const knowledge = {
  directory,
  meanings: new Meanings(directory, rules),
  clockBounds: { behind: 7 * 86_400_000, ahead: 3_600_000 },
};

/** The row as the pipeline writes it. */
function rowOf(raisedAt: number): string {
  const alert = { ...createAlert(), device: DEVICE, alertCode: '8014', receivedAt: RECEIVED, raisedAt };
  const attribution = createAttribution();
  attribute(alert, directory, knowledge.clockBounds, attribution);
  const rows = new SliceWriter({ stream: 'c/alerts/1', partition: 3 });
  rows.begin(RECEIVED);
  rows.add(alert, 41, attribution, knowledge.meanings.of(alert, attribution));
  return Buffer.from(rows.slices()[0]!.body).toString().slice(0, -1);
}

test('a row is as it should be until more is known of its device, and then again once it is corrected', () => {
  for (const raisedAt of [RECEIVED - 1000, RECEIVED - 5 * 86_400_000, Date.UTC(1999, 0, 1), Number.NaN]) {
    const before = rowOf(raisedAt);
    expect(compareRow(before, knowledge)).toBeNull();
    const patch = directory.addPatch({
      kind: 'ESME',
      supplier: `sup-0${directory.intervals + 1}`,
      networkOperator: 'dno-01',
    });
    directory.begin(DEVICE.hi, DEVICE.lo);
    directory.change(RECEIVED - 86_400_000, patch, 0, 0);
    directory.end();
    const corrected = compareRow(before, knowledge) ?? before;
    expect(corrected).toBe(rowOf(raisedAt));
    expect(corrected.split('\t').slice(0, 14)).toEqual(before.split('\t').slice(0, 14));
    expect(compareRow(corrected, knowledge)).toBeNull();
    // Before the day on which it was installed nothing is known.
    expect(corrected.includes('ESME')).toBe(raisedAt !== RECEIVED - 5 * 86_400_000);
  }
});

test('the hour of a row is that of its receipt', () => {
  expect(hourOf(rowOf(Date.UTC(1999, 0, 1)))).toBe(Date.UTC(2020, 6, 7, 12) / 1000);
});
