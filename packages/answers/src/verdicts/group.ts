import type { Told } from './told.ts';

/** Alerts that have the same verdict. `party`: who can act where `lever` says by what, else who is responsible. */
export interface Verdict {
  readonly code: string;
  readonly suppression: string;
  readonly reason: string;
  readonly stoppable: boolean;
  readonly lever: Told['levers'][number]['lever'];
  readonly party: string;
  readonly responsible: string;
  readonly alerts: number;
}

export interface Known {
  readonly codes: ReadonlyMap<string, { readonly meaning: string; readonly safety: boolean }>;
  readonly parties: ReadonlyMap<string, { readonly name: string; readonly role: string }>;
  readonly days: number;
}

/** What was told of single verdicts, as sums. */
export function groupVerdicts(verdicts: readonly Verdict[], { codes, parties, days }: Known): Told {
  const amountOf = (rows: readonly Verdict[]) => {
    const alerts = rows.reduce((sum, row) => sum + row.alerts, 0);
    return { alerts, aDay: alerts / days };
  };
  const partOf = (rows: readonly Verdict[], whole: readonly Verdict[]) => {
    const [part, all] = [amountOf(rows), amountOf(whole)];
    return { ...part, share: all.alerts === 0 ? null : part.alerts / all.alerts };
  };
  const all = (rows: readonly Verdict[]) => ({
    ...amountOf(rows),
    stoppable: partOf(
      rows.filter(({ stoppable }) => stoppable),
      rows,
    ),
    unstoppable: partOf(rows.filter(isUnstoppable), rows),
  });
  const whoIs = (party: string) => ({
    party,
    name: parties.get(party)?.name ?? party,
    role: parties.get(party)?.role ?? '',
  });
  const stoppable = verdicts.filter((one) => one.stoppable);
  const unstoppable = verdicts.filter(isUnstoppable);
  return {
    all: all(verdicts),
    codes: groups(verdicts, ({ code }) => [code]).map(([{ code }, rows]) => ({
      code,
      meaning: codes.get(code)?.meaning ?? '',
      safety: codes.get(code)?.safety ?? false,
      ...all(rows),
    })),
    levers: groups(stoppable, ({ lever, party }) => [lever, whoIs(party).role]).map(
      ([{ lever, party }, rows]) => ({
        lever,
        role: whoIs(party).role,
        ...amountOf(rows),
      }),
    ),
    parties: groups(stoppable, ({ lever, party }) => [lever, party]).map(([{ lever, party }, rows]) => ({
      ...whoIs(party),
      lever,
      codes: codesOf(rows),
      ...amountOf(rows),
    })),
    reasons: groups(
      verdicts.filter((one) => !one.stoppable),
      ({ suppression, reason }) => [suppression, reason],
    ).map(([{ suppression, reason }, rows]) => ({
      ...{ suppression, reason, codes: codesOf(rows) },
      ...partOf(rows, verdicts),
    })),
    responsible: groups(unstoppable, ({ responsible, reason }) => [responsible, reason]).map(
      ([{ responsible, reason }, rows]) => ({ ...whoIs(responsible), reason, ...partOf(rows, unstoppable) }),
    ),
  };
}

const isUnstoppable = ({ suppression }: Verdict) => suppression === 'unstoppable';

/** The codes, that with the most alerts first. */
const codesOf = (rows: readonly Verdict[]) => groups(rows, ({ code }) => [code]).map(([{ code }]) => code);

/** Rows that are alike by a key, with the first of them, the most alerts first. */
function groups(rows: readonly Verdict[], keyOf: (row: Verdict) => string[]): [Verdict, Verdict[]][] {
  const byKey = new Map<string, Verdict[]>();
  for (const row of rows) {
    const key = keyOf(row).join('\0');
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const sum = (some: readonly Verdict[]) => some.reduce((total, { alerts }) => total + alerts, 0);
  return [...byKey]
    .sort(([a, of], [b, other]) => sum(other) - sum(of) || (a < b ? -1 : 1))
    .map(([, some]) => [some[0]!, some]);
}
