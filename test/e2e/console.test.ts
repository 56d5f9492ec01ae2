import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { QUESTIONS } from '@tocsin/answers';
import type { Store } from '@tocsin/clickhouse';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../support/api.ts';
import { CANARY, feedApiWorld, OWN, ownDevice } from '../support/api-world.ts';
import { openBrowser } from '../support/browser.ts';
import { type Visit, visit, WIDTHS } from '../support/console.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { feedBlocks } from '../support/store-feed.ts';

/** Bytes that come before the first figures are seen. */
const FIRST_LOAD = 300_000;

let engine: Engine;
let store: Store;
let api: Api;
let browser: Browser;

beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
  await feedApiWorld(store, { canary: true });
  api = await startApi(store);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await api?.stop();
  await engine?.stop();
});

/** What a visitor does, after which the browser must have had nothing to complain about. */
async function visited(role: string, party: string | undefined, does: (visit: Visit) => Promise<void>) {
  const one = await visit(browser, api, role, party);
  try {
    await does(one);
    expect(one.complaints).toEqual([]);
  } finally {
    await one.context.close();
  }
}

it('whoever has no token is asked for one, told what is wrong with it, and is in with it where it was', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked = `${api.url}/console/codes?from=2020-05-01`;
  await page.goto(asked);
  const give = async (token: string) => {
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  await give('two words');
  await page.getByRole('alert').getByText('this is something else').waitFor();
  await give('wrong');
  await page.getByRole('alert').getByText('Who asks is not known').waitFor();
  expect(page.url()).toBe(asked);
  await give(await api.token('operations'));
  await page.getByRole('heading', { name: 'Codes', exact: true }).waitFor();
  expect(page.url()).toBe(asked);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Token').waitFor();
  expect(await context.cookies(api.url)).toEqual([]);
  await context.close();
});

it('the first page is there with less than 300 kB, and nothing comes from elsewhere', () =>
  visited('operations', undefined, async ({ page, open }) => {
    const sizes: Promise<number>[] = [];
    const elsewhere: string[] = [];
    page.on('requestfinished', (request) => {
      if (!request.url().startsWith(api.url)) elsewhere.push(request.url());
      if (request.url().includes('/console/'))
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await open('/');
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(elsewhere).toEqual([]);
    expect(bytes).toBeLessThan(FIRST_LOAD);
    // The charts were among it.
    expect(sizes.length).toBeGreaterThanOrEqual(4);
  }));

describe('a supplier', () => {
  it('finds its rollout, and reads the effect and interval that the question gives for its devices', () =>
    visited('supplier', OWN, async ({ page, open, settled }) => {
      await open('/rollouts');
      expect(await page.getByText(CANARY.name).count()).toBe(0);
      await page.getByRole('link', { name: 'WNC hubs' }).first().click();
      await page.getByRole('heading', { name: 'Effect', exact: true }).waitFor();
      await settled();
      const question = QUESTIONS.find(({ name }) => name === 'rollout')!;
      const rollout = new URL(page.url()).pathname.split('/').at(-1);
      const asked = question.asked.parse({ rollout, to: '2020-06-02' });
      const told = (await question.answer(store, asked, { party: OWN })) as {
        reading: string;
        effects: { code: string; scope: string; estimate: number; low: number; high: number }[];
      };
      const { estimate, low, high } = told.effects.find(
        (one) => one.code === '8F3E' && one.scope === 'device',
      )!;
      const shown = page.locator('[data-effect="8F3E device"] data');
      const values = (await shown.all()).map(async (one) => Number(await one.getAttribute('value')));
      expect(await Promise.all(values)).toEqual([estimate, low, high]);
      await page.getByText(told.reading).waitFor();
      const checks = page.getByRole('region', { name: 'Can it be believed?' });
      await checks.getByRole('row', { name: /8F3E as told above/ }).waitFor();
      await checks.getByRole('row', { name: /8F3E the fortnight before \(placebo\)/ }).waitFor();
    }));

  it('downloads the blocked devices, only its own', () =>
    visited('supplier', OWN, async ({ page, open }) => {
      await open('/rollouts');
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download blocked devices' }).click();
      const csv = await readFile(await (await saved).path(), 'utf8');
      const [head, ...rows] = csv.trimEnd().split('\n');
      expect(head).toMatch(/^device,/);
      expect(rows.map((row) => row.split(',')[0])).toEqual([ownDevice]);
      await page
        .getByRole('region', { name: 'Blocked devices' })
        .getByRole('link', { name: ownDevice })
        .click();
      await page.getByText(/^Blocked since .*, and has not succeeded since\.$/).waitFor();
    }));

  it('is not offered what only the network may be asked', () =>
    visited('supplier', OWN, async ({ page, open }) => {
      await open('/');
      const names = await page.getByRole('navigation').getByRole('link').allTextContents();
      expect(names).toEqual(['Overview', 'Explore', 'Rollouts', 'Devices', 'Codes']);
      await open('/capacity');
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    }));
});

it('an analyst sees that 8014 and 8015 rose, looks into why, and exports it', () =>
  visited('analyst', undefined, async ({ page, open, settled }) => {
    await open('/');
    const changes = page.getByRole('region', { name: 'What changed in the last week' });
    expect(await changes.getByText('8015').count()).toBeGreaterThan(0);
    // Those that fell as well, by the question that leaves gaps out.
    await changes.getByText('alerts a day, against the week before').waitFor();
    await changes.getByRole('link', { name: /^8014/ }).first().click();
    await page.getByRole('heading', { name: 'Explore' }).waitFor();
    await settled();
    await page.getByRole('button', { name: OWN, exact: true }).click();
    await page.waitForURL(/responsibleParty=sup-a/);
    await page.getByRole('combobox', { name: 'By', exact: true }).selectOption('model');
    await settled();
    await page.getByRole('button', { name: 'KM-200' }).waitFor();
    const asked = new URL(page.url()).searchParams;
    expect([asked.get('code'), asked.get('by')]).toEqual(['8014', 'model']);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const csv = await readFile(await (await saved).path(), 'utf8');
    expect((await saved).suggestedFilename()).toMatch(/^volume-amber-2020-.*\.csv$/);
    expect(csv).toMatch(/"KM-200",5000$/m);
    // The address is all that it takes to see it again.
    await page.reload();
    await settled();
    expect(await page.getByRole('button', { name: /^Code: 8014/ }).count()).toBe(1);
  }));

describe('an export of what is explored', () => {
  const exported = async (page: Page, choices: Record<string, string>) => {
    for (const [label, choice] of Object.entries(choices))
      await page.getByRole('combobox', { name: label, exact: true }).selectOption(choice);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const bytes = await readFile(await (await saved).path());
    return { file: (await saved).suggestedFilename(), bytes };
  };

  it('is of a class and whole, with its rows and checksum', () =>
    visited('operations', undefined, async ({ page, open }) => {
      await open('/explore?from=2020-05-01&to=2020-06-02&by=code');
      const amber = await exported(page, {});
      expect(amber.file).toBe('volume-amber-2020-05-01-to-2020-06-02.csv');
      const status = page.getByRole('region', { name: 'Export' }).getByRole('status');
      const rows = amber.bytes.toString().trimEnd().split('\n').length - 1;
      const sha256 = createHash('sha256').update(amber.bytes).digest('hex');
      await status.getByText(`${amber.file}, ${rows} rows, SHA-256 ${sha256}`).waitFor();
      const green = await exported(page, { Class: 'green', Form: 'parquet' });
      expect(green.bytes.subarray(0, 4).toString()).toBe('PAR1');
      await status.getByText(green.file).waitFor();
      const html = await exported(page, { Class: 'red', Form: 'html' });
      expect(html.file).toBe('volume-red-2020-05-01-to-2020-06-02.html');
      expect(html.bytes.toString()).toMatch(/^<!doctype html>/i);
    }));

  it('is refused in the API’s words where the class does not have what is asked', () =>
    visited('supplier', OWN, async ({ page, complaints, open }) => {
      await open('/explore?by=model');
      const classes = page.getByRole('combobox', { name: 'Class' });
      expect(await classes.getByRole('option').count()).toBe(3);
      await classes.selectOption('green');
      await page.getByText(/^Leaves out parties \(roles stand in their place\)/).waitFor();
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('alert').getByText('as the class is green').waitFor();
      expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
    }));
});

it('a feed that was missing is marked, and compared by those alone who see what was heard', async () => {
  const missing = 'Marked: on a day a region’s feed was missing';
  await visited('operations', undefined, async ({ page, open }) => {
    await open('/');
    await page.getByText(missing).waitFor();
    const { all } = (await (
      await api.get(
        '/v1/changes?from=2020-05-05&to=2020-06-01T14:00:00Z&before=2020-04-07',
        await api.token('operations'),
      )
    ).json()) as { all: { share: number } };
    const more = `${Number((100 * all.share).toPrecision(3))}% more than in the 28 days before`;
    await page.getByText(`${more}, hours without a feed left out`).waitFor();
  });
  await visited('supplier', OWN, async ({ page, open }) => {
    await open('/');
    await page.getByText(missing).waitFor();
    await page.getByText('not compared: the feed was missing for hours').waitFor();
  });
});

it('operations find the headroom', () =>
  visited('operations', undefined, async ({ page, open }) => {
    await open('/');
    await page.getByRole('link', { name: 'Capacity' }).click();
    const tile = page.locator('.tile', { hasText: 'Headroom, end to end' });
    await tile.waitFor();
    const response = await api.get(
      '/v1/capacity?from=2020-05-05&to=2020-06-02',
      await api.token('operations'),
    );
    const { endToEnd } = (await response.json()) as { endToEnd: { headroom: number } };
    const left = (100 * endToEnd.headroom).toPrecision(3);
    expect(await tile.locator('strong').textContent()).toBe(
      endToEnd.headroom < 0 ? 'None' : `${Number(left)}%`,
    );
    await page.getByLabel('Without these codes').fill('8f3e, 8014');
    await page.getByRole('button', { name: 'Reckon' }).click();
    await page
      .getByText(/^Without 8014, 8F3E .* in the tightest minute|^Without 8014, 8F3E none would be left/)
      .waitFor();
    expect(new URL(page.url()).searchParams.get('without')).toBe('8F3E,8014');
  }));

it('what is looked at is shared with its period, and asked again from a terminal', () =>
  visited('operations', undefined, async ({ context, page, open }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByText('Copied to the clipboard').first().waitFor();
      return String(await page.evaluate('navigator.clipboard.readText()'));
    };
    await open('/explore?code=8014');
    const link = new URL(await copied('Copy link'));
    expect(Object.fromEntries(link.searchParams)).toEqual({
      ...{ code: '8014', from: '2020-05-05', to: '2020-06-02' },
    });
    await open('/explore?code=8014');
    const [, token, address] = /^curl -H "Authorization: Bearer (.*)" '(.*)'$/.exec(
      await copied('Copy as curl'),
    )!;
    expect(token).toBe('$(npx tocsin token --role operations)');
    const path = address!.slice(api.url.length);
    expect((await api.get(path, await api.token('operations'))).status).toBe(200);
  }));

it('a click looks into each dimension that is asked by', () =>
  visited('operations', undefined, async ({ page, open, settled }) => {
    await open('/explore?by=code,model&grain=none');
    await page.getByRole('button', { name: '8014, KM-200', exact: true }).click();
    await page.waitForURL(/code=8014/);
    const asked = new URL(page.url()).searchParams;
    expect([asked.get('code'), asked.get('model'), asked.get('by')]).toEqual(['8014', 'KM-200', 'firmware']);
    await settled();
    await page.getByRole('button', { name: '3.4.0', exact: true }).waitFor();
  }));

it('whatever is looked for as a device is named as it was given', () =>
  visited('operations', undefined, async ({ page, complaints, open }) => {
    await open('/devices');
    await page.getByLabel('Device id').fill('a/b?c#d');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('heading', { name: 'Device a/b?c#d' }).waitFor();
    await page.getByRole('alert').getByText('a/b?c#d').waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
  }));

it('figures follow what comes, without the page being loaded anew', () =>
  visited('operations', undefined, async ({ page, open }) => {
    await page.clock.install();
    await open('/');
    const figure = page.locator('.tile', { hasText: 'Alerts' }).locator('strong').first();
    const before = await figure.textContent();
    const loads: unknown[] = [];
    page.on('load', (loaded) => loads.push(loaded));
    const receivedAt = Date.UTC(2020, 5, 1, 20) / 1000;
    const accepted = [{ offset: 0, receivedAt, code: 'AD1', device: 1, alerts: 5000 }];
    await feedBlocks(store, { partition: 2, first: 0, last: 0, accepted, rejected: [], duplicates: 0 });
    await page.clock.fastForward('00:31');
    await expect.poll(() => figure.textContent()).not.toBe(before);
    expect(loads).toEqual([]);
  }));

it('what is asked wrongly is named with its field, value and what was expected', () =>
  visited('operations', undefined, async ({ page, complaints, open }) => {
    await open('/explore?by=colour');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/by\s*colour.*expected one or more of code/);
    // A browser complains of each address that does not answer well.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
  }));

const WRONG = [
  ['/?to=garbage', 'to is “garbage”: expected a day in London'],
  ['/explore?from=2020-02-31&code=8014', 'from is “2020-02-31”: expected a day in London'],
  ['/rollouts?to=2101-01-01', 'to is “2101-01-01”: expected a day in London'],
  ['/devices?from=2020-05-20&to=2020-05-01', 'It begins on 2020-05-20 and ends before 2020-05-01'],
  // The end is then that of the feed.
  ['/devices?from=2020-07-01', 'It begins on 2020-07-01 and ends before 2020-06-02'],
] as const;

it.each(WRONG)('%s says what is wrong with its period, and has a way back', (path, fault) =>
  visited('operations', undefined, async ({ page, open, settled }) => {
    await open(path);
    const alert = page.getByRole('alert');
    await alert.getByText(fault).waitFor();
    await alert.getByRole('button', { name: 'Show the last days of what there is' }).click();
    await alert.waitFor({ state: 'detached' });
    await settled();
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('from'), searchParams.get('to')]).toEqual([null, null]);
    // What else was asked stays.
    expect(searchParams.get('code')).toBe(path.includes('code') ? '8014' : null);
  }),
);

it('a period’s end takes its beginning along where it would come before it', () =>
  visited('operations', undefined, async ({ page, open }) => {
    await open('/devices?from=2020-05-20&to=2020-05-27');
    await page.getByLabel('up to').fill('2020-05-10');
    await page.waitForURL(/from=2020-05-04&to=2020-05-11/);
    // As a year is while it is typed.
    await page.getByLabel('From').fill('0202-05-01');
    await page.getByLabel('up to').focus();
    expect(await page.getByLabel('From').inputValue()).toBe('2020-05-04');
  }));

it('a fault in a page leaves the way to the others', () =>
  visited('operations', undefined, async ({ page, complaints, open, settled }) => {
    await page.route('**/v1/codes*', (route) => route.fulfill({ json: {} }));
    await open('/codes');
    await page.getByRole('heading', { name: 'This page can’t be shown' }).waitFor();
    expect(complaints.splice(0).length).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Rollouts' }).click();
    await page.getByRole('heading', { name: 'Rollouts', exact: true }).waitFor();
    await page.goBack();
    await page.unroute('**/v1/codes*');
    complaints.splice(0);
    await page.getByRole('button', { name: 'Load it anew' }).click();
    await page.getByRole('heading', { name: 'Codes', exact: true }).waitFor();
    await settled();
  }));

const PAGES = ['/', '/explore', '/rollouts', '/rollouts/wnc', '/capacity', `/devices/${ownDevice}`, '/codes'];

it.each(PAGES)('%s is fit for a screen reader, and fits at each width', (path) =>
  visited('operations', undefined, async ({ page, open, settled, violations }) => {
    await open(path);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await settled();
      expect(await violations()).toEqual([]);
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(width);
    }
  }),
);
