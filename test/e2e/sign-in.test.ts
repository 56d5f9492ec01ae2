import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CANARY, feedApiWorld, OWN } from '../support/api-world.ts';
import { openBrowser } from '../support/browser.ts';
import { WIDTHS } from '../support/console.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { type Issuer, startIssuer } from '../support/issuer.ts';
import { type Service, startService } from '../support/service.ts';

const CLIENT = 'tocsin-console';
const AUDIENCE = 'https://tocsin.example/api';
const ACCOUNTS = {
  supplier: { role: 'supplier', party: OWN },
  brief: { role: 'operations', seconds: 8 },
  stray: { role: 'operations', audience: 'https://another.example/' },
  nobody: {},
};

let engine: Engine;
let issuer: Issuer;
let service: Service;
let browser: Browser;
let url: string;

beforeAll(async () => {
  engine = await startEngine();
  const store = await engine.freshStore();
  await feedApiWorld(store, { canary: true });
  issuer = await startIssuer(CLIENT, AUDIENCE, ACCOUNTS);
  service = startService(['api'], {
    ...{ CLICKHOUSE_URL: engine.url, CLICKHOUSE_DATABASE: store.database },
    ...{ API_PORT: '0', METRICS_PORT: '0', AUTH_CLOCK_SKEW_SECONDS: '0' },
    ...{ AUTH_ISSUER: issuer.url, AUTH_JWKS: `${issuer.url}/jwks` },
    ...{ AUTH_CLIENT_ID: CLIENT, AUTH_AUDIENCE: AUDIENCE },
  });
  url = String((await service.line('its address', ({ msg }) => msg === 'API listens')).address);
  issuer.open(url);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await service?.kill('SIGTERM');
  await issuer?.stop();
  await engine?.stop();
});

/** A browser that knows nobody, at a page of the console. */
async function at(path: string, does: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url + path);
    await does(page);
  } finally {
    await context.close();
  }
}

/** As the issuer asks: who it is, and whether they agree. */
async function signIn(page: Page, account: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('[name=login]').fill(account);
  await page.locator('[name=password]').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

it('a supplier signs in at the issuer, and is where it was, with its own devices alone', () =>
  at('/console/rollouts?of=here', async (page) => {
    await signIn(page, 'supplier');
    await page.getByRole('link', { name: 'WNC hubs' }).first().waitFor();
    expect(page.url()).toBe(`${url}/console/rollouts?of=here`);
    expect(await page.getByRole('banner').textContent()).toContain(OWN);
    expect(await page.content()).not.toContain(CANARY.name);
    // The token is where no script reads it.
    expect(
      await page.evaluate('document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })'),
    ).toBe('{}');
    const cookies = await page.context().cookies(url);
    expect(cookies.find(({ name }) => name === 'tocsin')).toMatchObject({
      ...{ httpOnly: true, sameSite: 'Strict' },
    });
  }));

it('whoever signs out is out, here and at the issuer', () =>
  at('/console/rollouts', async (page) => {
    await signIn(page, 'supplier');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('[name=login]').waitFor();
    expect((await page.context().cookies(url)).map(({ name }) => name)).not.toContain('tocsin');
  }));

it('a token that holds no longer has one sign in anew, and go on where one was', () =>
  at('/console/codes', async (page) => {
    await signIn(page, 'brief');
    await page.getByRole('heading', { name: 'Codes' }).waitFor();
    const cookie = (await page.context().cookies(url)).find(({ name }) => name === 'tocsin')!;
    const { exp } = JSON.parse(Buffer.from(cookie.value.split('.')[1]!, 'base64url').toString());
    await expect.poll(() => Date.now() / 1000, { timeout: 20_000 }).toBeGreaterThan(exp);
    await page.getByRole('link', { name: 'Capacity' }).click();
    await page.getByRole('button', { name: 'Sign in' }).click();
    // The issuer knows them still.
    await page.getByRole('heading', { name: 'Capacity' }).first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/console/capacity');
  }));

it.each([
  ['stray', 'unexpected "aud" claim value'],
  ['nobody', "the token's role: expected a subject"],
])('the token of %s is refused, and why', (account, why) =>
  at('/console/', async (page) => {
    await signIn(page, account);
    await page.getByRole('alert').getByText(why).waitFor();
    expect((await page.context().cookies(url)).map(({ name }) => name)).not.toContain('tocsin');
  }),
);

it('whoever does not agree at the issuer is told so, and may try again', () =>
  at('/console/rollouts', async (page) => {
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('alert').getByText('The issuer refuses it: access_denied').waitFor();
    await signIn(page, 'supplier');
    await page.getByRole('heading', { name: 'Rollouts' }).first().waitFor();
  }));

it('an answer that was not asked for in this window is no sign-in', () =>
  at('/console/signed-in?code=stolen&state=guessed', async (page) => {
    await page.getByRole('alert').getByText('this sign-in was not begun in this window').waitFor();
  }));

it('the page is for everyone', () =>
  at('/console/', async (page) => {
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.evaluate(axe.source);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect(((await page.evaluate('axe.run()')) as AxeResults).violations.map(({ id }) => id)).toEqual([]);
    }
  }));
