import {
  type FileFormat,
  type FileQuery,
  type PeriodVersion,
  readPeriodVersion,
  type Store,
} from '@tocsin/clickhouse';
import type { z } from 'zod';
import { hoursOf } from '../hours.ts';
import { iso } from '../period.ts';
import type { Scope } from '../question.ts';
import { type Class, isProtected, mayMake } from './classes.ts';
import type { Export } from './export.ts';
import type { Manifest } from './manifest.ts';

/** What is asked of an export, and what its query may take. */
export interface Wanted {
  readonly one: Export;
  /** By name as text, and as `asked` of the export reads it. */
  readonly given: Readonly<Record<string, string>>;
  readonly asked: z.output<z.ZodObject>;
  /** Bytes that the query may have in memory; what grows beyond a quarter of them goes on on the disk. */
  readonly memoryBytes: number;
  readonly timeoutSeconds: number;
}

export type Asked = { readonly class: Class; readonly from: number; readonly to: number };

/** What an export is of, whatever form it has. */
export type Facts = Pick<
  Manifest,
  'export' | 'class' | 'period' | 'query' | 'scope' | 'party' | 'madeAt' | 'data'
>;

/**
 * The query of an export, and what it is of once its answer has begun.
 * @throws NotYours where whoever has this scope may not make one of this class, Unknown where its rows are no longer kept
 */
export async function begin(
  store: Store,
  { one, given, asked: unread, memoryBytes, timeoutSeconds }: Wanted,
  scope: Scope,
  format: FileFormat,
): Promise<{ query: FileQuery; facts(): Promise<Facts> }> {
  const asked = unread as Asked;
  mayMake(asked.class, scope);
  await one.check?.(store, asked);
  const { sql, params } = one.query(asked, scope.party ?? '', format);
  // Several steps of a query have their state at a time.
  const each = String(Math.floor(memoryBytes / 4));
  const settings = {
    max_memory_usage: String(memoryBytes),
    max_bytes_before_external_group_by: each,
    max_bytes_before_external_sort: each,
    max_execution_time: timeoutSeconds,
  };
  const { from, to } = hoursOf(asked);
  const before = await readPeriodVersion(store, { from, to });
  const madeAt = new Date().toISOString();
  return {
    query: { sql, params, settings },
    async facts() {
      const after = await readPeriodVersion(store, { from, to });
      return {
        ...{ export: one.name, class: asked.class, period: { from: iso(from), to: iso(to) } },
        ...{ query: { ...given }, scope: scope.party === null ? 'network' : 'party', madeAt },
        party: isProtected(asked.class) ? null : scope.party,
        data: {
          ...{ version: before.id, exact: before.id === after.id },
          // How much came in all would say what is left out, and to one party what came of others.
          ledger: scope.party !== null || isProtected(asked.class) ? null : ledgerOf(before),
        },
      };
    },
  };
}

function ledgerOf({ id: _, positions, ...counts }: PeriodVersion): Manifest['data']['ledger'] {
  return { ...counts, positions: [...positions] };
}
