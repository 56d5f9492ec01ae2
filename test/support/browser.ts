import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** This machine's Chromium, or else the one that npm brings. */
export async function openBrowser(): Promise<Browser> {
  const own = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
  if (own !== undefined && process.env.BROWSER_OF !== 'npm')
    return chromium.launch({ executablePath: own, args: ['--no-sandbox'] });
  const { default: brought } = await import('@sparticuz/chromium');
  // Made for a single page in one process, which ends with the first context that is closed.
  const args = brought.args.filter((one) => one !== '--single-process' && one !== '--no-zygote');
  return chromium.launch({ executablePath: await brought.executablePath(), args });
}
