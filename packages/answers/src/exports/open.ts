import { randomUUID } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import { FILE_FORMATS, type PeriodVersion, readPeriodVersion, type Store } from '@tocsin/clickhouse';
import { dayOf } from '@tocsin/domain';
import type { z } from 'zod';
import { hoursOf } from '../hours.ts';
import { iso } from '../period.ts';
import type { Scope } from '../question.ts';
import { type Class, isProtected, mayMake } from './classes.ts';
import type { Export } from './export.ts';
import type { FORMATS, Manifest } from './manifest.ts';
import { Measured } from './measured.ts';

export interface Wanted {
  readonly one: Export;
  /** By name as text, and as `asked` of the export reads it. */
  readonly given: Readonly<Record<string, string>>;
  readonly asked: z.output<z.ZodObject>;
  readonly format: (typeof FORMATS)[number];
  /** Bytes that the query may have in memory; what grows beyond a quarter of them goes on on the disk. */
  readonly memoryBytes: number;
  readonly timeoutSeconds: number;
}

export interface Opened {
  readonly id: string;
  readonly file: string;
  /** As fast as it is read; fails where it breaks off. Destroyed, it ends the query. */
  readonly body: Readable;
  /** Bytes so far. */
  bytes(): number;
}

/**
 * Begins an export.
 * @param whole is told of it once all of its bytes are there, before `body` ends
 * @throws NotYours where whoever has this scope may not make one of this class, Unknown where its rows are no longer kept
 */
export async function openExport(
  store: Store,
  wanted: Wanted,
  scope: Scope,
  whole: (manifest: Manifest) => void,
): Promise<Opened> {
  const { one, given, format, memoryBytes, timeoutSeconds } = wanted;
  const asked = wanted.asked as { readonly class: Class; readonly from: number; readonly to: number };
  mayMake(asked.class, scope);
  await one.check?.(store, asked);
  const { sql, params } = one.query(asked, scope.party ?? '', FILE_FORMATS[format]);
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
  const madeAt = new Date();
  const file = await FILE_FORMATS[format].read(store, { sql, params, settings });
  const after = await readPeriodVersion(store, { from, to }).catch((error) => {
    file.body.destroy();
    throw error;
  });
  const id = randomUUID();
  const name = `${one.name}-${asked.class}-${dayOf(asked.from)}-to-${dayOf(asked.to)}.${format}`;
  const measured = new Measured((measures) =>
    whole({
      ...{
        id,
        export: one.name,
        class: asked.class,
        format,
        file: name,
        period: { from: iso(from), to: iso(to) },
      },
      ...{
        query: { ...given },
        scope: scope.party === null ? 'network' : 'party',
        madeAt: madeAt.toISOString(),
      },
      party: isProtected(asked.class) ? null : scope.party,
      data: {
        ...{ version: before.id, exact: before.id === after.id },
        // How much came in all would say what is left out, and to one party what came of others.
        ledger: scope.party !== null || isProtected(asked.class) ? null : ledgerOf(before),
      },
      rows: file.rows(),
      ...measures,
    }),
  );
  const body = pipeline(file.body, measured, () => {});
  return { id, file: name, body, bytes: () => measured.bytes };
}

function ledgerOf({ id: _, positions, ...counts }: PeriodVersion): Manifest['data']['ledger'] {
  return { ...counts, positions: [...positions] };
}
