import { describe, expect, it } from 'vitest';
import { ASKED } from './asked.ts';
import { queryOf } from './query.ts';

const PERIOD = { from: '2020-07-07T10:00:00Z', to: '2020-07-08T10:00:00Z' };
const faultOf = (given: object) =>
  ASKED.safeParse({ ...PERIOD, ...given }).error?.issues.map(({ path, message }) => [path[0], message]);

describe('what is asked of volumes', () => {
  it.each([
    [{ by: 'code,colour' }, 'by', /one or more of code, firmware, .*acting-party, separated by commas/],
    [{ measures: 'sum(alerts)' }, 'measures', /alerts, messages, devices/],
    [{ grain: 'minute' }, 'grain', /none, hour, day, week, month/],
    [{ order: 'devices' }, 'order', /what is asked for: alerts/],
    [{ order: 'time' }, 'order', /what is asked for: alerts/],
    [{ order: 'alerts; DROP TABLE alerts' }, 'order', /expected one of time, alerts/],
    [{ limit: '0' }, 'limit', /from 1 to 10000/],
    [{ limit: '10001' }, 'limit', /from 1 to 10000/],
    [{ limit: '1e3' }, 'limit', /from 1 to 10000/],
  ])('%j is told to be at fault in %s', (given, field, message) => {
    expect(faultOf(given)).toEqual([[field, expect.stringMatching(message)]]);
  });

  it('knows no other fields', () => {
    expect(faultOf({ where: '1' })).toHaveLength(1);
  });
});

describe('the query', () => {
  const query = (given: object) => queryOf(ASKED.parse({ ...PERIOD, ...given }), 'sup-01', { limit: 1001 });

  it('has values as parameters only', () => {
    const evil = "x') OR 1 --";
    const { sql, params } = query({ by: 'code', code: `8014,${evil}`, gasSupplier: evil });
    expect(sql).not.toContain('OR 1');
    expect(params).toEqual({
      ...{ from: '2020-07-07 10:00:00', to: '2020-07-08 10:00:00', party: 'sup-01', limit: 1001 },
      ...{ only_code: ['8014', evil], only_gasSupplier: [evil] },
    });
    expect(sql).toContain('volume.gas_supplier IN {only_gasSupplier:Array(String)}');
  });

  it.each([
    [{ by: 'code' }, 'ORDER BY `alerts` DESC, `code`'],
    [{ by: 'code', grain: 'day' }, 'ORDER BY `time`, `alerts` DESC, `code`'],
    [{ by: 'code', order: 'code', measures: 'devices' }, 'ORDER BY `code`, `devices` DESC'],
    [{ by: 'code', order: 'alerts' }, 'ORDER BY `alerts`, `code`'],
    [{ by: 'code', grain: 'week', order: '-time' }, 'ORDER BY `time` DESC, `alerts` DESC, `code`'],
  ])('of %j is in an order that leaves nothing to chance', (given, order) => {
    expect(query(given).sql).toContain(`${order}\n`);
  });

  it('is of all hours that the period touches', () => {
    const { params } = query({ from: '2020-07-07T10:30:00Z', to: '2020-07-07T11:00:01Z' });
    expect(params).toMatchObject({ from: '2020-07-07 10:00:00', to: '2020-07-07 12:00:00' });
  });
});
