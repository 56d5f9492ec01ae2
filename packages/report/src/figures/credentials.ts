import type { Day } from '@tocsin/domain';
import type { Definition } from '../definition.ts';
import type { Figure } from '../form.ts';
import { counted } from '../measures.ts';
import { showWindow } from './windows.ts';

/** `reason` null: all of them together, a device of both reasons once. */
export interface CredentialRow {
  reason: string | null;
  devices: number;
  alerts: number;
}

/** Alerts of devices whose network operator can't be told: wrong credentials, or none. */
export function credentials(
  { credentials: asked }: Definition,
  rows: readonly CredentialRow[],
  days: number,
  incomplete: readonly Day[],
): Figure {
  const of = (reason: string | null) =>
    rows.find((row) => row.reason === reason) ?? { devices: 0, alerts: 0 };
  const both = (name: string, label: string, reason: string | null) => [
    counted(
      { id: `credentials.${name}devices`, label: `devices${label}`, unit: 'devices' },
      of(reason).devices,
    ),
    counted(
      { id: `credentials.${name}alerts`, label: `their alerts${label}`, unit: 'alerts' },
      of(reason).alerts,
    ),
    counted(
      { id: `credentials.${name}alerts-a-day`, label: `their alerts a day${label}`, unit: 'alerts/day' },
      days === 0 ? null : of(reason).alerts / days,
    ),
  ];
  return {
    id: 'credentials',
    title: 'Devices with wrong or missing credentials of their network operator',
    formula:
      'Devices that raised alerts meant for a network operator which are addressed to another party than the inventory’s ' +
      '(credential-mismatch) or to none at all (no-party), and these alerts. Above 65,536 devices are estimated.',
    window: `${showWindow(asked.window, incomplete)}, Europe/London days`,
    measures: [
      ...both('', '', null),
      ...both('mismatch-', ', addressed to another party', 'credential-mismatch'),
      ...both('none-', ', without a party', 'no-party'),
    ],
    notes: [],
  };
}
