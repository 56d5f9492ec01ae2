import { amount, counted, percent } from '../numbers.ts';
import type { Row } from './told.ts';

/** Why a code can't be switched off, where the word that rules have for it doesn't tell. */
const WHY: Readonly<Record<string, string>> = {
  ...{
    code: 'it is always on',
    'device-kind': 'these devices can’t be told to',
    safety: 'it tells of a danger',
  },
  ...{ 'unknown-code': 'nothing is known of it', 'unknown-device': 'the devices aren’t known' },
  ...{ 'not-a-dcc-user': 'no DCC User', 'credential-mismatch': 'the devices hold others’ credentials' },
  ...{ 'no-party': 'it is nobody’s', 'role-not-eligible': 'not by this role' },
  'service-request-unavailable': 'the request is out of service',
};

/** Who should do what. */
export function read(rows: readonly Row[]): string {
  const alerts = sum(rows, (row) => row.alerts);
  if (alerts === 0) return 'Nothing came in this period.';
  const suppressible = sum(rows, (row) => row.suppressible);
  const lines = [
    `${percent(suppressible / alerts)} of ${amount(alerts)} alerts could have been switched off by whom they are for.`,
  ];
  const idle = most(rows, ({ suppressible, arriving }) => suppressible - arriving);
  if (idle)
    lines.push(
      `Most by ${idle.name}: ${idle.code}, which is off on ${amount(idle.off)} of the ${counted(idle.available, 'device')} on which it can be.`,
    );
  const arriving = sum(rows, (row) => row.arriving);
  const again = most(rows, (row) => row.arriving);
  if (again)
    lines.push(
      `${counted(arriving, 'alert')} came of devices on which the code is off, most for ${again.name} of ${again.code}: ` +
        'the setting should be read back (6.2.10), and the request sent again where it did not take.',
    );
  const barred = most(rows, (row) => row.alerts - row.suppressible);
  if (barred)
    lines.push(
      `Most of what can't be switched off: ${barred.code} for ${barred.name} (${barred.others.map(({ reason }) => WHY[reason] ?? reason).join(', ')}).`,
    );
  return lines.join(' ');
}

const sum = (rows: readonly Row[], of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);

/** The row of which there is most; undefined where none has any. */
function most(rows: readonly Row[], of: (row: Row) => number): Row | undefined {
  const [first] = [...rows].sort((a, b) => of(b) - of(a));
  return first && of(first) > 0 ? first : undefined;
}
