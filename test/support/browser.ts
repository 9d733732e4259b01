// Duty: real Chromium for browser tests: windows of the two sizes, pictures, axe. One browser per mocha process. Signed-in windows: windows.ts.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'chai';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { projectRoot } from '../../server/root.ts';
import { chromiumPath } from './chromium.ts';

export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 800 };
const pictures = join(projectRoot, 'test', 'browser', 'pictures');

let browser: Promise<Browser> | null = null;

/** Chromium as root in a container has no sandbox to use; nothing here ever visits another host. */
function launch(): Promise<Browser> {
  const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: chromiumPath(), args: flags });
}

export interface WindowOptions {
  size?: { width: number; height: number };
  language?: string;
  dark?: boolean;
  /** Base address, so that tests go to paths. */
  url: string;
}

export interface OpenedWindow {
  context: BrowserContext;
  page: Page;
  /** Of the page and its console: a test that wants none says so. */
  errors: string[];
}

/** A fresh profile with one page. */
export async function openWindow(options: WindowOptions): Promise<OpenedWindow> {
  browser ??= launch();
  const context = await (await browser).newContext({
    viewport: options.size ?? desktop,
    baseURL: options.url,
    locale: options.language ?? 'en-GB',
    colorScheme: options.dark ? 'dark' : 'light',
    hasTouch: (options.size ?? desktop).width < 600,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Belgrade',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.setDefaultTimeout(20_000);
  return { context, page, errors };
}

/** Waits until nothing moves, then keeps a picture to look at (not committed); nobody looks where CI runs. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.waitForLoadState('networkidle').catch(() => undefined);
  if (process.env.CI) return;
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

const both = [
  [phone, 'phone'],
  [desktop, 'desktop'],
] as const;

/** Every language and every size is looked at, but each language in one size only; `LOOKS=all` looks at all of them. */
export const sizesIn = (language: string) =>
  process.env.LOOKS === 'all' ? both : language === 'sr' ? [both[1]] : [both[0]];

/** Every fault axe finds, as lines that say where. In the page itself: a second one, for what is in frames, is thrice as dear, and no page has any. */
export async function axeFaults(page: Page): Promise<string[]> {
  expect(page.frames(), 'frames').to.have.length(1);
  const { violations } = await new AxeBuilder({ page })
    .options({ preload: false, resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze();
  return violations.flatMap((fault) =>
    fault.nodes.map((node) => `${fault.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}

/** True when something sticks out to the right: the page would scroll sideways. */
export const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);

/** Keeps a picture; fails on whatever axe finds, and on what sticks out to the right. */
export async function expectUsable(page: Page, pictureName: string): Promise<void> {
  await picture(page, pictureName);
  expect(await axeFaults(page), pictureName).to.deep.equal([]);
  expect(await scrollsSideways(page), pictureName).to.equal(false);
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = null;
}
