import { HOUR } from '../store-feed.ts';
import { at, peakOf, type Shown } from './count.ts';
import { ATTEMPTS, BEGIN, CAPACITY, SLOTS } from './world.ts';

const DOWNLOADED = ATTEMPTS.activated + ATTEMPTS.failed;
const TIME = "DateTime('UTC')";
const FLOOD = BEGIN + 2 * HOUR;
const inNorth = ({ attributes }: { attributes: Readonly<Record<string, string>> }) =>
  attributes.region === 'North';
const peak = peakOf(FLOOD, inNorth);
const least = 1 - peak / CAPACITY.North;

export const CAPACITIES: Readonly<Record<string, Shown>> = {
  'Least headroom': {
    columns: { component_name: 'String', headroom: 'Float64' },
    rows: 4,
    where: { component_name: 'CSP North' },
    is: { headroom: least },
  },
  'Load of the highest minute, and capacity A': {
    columns: { time: TIME, component_name: 'String', highest: 'Float64' },
    rows: 16,
    where: { time: at(FLOOD), component_name: 'CSP North' },
    is: { highest: peak },
  },
  'Load of the highest minute, and capacity B': {
    columns: { time: TIME, component_name: 'String', capacity: 'Float64' },
    rows: 16,
    where: { time: at(FLOOD), component_name: 'CSP North' },
    is: { capacity: CAPACITY.North },
  },
  'Headroom of the tightest minute': {
    columns: { time: TIME, component_name: 'String', headroom: 'Float64' },
    rows: 16,
    where: { time: at(FLOOD), component_name: 'End to end' },
    is: { headroom: least },
  },
  'Tightest minutes': {
    columns: {
      ...{ Minute: TIME, Component: 'String', Name: 'String', Load: 'Float64', Capacity: 'Float64' },
      Headroom: 'Float64',
    },
    rows: 16,
    where: { Component: 'north', Minute: at(FLOOD) },
    is: { Name: 'CSP North', Load: peak, Capacity: CAPACITY.North, Headroom: least },
  },
  'Migration gate': {
    columns: { time: TIME, state: 'String' },
    rows: 4,
    where: { time: at(FLOOD) },
    is: { state: 'stop' },
  },
  'Hours at caution or stop, and why': {
    columns: { Hour: TIME, State: 'String', Tightest: 'String', Headroom: 'Float64', Why: 'String' },
    rows: 1,
    where: {},
    is: { Hour: at(FLOOD), State: 'stop', Tightest: 'CSP North', Headroom: least },
  },
  'Firmware downloads': {
    columns: { time: TIME, name: 'String', downloads: 'UInt64' },
    rows: 1,
    where: {},
    is: { time: at(BEGIN + HOUR), name: 'Request slots', downloads: DOWNLOADED },
  },
  'Busiest hours of the request slots': {
    columns: {
      ...{
        Hour: TIME,
        Component: 'String',
        Slots: 'Float64',
      },
      ...{ Downloads: 'UInt64', Failed: 'UInt64', 'Until all are taken': 'Float64' },
    },
    rows: 1,
    where: {},
    is: {
      Slots: SLOTS,
      Downloads: DOWNLOADED,
      Failed: 0,
      'Until all are taken': (3600 * SLOTS) / DOWNLOADED,
    },
  },
};
