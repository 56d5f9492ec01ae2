import { HOUR } from '../store-feed.ts';
import { alertsOf, at, during, onMonday, type Shown } from './count.ts';
import { EFFECT, SIDE_EFFECT, SILENT } from './kept.ts';
import { ATTEMPTS, BEGIN, FIRST, MONDAY, TUESDAY } from './world.ts';

const TEXT = 'LowCardinality(String)';
const NUMBER = 'Nullable(Float64)';
const MILLISECONDS = "DateTime64(3, 'UTC')";
const TIME = "DateTime('UTC')";
const FLOOD = BEGIN + 2 * HOUR;
const hub = ({ code }: { code: string }) => code === '8F3E';
const before = alertsOf(during(FIRST, MONDAY, hub));
const after = alertsOf(during(TUESDAY, TUESDAY + HOUR, hub));
const tried = BEGIN + HOUR;

export const ROLLOUTS: Readonly<Record<string, Shown>> = {
  'Alerts a day by firmware': {
    columns: { time: TIME, version: 'String', alerts_a_day: 'UInt64' },
    rows: 4,
    where: { version: 'WNC CS-1 1.11.2' },
    is: {
      time: at(MONDAY),
      alerts_a_day: alertsOf(onMonday(({ attributes }) => attributes.firmware === '1.11.2')),
    },
  },
  'Before and after each rollout': {
    columns: {
      ...{ Rollout: 'String', Began: "DateTime64(3, 'UTC')", Ended: "Nullable(DateTime64(3, 'UTC'))" },
      ...{ 'Before, a day': 'Float64', 'After, a day': 'Float64', Change: 'Nullable(Float64)' },
    },
    rows: 2,
    view: { from: FIRST, to: TUESDAY + HOUR },
    where: { Rollout: 'WNC hubs to 1.11.2' },
    is: {
      ...{ Began: '2026-06-08 10:00:00.000', Ended: null, 'Before, a day': before / 5 },
      // Of the Monday an hour is missing, so that nothing is to be read from it.
      'After, a day': after,
      Change: after / (before / 5) - 1,
    },
  },
  'Firmware of the time range': {
    columns: {
      ...{
        Model: 'String',
        Firmware: TEXT,
        Code: TEXT,
        Meaning: TEXT,
        'First day': TIME,
        'Last day': TIME,
      },
      ...{ Alerts: 'UInt64', Devices: 'UInt64', 'Per device and day': 'Float64' },
    },
    rows: 6,
    where: { Firmware: '1.10.4' },
    is: { Model: 'WNC CS-1', Code: '8F3E', Devices: 30, 'Per device and day': 3, 'First day': at(MONDAY) },
  },
  'What firmware can do about the alerts': {
    columns: { time: TIME, remedy: TEXT, rate: 'Float64' },
    rows: 7,
    where: { time: at(FLOOD), remedy: 'released' },
    is: {
      rate:
        alertsOf(during(FLOOD, FLOOD + HOUR, ({ attributes }) => attributes.remedy === 'released')) / HOUR,
    },
  },
  Adoption: {
    columns: { time: "DateTime('UTC')", version: TEXT, devices: 'UInt64' },
    rows: 1,
    where: { version: '1.11.2' },
    is: { time: at(MONDAY), devices: ATTEMPTS.activated },
  },
  'Attempts that failed': {
    columns: { time: "DateTime('UTC')", why: 'String', devices: 'UInt64' },
    rows: 1,
    where: {},
    is: { why: 'activation: han-unstable', devices: ATTEMPTS.failed },
  },
  'Attempts by version': {
    columns: {
      ...{ Version: TEXT, Downloaded: 'UInt64', Activated: 'UInt64', Failed: 'UInt64' },
      ...{ First: "DateTime64(3, 'UTC')", Last: "DateTime64(3, 'UTC')" },
    },
    rows: 1,
    where: { Version: '1.11.2' },
    is: {
      ...{
        Downloaded: ATTEMPTS.activated + ATTEMPTS.failed,
        Activated: ATTEMPTS.activated,
        Failed: ATTEMPTS.failed,
      },
      First: `${at(tried)}.000`,
    },
  },
  'Rollouts of the registry': {
    columns: {
      ...{
        Rollout: 'String',
        Firmware: 'String',
        State: 'String',
        Reason: 'String',
        Begins: "DateTime64(3, 'UTC')",
      },
      ...{ Ends: "Nullable(DateTime64(3, 'UTC'))", Pauses: 'UInt64' },
    },
    rows: 2,
    where: { Rollout: 'Pilot of Release 2.0' },
    is: { Firmware: '2.02.0', State: 'on-hold', Pauses: 1 },
  },
  'Effect of each rollout, with interval': {
    columns: {
      ...{ Rollout: 'String', State: 'String', Code: 'String', Effect: NUMBER, From: NUMBER, To: NUMBER },
      ...{ 'Avoided a day': NUMBER, 'At least': NUMBER, 'At most': NUMBER },
      ...{ Activated: 'UInt64', Controls: 'UInt64', 'Not told, or to be read with care': 'String' },
      'As of': MILLISECONDS,
    },
    rows: 2,
    where: { Rollout: 'WNC hubs to 1.11.2' },
    is: {
      ...{ Code: '8F3E', Effect: EFFECT.estimate, From: EFFECT.low, To: EFFECT.high },
      ...{ 'Avoided a day': EFFECT.avoidedPerDay.value, Activated: EFFECT.activated },
      'Not told, or to be read with care': '',
    },
  },
  'Side effects': {
    columns: {
      ...{ Rollout: 'String', Code: 'String', Scope: 'String', Effect: NUMBER, From: NUMBER, To: NUMBER },
      ...{ 'Probability by chance': NUMBER, 'As of': MILLISECONDS },
    },
    rows: 1,
    where: {},
    is: {
      Code: '8014',
      Scope: 'han',
      Effect: SIDE_EFFECT.estimate,
      'Probability by chance': SIDE_EFFECT.pAdjusted,
    },
  },
  'Silent after activation': {
    columns: {
      ...{
        Rollout: 'String',
        State: 'String',
        Activated: 'UInt64',
        Silent: 'UInt64',
        'Could be told': 'UInt64',
      },
      ...{
        Share: NUMBER,
        'At least': NUMBER,
        'At most': NUMBER,
        'Of the control': NUMBER,
        'As of': MILLISECONDS,
      },
    },
    rows: 1,
    where: {},
    is: { Silent: SILENT.silent, 'Could be told': SILENT.of, Share: SILENT.share, 'Of the control': 0 },
  },
  'Blocked devices': {
    columns: {
      ...{ Supplier: 'String', Region: 'String', Model: 'String', Firmware: 'String' },
      ...{ Blocked: 'UInt64', 'By the HAN': 'UInt64', Since: MILLISECONDS },
    },
    rows: 1,
    where: { Firmware: '1.11.2' },
    is: {
      Region: 'South',
      Blocked: ATTEMPTS.failed,
      'By the HAN': ATTEMPTS.failed,
      Since: `${at(tried)}.000`,
    },
  },
};
