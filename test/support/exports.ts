import type { Manifest } from '@tocsin/answers';
import type { Api } from './api.ts';

export interface Exported {
  readonly response: Response;
  readonly bytes: Buffer;
  readonly manifest: Manifest;
}

/** The address of an answer's manifest. */
export const manifestOf = (response: Response): string =>
  /<([^>]+)>; rel="describedby"/.exec(response.headers.get('link') ?? '')![1]!;

/** A whole file and its manifest; fails where either is refused. */
export async function exportFile(
  api: Api,
  path: string,
  token: string,
  accept = 'text/csv',
): Promise<Exported> {
  const response = await api.get(`/v1/exports/${path}`, token, { accept });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${bytes}`);
  const manifest = await api.get(manifestOf(response), token);
  if (manifest.status !== 200) throw new Error(`${path}: manifest ${manifest.status}`);
  return { response, bytes, manifest: (await manifest.json()) as Manifest };
}

/** Rows of a CSV file whose values have no commas, by column. */
export function csvRows(bytes: Buffer): Record<string, string>[] {
  const [head, ...lines] = bytes.toString().trimEnd().split('\n');
  const cells = (line: string) => line.split(',').map((cell) => cell.replace(/^"|"$/g, ''));
  const names = cells(head!);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i]!, cell])));
}
