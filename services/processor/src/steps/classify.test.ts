import { Directory } from '@tocsin/directory';
import { type Eui64, parseEui64 } from '@tocsin/domain';
import type { Rules } from '@tocsin/domain/classify';
import { loadRegistry, shippedRegistry } from '@tocsin/registry';
import { expect, test } from 'vitest';
import { Meanings } from './classify.ts';

const NO_HUB = { hi: 0, lo: 0 };
const NO_TARGET = { hi: 0, lo: 0 };
const rules = loadRegistry(shippedRegistry(), { shiftWeeks: 0 }).rules();

function directoryOf(...models: string[]): Directory {
  const directory = new Directory();
  models.forEach((model, lo) => {
    const patch = directory.addPatch({
      kind: 'CHF',
      manufacturer: 'WNC',
      model,
      firmware: '1.10.4',
      region: 'South',
    });
    directory.begin(0, lo);
    directory.change(0, patch, 0, 0);
    directory.end();
  });
  return directory;
}

function counting() {
  const judged: string[] = [];
  const counted: Rules = {
    changes: rules.changes,
    judge(code, device, target, at) {
      judged.push(code);
      return rules.judge(code, device, target, at);
    },
  };
  return { judged, counted };
}

const profileOf = (directory: Directory, lo: number) => directory.profile(directory.find({ hi: 0, lo }, 1));
const asked = (profile: number, at: number) => ({ profile, at, clockSuspect: false, hub: NO_HUB });

test('what was judged once is kept, until a rule changes', () => {
  const directory = directoryOf('CS-1', 'CS-2');
  const { judged, counted } = counting();
  const meanings = new Meanings(directory, counted);
  const target = parseEui64('90-B3-D5-1F-30-06-00-03') as Eui64;
  const remedy = (lo: number, at: string, code = '8F3E', to = NO_TARGET) =>
    meanings.of({ alertCode: code, target: to }, asked(profileOf(directory, lo), Date.parse(at))).volume
      .remedy;

  expect(remedy(0, '2020-06-01T00:00:00Z')).toBe('released');
  expect(remedy(0, '2020-06-02T00:00:00Z')).toBe('released');
  expect(judged).toHaveLength(1);
  expect(remedy(0, '2020-06-02T00:00:00Z', '8F3E', target)).toBe('released');
  expect(judged).toHaveLength(2);
  expect(remedy(1, '2020-06-02T00:00:00Z')).toBe('none');
  expect(remedy(0, '2020-04-25T00:00:00Z')).toBe('pilot');
  expect(remedy(0, '2020-04-01T00:00:00Z')).toBe('none');
  expect(remedy(0, '2020-06-02T00:00:00Z')).toBe('released');
  expect(judged).toHaveLength(5);
});

test('codes and targets without end take no memory without end, and are judged right all the same', () => {
  const directory = directoryOf('CS-1');
  const { judged, counted } = counting();
  const meanings = new Meanings(directory, counted);
  const profile = profileOf(directory, 0);
  for (let n = 0; n < 250_000; n++) {
    const { volume } = meanings.of(
      { alertCode: `X${n % 5000}`, target: { hi: 1, lo: n } },
      asked(profile, 0),
    );
    if (volume.code !== 'unknown' || volume.suppression !== 'unknown')
      throw new Error(JSON.stringify(volume));
  }
  expect(judged).toHaveLength(250_000);
  meanings.of({ alertCode: 'X0', target: { hi: 1, lo: 0 } }, asked(profile, 0));
  expect(judged).toHaveLength(250_001);
});

test('a text of the inventory can not break out of its column, and stands there as ClickHouse writes it', () => {
  const directory = directoryOf('CS\\t1\\', "O'Hare");
  const meanings = new Meanings(directory, rules);
  const alert = { alertCode: '8F3E', target: NO_TARGET };
  const modelOf = (lo: number) =>
    meanings
      .of(alert, asked(profileOf(directory, lo), 1))
      .columns.toString()
      .split('\t')[2];
  expect([0, 1].map(modelOf)).toEqual(['CS\\\\t1\\\\', "O\\'Hare"]);
});
