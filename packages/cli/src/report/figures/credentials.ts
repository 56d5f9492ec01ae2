import { readVolume, type VolumeFilter } from '@tocsin/clickhouse';
import { CATALOGUE } from '@tocsin/domain';
import { credentials, daysOf, type Figure } from '@tocsin/report';
import type { Context } from '../context.ts';
import { hoursOf } from '../moments.ts';

const REASONS = ['credential-mismatch', 'no-party'];

export async function measureCredentials({ store, definition, incomplete }: Context): Promise<Figure> {
  const { window } = definition.credentials;
  const hours = hoursOf(window, incomplete);
  const filters: VolumeFilter[] = [{ alert_code: networkOperatorCodes(), reason: REASONS }];
  const [together] = await readVolume(store, hours, [], filters);
  const byReason = await readVolume(store, hours, ['reason'], filters);
  const rows = [...(together ? [{ ...together, reason: null }] : []), ...byReason];
  const days = daysOf(window).filter((day) => !incomplete.includes(day)).length;
  return credentials(definition, rows, days, incomplete);
}

/** Codes that a network operator is told of. */
function networkOperatorCodes(): string[] {
  const codes = [...CATALOGUE.values()].filter(
    ({ remoteParties }) => remoteParties[0] === 'Network Operator',
  );
  return codes.map(({ code }) => code);
}
