import { HOUR } from '../store-feed.ts';
import { alertsOf, at, DAYS, devicesOf, during, onMonday, type Shown } from './count.ts';
import { BEGIN } from './world.ts';

const TEXT = 'LowCardinality(String)';
const TIME = "DateTime('UTC')";
const WEEK = 7 * 24 * HOUR;
const all = onMonday();
const flooding = BEGIN + 2 * HOUR;
const power = onMonday(({ code, attributes }) => code === '8014' && attributes.region === 'North');
const of = (device: number) => onMonday((message) => message.device === device && message.code === '8014');

export const VOLUMES: Readonly<Record<string, Shown>> = {
  'In all': {
    columns: { Alerts: 'UInt64', Messages: 'UInt64', Devices: 'UInt64' },
    rows: 1,
    where: {},
    is: { Alerts: alertsOf(all), Messages: all.length, Devices: devicesOf(all) },
  },
  'Alerts by ${by}': {
    columns: { time: TIME, series: 'String', rate: 'Float64' },
    rows: 9,
    where: { time: at(flooding), series: '8014' },
    is: { rate: alertsOf(during(flooding, flooding + HOUR, ({ code }) => code === '8014')) / HOUR },
  },
  'Against last week A': {
    columns: { time: TIME, 'this time': 'Float64' },
    rows: 4,
    where: { time: at(flooding) },
    is: { 'this time': alertsOf(during(flooding, flooding + HOUR)) / HOUR },
  },
  'Against last week B': {
    columns: { time: TIME, 'a week before': 'Float64' },
    rows: 4,
    where: { time: at(flooding) },
    is: { 'a week before': alertsOf(during(flooding - WEEK, flooding - WEEK + HOUR)) / HOUR },
  },
  'Code × firmware × party × region': {
    columns: {
      ...{ Code: TEXT, Meaning: TEXT, Model: 'String', Firmware: TEXT, Party: TEXT, Region: TEXT },
      ...{ 'Alerts a day': 'Float64', Messages: 'UInt64', Devices: 'UInt64' },
    },
    rows: 6,
    where: { Code: '8014', Region: 'North' },
    is: {
      ...{ Model: 'Kestrel KM-200', Firmware: '3.4.0', Party: 'dno-01', Messages: power.length, Devices: 60 },
      'Alerts a day': alertsOf(power) / DAYS,
    },
  },
  'Devices with the most alerts': {
    columns: {
      ...{
        Device: 'FixedString(16)',
        Code: TEXT,
        Kind: 'String',
        Model: 'String',
        Firmware: 'String',
        Region: 'String',
      },
      ...{
        Alerts: 'UInt64',
        Messages: 'UInt64',
        First: "DateTime64(3, 'UTC')",
        Last: "DateTime64(3, 'UTC')",
      },
    },
    rows: 100,
    where: { Device: '0'.repeat(16), Code: '8014' },
    is: { Alerts: alertsOf(of(0)), Messages: of(0).length, First: `${at(BEGIN)}.000` },
  },
};
