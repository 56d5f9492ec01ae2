import { readInstallations, readVolume } from '@tocsin/clickhouse';
import { type Figure, installations } from '@tocsin/report';
import type { Context } from '../context.ts';
import { hoursOf } from '../moments.ts';

export async function measureInstallations({ store, definition, incomplete }: Context): Promise<Figure> {
  const { codes, before, after } = definition.installations;
  const installed = new Map<string, number>();
  const raised = new Map<string, number>();
  for (const days of [before, after]) {
    const window = hoursOf(days, []);
    for (const { day, devices } of await readInstallations(store, window)) installed.set(day, devices);
    for (const { day, alerts } of await readVolume(store, window, ['day'], [{ alert_code: codes }]))
      raised.set(day, alerts);
  }
  return installations(definition, { installations: installed, alerts: raised }, incomplete);
}
