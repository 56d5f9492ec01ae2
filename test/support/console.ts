import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Api } from './api.ts';
import { until } from './until.ts';

export const WIDTHS = [1280, 768];
/** Whatever stands for figures, or for a chart of them, that are on their way. */
const UNSETTLED = '.loading, .canvas:not(:has(canvas))';

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about. */
  readonly complaints: string[];
  /** Goes to a page of the console, and waits until all of its figures are there. */
  open(path: string): Promise<void>;
  /** Waits until nothing is loading any more. */
  settled(): Promise<void>;
  /** Violations of WCAG 2.2 AA, and of what is good practice, by rule with the elements. */
  violations(): Promise<string[]>;
}

/** Signs in with a token, as the address that is shown at the start does. */
export async function visit(browser: Browser, api: Api, role: string, party?: string): Promise<Visit> {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const settled = async () => {
    await page.locator('h1').waitFor();
    await until('all figures to be there', async () => (await page.locator(UNSETTLED).count()) === 0);
  };
  await page.goto(`${api.url}/?token=${await api.token(role, party)}`);
  return {
    context,
    page,
    complaints,
    async open(path) {
      await page.goto(`${api.url}/console${path}`);
      await settled();
    },
    settled,
    async violations() {
      // Evaluated by the browser's tools: the page's own policy lets no such script in.
      await page.evaluate(axe.source);
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    },
  };
}
