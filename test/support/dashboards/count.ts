import { HOUR } from '../store-feed.ts';
import { BEGIN, END, MESSAGES, type Message } from './world.ts';

/** What a panel has to show, counted from what was said. */
export interface Shown {
  /** Types by the column's name, as ClickHouse names both. */
  readonly columns: Readonly<Record<string, string>>;
  /** The row that `where` tells from all others has these values. */
  readonly where: Readonly<Record<string, unknown>>;
  readonly is: Readonly<Record<string, unknown>>;
  /** Asked for another time than the Monday's. */
  readonly view?: { readonly from: number; readonly to?: number };
  /** How many rows there are. */
  readonly rows: number;
}

export const during = (from: number, to: number, where: (message: Message) => boolean = () => true) =>
  MESSAGES.filter((message) => message.receivedAt >= from && message.receivedAt < to && where(message));

/** Of the four hours of the Monday. */
export const onMonday = (where?: (message: Message) => boolean) => during(BEGIN, END, where);

export const alertsOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, { alerts }) => sum + alerts, 0);

export const devicesOf = (messages: readonly Message[]): number =>
  new Set(messages.map(({ device }) => device)).size;

/** How many days the Monday's four hours are. */
export const DAYS = (END - BEGIN) / (24 * HOUR);

/** `YYYY-MM-DD hh:mm:ss`, UTC. */
export const at = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** The highest minute of the hour that begins at `hour`, in alerts a second. */
export function peakOf(hour: number, where?: (message: Message) => boolean): number {
  const minutes = Array.from({ length: 60 }, (_, i) =>
    alertsOf(during(hour + 60 * i, hour + 60 * i + 60, where)),
  );
  return Math.max(...minutes) / 60;
}
