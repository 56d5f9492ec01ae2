import { randomUUID } from 'node:crypto';
import type { Store } from '../client.ts';
import { formatMoment } from '../delivery/tab-separated.ts';

/** What a note is about: a thing of this kind, which its subject names. */
const NOTE_KINDS = ['spike', 'code', 'rollout', 'party', 'feed', 'migration', 'other'] as const;
/** As the table `operator_notes` has it; `other` where the subject is none of these things. */
export type NoteKind = (typeof NOTE_KINDS)[number];

/** Times are ms since the epoch. */
export interface Note {
  readonly id: string;
  /** When it was written. */
  readonly at: number;
  readonly begins: number;
  /** Null for a moment. */
  readonly ends: number | null;
  readonly kind: NoteKind;
  /** The code, rollout, party or region that it is about; empty for the network. */
  readonly subject: string;
  readonly ticket: string;
  readonly text: string;
  readonly author: string;
}

const COLUMNS = ['id', 'begins', 'ends', 'kind', 'subject', 'ticket', 'text', 'author', 'withdrawn'];

/** Adds a note and gives its id. */
export async function addNote(store: Store, note: Omit<Note, 'id' | 'at'>): Promise<string> {
  const id = randomUUID();
  await write(store, { ...note, id }, false);
  return id;
}

/** The notes about a time that touches [from, to), the earliest first. */
export async function readNotes(store: Store, from: number, to: number): Promise<Note[]> {
  return store.rows<Note>(
    `SELECT toString(id) AS id, toUnixTimestamp64Milli(note.at) AS at, toUnixTimestamp64Milli(note.begins) AS begins,
       toUnixTimestamp64Milli(note.ends) AS ends, kind, subject, ticket, text, author
     FROM notes(from = {from:DateTime64(3, 'UTC')}, to = {to:DateTime64(3, 'UTC')}) AS note`,
    { from: formatMoment(from), to: formatMoment(to) },
  );
}

/** Takes a note back, so that no list shows it any more; false where none of this id holds. */
export async function withdrawNote(store: Store, id: string): Promise<boolean> {
  const all = await readNotes(store, 0, Date.UTC(2100, 0, 1));
  const note = all.find((one) => one.id === id);
  if (note) await write(store, note, true);
  return note !== undefined;
}

async function write(store: Store, note: Omit<Note, 'at'>, withdrawn: boolean): Promise<void> {
  const { begins, ends } = note;
  const row = {
    ...note,
    begins: formatMoment(begins),
    ends: ends === null ? null : formatMoment(ends),
    withdrawn,
  };
  await store.insert({
    table: 'operator_notes',
    columns: COLUMNS,
    format: 'JSONEachRow',
    body: JSON.stringify(Object.fromEntries(COLUMNS.map((name) => [name, row[name as keyof typeof row]]))),
    // The same words may be said of two things.
    token: `${note.id} ${withdrawn}`,
  });
}
