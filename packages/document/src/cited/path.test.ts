import { describe, expect, it } from 'vitest';
import { citationOf, commandOf } from './cited.ts';
import { partOf } from './part.ts';
import { elementBy, jqOf, valueAt } from './path.ts';

const TOLD = {
  all: { aDay: 3 },
  codes: [
    { code: '8014', party: null, safe: true, aDay: 1 },
    { code: "it's", party: 'a', safe: false, aDay: 2 },
  ],
  'by-day': [7, 8],
};
const QUERY = { question: 'changes', asked: { from: '2020-06-01', growthSince: '2020-05-01' }, path: [] };

describe('a path', () => {
  it.each([
    [[], '.', TOLD],
    [['all', 'aDay'], '.all.aDay', 3],
    [['codes', 'length'], '.codes | length', 2],
    [
      ['codes', { code: '8014', party: null }, 'aDay'],
      '.codes[] | select(.code == "8014" and .party == null) | .aDay',
      1,
    ],
    [['by-day', 1], '.["by-day"][1]', 8],
    [['codes', { code: '8F3E' }, 'aDay'], '.codes[] | select(.code == "8F3E") | .aDay', undefined],
    [['none', 'aDay'], '.none.aDay', undefined],
  ] as const)('%j is %s for jq', (path, jq, value) => {
    expect(jqOf(path)).toBe(jq);
    expect(valueAt(TOLD, path)).toEqual(value);
  });

  it('names an element by fields that tell it from all others, or not at all', () => {
    expect(elementBy(TOLD.codes, TOLD.codes[1]!, ['code'])).toEqual({ code: "it's" });
    const alike = [...TOLD.codes, TOLD.codes[1]!];
    expect(() => elementBy(alike, alike[1]!, ['code', 'party'])).toThrow(
      'does not tell one element from the others',
    );
  });
});

describe('a part of an answer', () => {
  const answer = partOf(TOLD, QUERY);

  it('cites values with the path at which they stand', () => {
    const [, second] = answer.each(({ codes }) => codes, 'code');
    const cited = second!.cite('alerts a day', ({ aDay }) => aDay);
    expect(cited).toEqual({
      ...{ value: 2, unit: 'alerts a day' },
      query: { ...QUERY, path: ['codes', { code: "it's" }, 'aDay'] },
    });
    expect(valueAt(TOLD, cited.query.path)).toBe(2);
    expect(answer.cite('devices', ({ codes }) => codes.length).query.path).toEqual(['codes', 'length']);
  });

  it('has the command that gives it, as a shell takes it', () => {
    expect(answer.command).toBe('tocsin report changes --from 2020-06-01 --growth-since 2020-05-01 --json');
    expect(commandOf({ question: 'x', asked: { a: "b 'c" } })).toBe(`tocsin report x --a 'b '\\''c' --json`);
    const [, second] = answer.each(({ codes }) => codes, 'code');
    expect(citationOf(second!.cite('alerts', ({ aDay }) => aDay).query)).toContain(`.code == "it'\\''s"`);
  });
});
