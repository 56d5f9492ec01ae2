import { randomUUID } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import { FILE_FORMATS, type Store } from '@tocsin/clickhouse';
import { dayOf } from '@tocsin/domain';
import type { Scope } from '../question.ts';
import { type Asked, begin, type Wanted } from './begin.ts';
import type { FORMATS, Manifest } from './manifest.ts';
import { Measured } from './measured.ts';

/** An export that has begun. `file` is its name: export, class, first and last day, and form. */
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
 * @param whole is told of it once all of its bytes are there; `body` ends after that, and fails where it does
 * @throws NotYours where whoever has this scope may not make one of this class, Unknown where its rows are no longer kept
 */
export async function openExport(
  store: Store,
  { format, ...wanted }: Wanted & { readonly format: (typeof FORMATS)[number] },
  scope: Scope,
  whole: (manifest: Manifest) => void | Promise<void>,
): Promise<Opened> {
  const begun = await begin(store, wanted, scope, FILE_FORMATS[format]);
  const file = await FILE_FORMATS[format].read(store, begun.query);
  const facts = await begun.facts().catch((error) => {
    file.body.destroy();
    throw error;
  });
  const id = randomUUID();
  const name = `${fileNameOf(wanted)}.${format}`;
  const measured = new Measured((measures) =>
    whole({ id, format, file: name, ...facts, rows: file.rows(), ...measures }),
  );
  const body = pipeline(file.body, measured, () => {});
  return { id, file: name, body, bytes: () => measured.bytes };
}

/** Without its ending. */
export function fileNameOf({ one, asked: unread }: Pick<Wanted, 'one' | 'asked'>): string {
  const asked = unread as Asked;
  return `${one.name}-${asked.class}-${dayOf(asked.from)}-to-${dayOf(asked.to)}`;
}
