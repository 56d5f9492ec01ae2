import { type Asked, asks, fieldOf } from '../volume/asked.ts';
import { DIMENSION_NAMES, type Dimension, MEASURES } from '../volume/columns.ts';
import { queryOf } from '../volume/query.ts';
import { CLASS, type Class, isProtected, wholeDays } from './classes.ts';
import { exported } from './export.ts';

/** What volumes are told apart by, of any class that leaves something out. */
const DIMENSIONS: Readonly<Record<'green' | 'white', readonly Dimension[]>> = {
  green: ['code', 'kind', 'region', 'responsible-party', 'suppression', 'reason', 'remedy'],
  white: ['code', 'kind', 'suppression', 'reason', 'remedy'],
};
/** To the ten below: two that differ by few devices look alike. */
const PROTECTED_MEASURES = { ...MEASURES, devices: `intDiv(${MEASURES.devices}, 10) * 10` };

/** Of groups that are too small to be told. */
const OTHER = 'other';

/** Any volume, all of its rows. */
export const volume = exported({
  name: 'volume',
  summary: 'alerts, messages and devices by any dimensions, over time: all rows',
  example: '--class amber --from 2020-07-01 --to 2020-07-08 --by code,model,region --grain hour',
  asked: asks({ class: CLASS }).superRefine((asked, context) => {
    wholeDays(asked, context);
    const faults = faultsOf(asked as Asked & { readonly class: Class });
    for (const [field, message] of Object.entries(faults))
      context.addIssue({
        code: 'custom',
        path: [field],
        message: `${message}, as the class is ${asked.class}`,
      });
  }),
  query: (asked, party, { text, time }) =>
    queryOf(asked, party, {
      ...{ text, time },
      ...(isProtected(asked.class)
        ? { view: 'protected_volume', measures: PROTECTED_MEASURES, always: [OTHER] }
        : {}),
    }),
  // Devices are no sum of those of groups.
  summed: { measures: ['alerts', 'messages'], order: undefined },
  sums: ({ by = [], grain }) => ({
    by: [
      ...(grain === 'none' ? [] : [{ column: 'time', title: `By ${grain}, Europe/London` }]),
      ...by.map((column) => ({ column, title: `By ${column.replaceAll('-', ' ')}` })),
    ],
    drawn: { first: 1, unit: 'alerts' },
    counts: { alerts: 'sum(`alerts`)', messages: 'sum(`messages`)' },
  }),
});

/** What the class does not have, by field. */
function faultsOf(asked: Asked & { readonly class: Class }): Record<string, string> {
  if (!isProtected(asked.class)) return {};
  const told = DIMENSIONS[asked.class];
  const faults: Record<string, string> = {};
  if (asked.by?.some((name) => !told.includes(name))) faults.by = `expected some of ${told.join(', ')}`;
  if (asked.grain === 'hour') faults.grain = 'expected none, day, week or month';
  for (const name of DIMENSION_NAMES)
    if (!told.includes(name) && asked[fieldOf(name)] !== undefined)
      faults[fieldOf(name)] = `expected only filters by ${told.join(', ')}`;
    else if (asked[fieldOf(name)] !== undefined && !asked.by?.includes(name))
      // What stands under a value is what of it may be told: one would take it for the whole.
      faults[fieldOf(name)] =
        `expected ${name} in by as well, where what is told under other is seen beside it`;
  return faults;
}
