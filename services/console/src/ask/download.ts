import { held } from './problem.ts';

/** All rows of a question as CSV, page by page, saved as a file. @throws AskFailed */
export async function downloadCsv(address: string, file: string): Promise<void> {
  const parts: string[] = [];
  let next: string | undefined = address + (address.includes('?') ? '&' : '?').concat('pageSize=10000');
  while (next !== undefined) {
    const response = await held(fetch(next, { headers: { accept: 'text/csv' } }));
    const text = await response.text();
    // Each page has the line of the columns.
    parts.push(parts.length === 0 ? text : text.slice(text.indexOf('\n') + 1));
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  save(new Blob(parts, { type: 'text/csv' }), file);
}

/** Has the browser save what was got with a request that no link can make. */
export function save(content: Blob, file: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = file;
  link.click();
  URL.revokeObjectURL(link.href);
}
