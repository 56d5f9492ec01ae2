import { describe, expect, it } from 'vitest';
import { driversOf, type Part } from './drivers.ts';
import { type Above, spikesOf, withoutGaps } from './runs.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const above = (from: number, length: number, score: number, party: string | null = null): Above => ({
  ...{ code: '8014', party, from, to: from + length, alerts: 30, usual: 10, score },
});
const hour = (from: number, score: number, party: string | null = null) =>
  above(from * HOUR, HOUR, score, party);
const day = (from: number, score = 7) => above(from * DAY, DAY, score);

describe('spikes', () => {
  it('are runs of days, with one quiet day between at most', () => {
    const found = spikesOf([day(0), day(1, 9), day(3), day(6)], []);
    expect(
      found.map(({ from, to, alerts, usual, score }) => [from / DAY, to / DAY, alerts, usual, score]),
    ).toEqual([
      [0, 4, 90, 30, 9],
      [6, 7, 30, 10, 7],
    ]);
  });

  it('of hours are one after another, and enough together: of a party more than over all', () => {
    const spans = (hours: Above[]) => spikesOf([], hours).map(({ from, to }) => [from / HOUR, to / HOUR]);
    expect(spans([hour(1, 10), hour(2, 10)])).toEqual([[1, 3]]);
    expect(spans([hour(1, 10), hour(3, 10)])).toEqual([]);
    expect(spans([hour(1, 10), hour(2, 9)])).toEqual([]);
    expect(spans([hour(1, 20, 'a'), hour(2, 19, 'a')])).toEqual([]);
    expect(spans([hour(1, 20, 'a'), hour(2, 20, 'a')])).toEqual([[1, 3]]);
    expect(spans([hour(1, 20, 'a'), hour(2, 20, 'b')])).toEqual([]);
  });

  it('of hours are none of their own within six weeks of a day’s, of the same code and party', () => {
    const days = [day(10)];
    const one = (at: number, party: string | null = null) => spikesOf(days, [hour(at, 50, party)]).length - 1;
    expect([one(10 * 24), one(51 * 24)]).toEqual([0, 0]);
    expect([one(9 * 24), one(52 * 24), one(10 * 24, 'a')]).toEqual([1, 1, 1]);
  });

  it('are none in a gap of the feed, nor in twelve hours after it', () => {
    const left = withoutGaps(
      [4, 5, 17, 18].map((at) => hour(at, 50)),
      [5 * HOUR],
    );
    expect(left.map(({ from }) => from / HOUR)).toEqual([4, 18]);
  });

  it('come in order of what is above usual', () => {
    const greater = { ...day(9), alerts: 31 };
    expect(spikesOf([day(0), greater], []).map(({ from }) => from / DAY)).toEqual([9, 0]);
  });
});

describe('drivers', () => {
  const part = (
    dimension: Part['dimension'],
    value: string,
    alerts: number,
    usual: number,
    stoppable = 0,
  ) => ({
    ...{ dimension, value, alerts, usual, stoppable },
  });

  it('are told with their share of the increase, those that fell not at all', () => {
    const parts = [
      part('model', 'M', 130, 30),
      part('party', 'fell', 10, 30),
      part('party', 'rose', 120, 0, 30),
    ];
    expect(driversOf(parts)).toEqual([
      { dimension: 'party', value: 'rose', above: 120, share: 1.2, stoppable: 0.25 },
      { dimension: 'model', value: 'M', above: 100, share: 1, stoppable: 0 },
    ]);
  });

  it('come in order of what they have of the increase beyond their share of the usual', () => {
    const parts = [
      // All alerts of the code go to one kind of party, and most of them to one party: neither tells what rose.
      part('party-kind', 'csp', 200, 100),
      part('party', 'most', 170, 80),
      part('party', 'other', 30, 20),
      part('model', 'M', 170, 60),
      part('model', 'N', 30, 40),
      part('firmware', '2', 120, 25),
      part('firmware', '1', 80, 75),
    ];
    expect(driversOf(parts).map(({ value, share }) => [value, share])).toEqual([
      ['2', 0.95],
      ['M', 1.1],
      ['most', 0.9],
      ['csp', 1],
      ['other', 0.1],
      ['1', 0.05],
    ]);
  });

  it('are the greatest five of a dimension, and none where nothing rose', () => {
    const models = Array.from({ length: 7 }, (_, i) => part('model', `m${i}`, 10 + i, 0));
    expect(driversOf(models).map(({ value }) => value)).toEqual(['m6', 'm5', 'm4', 'm3', 'm2']);
    expect(driversOf([part('party', 'a', 10, 0), part('party', 'b', 0, 20)])).toEqual([]);
  });
});
