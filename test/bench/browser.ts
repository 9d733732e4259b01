// Duty: the scenario `browser`: the built client in Chromium with a slow processor and network: list usable, map dragged.
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../support/chromium.ts';
import type { Adapter } from './adapter.ts';
import { warmUp } from './load.ts';
import { questionOf } from './main.ts';
import { type BenchRow, kept } from './rows.ts';
import { type Target, type TargetOptions, withTarget } from './target.ts';

const slowDown = 4;
const bytesPerSecond = 400_000;
const latencyMilliseconds = 150;
const runs = 3;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'].concat([
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]);

const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function slowed(context: BrowserContext): Promise<{ page: Page; cdp: CDPSession }> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMilliseconds,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  return { page, cdp };
}

/** Seconds from asking for the page until its first row is drawn and the page answers a question again. */
async function usable(page: Page, url: string, ready: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator(ready).first().waitFor();
  const milliseconds = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0));
      }),
  );
  return milliseconds / 1000;
}

interface Pan {
  framesPerSecond: number;
  /** Between two frames, in milliseconds. */
  longest: number;
}

/** Drags the map to and fro for two seconds and counts the frames that the page could draw. */
async function dragged(page: Page, surface: string): Promise<Pan> {
  const box = (await page.locator(surface).first().boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const counting = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        // A method: what the loader adds to functions with names is not there in the page.
        const counter = {
          frame(time: number) {
            times.push(time);
            if (time - times[0]! < 2000) requestAnimationFrame(counter.frame);
            else resolve(times);
          },
        };
        requestAnimationFrame(counter.frame);
      }),
  );
  let over = false;
  const end = () => {
    over = true;
  };
  counting.then(end, end);
  for (let step = 0; !over; step += 1)
    await page.mouse.move(x + Math.sin(step / 12) * 150, y + Math.sin(step / 17) * 90);
  const times = await counting;
  await page.mouse.up();
  const gaps = times.slice(1).map((time, at) => time - times[at]!);
  const whole = times.at(-1)! - times[0]!;
  return { framesPerSecond: (gaps.length * 1000) / whole, longest: Math.max(...gaps) };
}

const cookiesOf = ({ url, headers }: Target) =>
  (headers.cookie ?? '')
    .split('; ')
    .filter(Boolean)
    .map((pair) => {
      const [name, ...value] = pair.split('=');
      return { name: name!, value: value.join('='), url };
    });

export function benchBrowser(options: TargetOptions): Promise<BenchRow[]> {
  return withTarget(options, async (target) => {
    const pages: Adapter['pages'] = target.adapter.pages;
    if (!pages) throw new Error(`The adapter for ${target.adapter.name} names no pages`);
    // A server that has just started still reads its index; that is `start`, not a page.
    const { list } = await target.adapter.jobs(target);
    if (list) await warmUp(questionOf(target, list, 1));
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: flags });
    const open = async (size: { width: number; height: number }) => {
      const context = await browser.newContext({ viewport: size, locale: 'en-GB' });
      await context.addCookies(cookiesOf(target));
      return context;
    };
    const visit = async (context: BrowserContext) => {
      const { page } = await slowed(context);
      const seconds = await usable(page, target.url + pages.list.path, pages.list.ready);
      // What comes after the first rows belongs to this visit, not to the next.
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await page.close();
      return seconds;
    };
    try {
      const [first, second]: [number[], number[]] = [[], []];
      for (let run = 0; run < runs; run += 1) {
        const context = await open({ width: 360, height: 740 });
        first.push(await visit(context));
        second.push(await visit(context));
        await context.close();
      }
      const context = await open({ width: 1280, height: 800 });
      const { page } = await slowed(context);
      const map = await usable(page, target.url + pages.map.path, pages.map.ready);
      await page.waitForLoadState('networkidle').catch(() => undefined);
      const pans: Pan[] = [];
      for (let run = 0; run < runs; run += 1) pans.push(await dragged(page, pages.map.surface));
      const frames = middle(pans.map(({ framesPerSecond }) => framesPerSecond));
      const worst = middle(pans.map(({ longest }) => longest));
      const conditions = `${slowDown} × slower processor, ${bytesPerSecond / 1000} kB/s, ${latencyMilliseconds} ms`;
      return [
        secondsRow('list usable, first visit', first, '≤ 3.5', conditions),
        secondsRow('list usable, second visit', second, '≤ 1.5', conditions),
        { name: 'map usable, first visit', value: map, unit: 's', note: conditions },
        {
          name: `map dragged, ${options.cases.toLocaleString('en')} cases`,
          value: frames,
          unit: 'frames/s',
          ...kept('≥ 50', frames),
          note: `longest frame ${worst.toFixed(0)} ms, ${slowDown} × slower processor`,
        },
      ];
    } finally {
      await browser.close();
    }
  });
}

function secondsRow(name: string, taken: readonly number[], goal: string, conditions: string): BenchRow {
  const value = middle(taken);
  const note = `${conditions}; best ${Math.min(...taken).toFixed(2)}, worst ${Math.max(...taken).toFixed(2)}`;
  return { name, value, unit: 's', ...kept(goal, value), note };
}
