import { HOUR } from '../store-feed.ts';
import { alertsOf, at, DAYS, devicesOf, onMonday, peakOf, type Shown } from './count.ts';
import { BEGIN, CAPACITY, END } from './world.ts';

const all = alertsOf(onMonday());
const of = (column: string, value: string) => onMonday(({ attributes }) => attributes[column] === value);
const share = (suppression: string) => alertsOf(of('suppression', suppression)) / all;
const newest = Math.max(...of('region', 'North').map(({ receivedAt }) => receivedAt));
const TEXT = 'LowCardinality(String)';
const FLOOD = BEGIN + 2 * HOUR;
const LAST = END - HOUR;
const USUAL = 120;
const flooding = onMonday(
  ({ code, receivedAt, attributes }) =>
    code === '8014' && receivedAt >= FLOOD && receivedAt < FLOOD + HOUR && attributes.region === 'North',
);

export const OPERATIONS_NOW: Readonly<Record<string, Shown>> = {
  'Silence of each region': {
    columns: { region: TEXT, silence: 'Float64' },
    rows: 2,
    where: { region: 'North' },
    is: { silence: END - newest },
  },
  'Completeness of the feed by region': {
    columns: { time: "DateTime('UTC')", region: TEXT, completeness: 'Nullable(Float64)' },
    rows: 8,
    where: { time: at(BEGIN + HOUR), region: 'South' },
    is: { completeness: 0 },
  },
  'Hours that are missing': {
    columns: { Hour: "DateTime('UTC')", Region: TEXT, Messages: 'UInt64', Expected: 'UInt64' },
    rows: 1,
    where: { Region: 'South' },
    is: { Hour: at(BEGIN + HOUR), Messages: 0, Expected: 60 },
  },
  'What can be done about the alerts of this time': {
    columns: Object.fromEntries(
      ['Stoppable now', 'Suppressible', 'Unstoppable', 'Always on', 'Protected', 'Unknown'].map((name) => [
        name,
        'Float64',
      ]),
    ),
    rows: 1,
    where: {},
    is: {
      'Stoppable now': share('suppressible') + alertsOf(of('remedy', 'released')) / all,
      Suppressible: share('suppressible'),
      Unstoppable: share('unstoppable'),
      'Always on': share('always-on'),
      Protected: share('protected'),
      Unknown: share('unknown'),
    },
  },
  'Alerts by what can be done about them': {
    columns: { time: "DateTime('UTC')", suppression: TEXT, rate: 'Float64' },
    rows: 10,
    where: { time: at(FLOOD), suppression: 'suppressible' },
    is: { rate: alertsOf(flooding) / HOUR },
  },
  'Who can stop what now': {
    columns: {
      ...{ Code: TEXT, Meaning: TEXT, Party: 'String', 'Who can act': 'String', Lever: 'String' },
      ...{ Devices: 'UInt64', 'Alerts a day saved': 'Float64' },
    },
    rows: 2,
    where: { Code: '8014' },
    is: {
      ...{ Meaning: 'The power factor is low', Party: 'dno-01', 'Who can act': 'Network 1' },
      ...{ Lever: 'Configure alert behaviour', Devices: 60 },
      'Alerts a day saved': alertsOf(of('suppression', 'suppressible')) / DAYS,
    },
  },
  'Codes with the most alerts': {
    columns: {
      ...{ Code: TEXT, Meaning: TEXT, 'Alerts a day': 'Float64', Unstoppable: 'Float64' },
      ...{ 'Stoppable now': 'Float64', Devices: 'UInt64' },
    },
    rows: 4,
    where: { Code: '8F3E' },
    is: {
      'Alerts a day': alertsOf(onMonday(({ code }) => code === '8F3E')) / DAYS,
      'Stoppable now': 0.5,
      Devices: devicesOf(onMonday(({ code }) => code === '8F3E')),
    },
  },
  'Parties with the most alerts': {
    columns: {
      ...{ Party: TEXT, Name: 'String', 'Alerts a day': 'Float64', Unstoppable: 'Float64' },
      ...{ Suppressible: 'Float64', Devices: 'UInt64' },
    },
    rows: 4,
    where: { Party: 'idno-03' },
    is: { Name: 'Independent network 3', 'Alerts a day': 30 / DAYS, Unstoppable: 1, Devices: 10 },
  },
  Floods: {
    columns: {
      ...{ Code: TEXT, Meaning: TEXT, Party: 'String', Since: "DateTime('UTC')", Until: "DateTime('UTC')" },
      ...{ 'Above usual': 'Nullable(Int64)', Score: 'Nullable(Float64)' },
    },
    rows: 2,
    where: { Code: '8014' },
    is: {
      ...{ Party: 'dno-01', Since: at(FLOOD), Until: at(FLOOD), 'Above usual': alertsOf(flooding) - USUAL },
      Score: (alertsOf(flooding) - USUAL) / Math.sqrt(USUAL),
    },
  },
  'Alerts above usual in hours that flood, by code': {
    columns: { time: "DateTime('UTC')", alert_code: TEXT, above: 'Nullable(Int64)' },
    rows: 2,
    where: { time: at(FLOOD) },
    is: { alert_code: '8014', above: alertsOf(flooding) - USUAL },
  },
  'Headroom in the last hour': {
    columns: { component_name: 'String', headroom: 'Float64' },
    rows: 4,
    where: { component_name: 'CSP North' },
    is: { headroom: 1 - peakOf(LAST, ({ attributes }) => attributes.region === 'North') / CAPACITY.North },
  },
  Migrations: { columns: { state: 'String', reason: 'String' }, rows: 1, where: {}, is: { state: 'go' } },
};

export const ANNOTATIONS: Readonly<Record<string, Shown>> = {
  'annotation: Feed gaps': {
    columns: { time: "DateTime('UTC')", timeEnd: "DateTime('UTC')", text: 'String', tags: 'String' },
    rows: 1,
    where: {},
    is: { time: at(BEGIN + HOUR), timeEnd: at(BEGIN + 2 * HOUR) },
  },
  'annotation: Rollouts': {
    columns: { time: "DateTime64(3, 'UTC')", text: 'String', tags: 'String' },
    rows: 1,
    where: {},
    is: { time: '2026-06-08 10:00:00.000', text: 'WNC hubs to 1.11.2 begins' },
  },
  'annotation: Rollouts on hold': {
    columns: {
      time: "DateTime64(3, 'UTC')",
      timeEnd: "DateTime64(3, 'UTC')",
      text: 'String',
      tags: 'String',
    },
    rows: 1,
    where: {},
    is: { time: '2026-06-01 00:00:00.000', text: 'Pilot of Release 2.0 is on hold: deafness' },
  },
  'annotation: Migrations paused': {
    columns: {
      time: "DateTime64(3, 'UTC')",
      timeEnd: "DateTime64(3, 'UTC')",
      text: 'String',
      tags: 'String',
    },
    rows: 1,
    where: {},
    is: {
      ...{ time: '2026-06-08 06:00:00.000', timeEnd: '2026-06-08 11:30:00.000' },
      text: 'MDS migrations are paused: alert volume',
    },
  },
  'annotation: Notes of operators': {
    columns: {
      time: "DateTime64(3, 'UTC')",
      timeEnd: "DateTime64(3, 'UTC')",
      text: 'String',
      tags: 'String',
    },
    rows: 1,
    where: {},
    is: {
      time: '2026-06-08 10:00:00.000',
      timeEnd: '2026-06-08 10:30:00.000',
      text: 'spike 8014 CHG42: hubs are reset (an operator)',
    },
  },
  'annotation: Migration gate says stop': {
    columns: { time: "DateTime('UTC')", timeEnd: "DateTime('UTC')", text: 'String', tags: 'String' },
    rows: 1,
    where: {},
    is: { time: at(FLOOD), timeEnd: at(FLOOD + HOUR) },
  },
};
