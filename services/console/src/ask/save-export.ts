import { save } from './download.ts';
import { AskFailed, held } from './problem.ts';

/** Forms of an export, by the ending of their files: as they are asked for, which a link can't do. */
const FORMS = {
  csv: 'text/csv',
  parquet: 'application/vnd.apache.parquet',
  html: 'text/html',
} as const;
export type Form = keyof typeof FORMS;

/** A file that was saved; without rows and checksum where it has no manifest, as a summary page. */
export interface Saved {
  readonly file: string;
  readonly rows?: number;
  readonly sha256?: string;
}

/**
 * Saves an export whole, and reads its manifest, without which it would not be.
 * @param name of the file where the API gives none, without its ending
 * @throws AskFailed
 */
export async function saveExport(address: string, form: Form, name: string): Promise<Saved> {
  const response = await held(fetch(address, { headers: { accept: FORMS[form] } }));
  const content = await response.blob().catch(() => {
    throw broken('It broke off before its end, and nothing was saved: ask for it again.');
  });
  const file =
    /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? `${name}.${form}`;
  const manifest = /<([^>]+)>; rel="describedby"/.exec(response.headers.get('link') ?? '')?.[1];
  const { rows, sha256 } = manifest === undefined ? {} : await readManifest(manifest);
  save(content, file);
  return { file, rows, sha256 };
}

async function readManifest(address: string): Promise<Omit<Saved, 'file'>> {
  return (await held(fetch(address))).json();
}

const broken = (detail: string) => new AskFailed({ title: 'The export is not whole', status: 0, detail });
