// Duty: make sure of a Chromium by the first way that works. What is done in it is browser.ts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function onPath(): string | undefined {
  for (const name of systemNames) {
    const found = spawnSync('which', [name], { encoding: 'utf8' });
    if (found.status === 0) return found.stdout.trim();
  }
  return undefined;
}

function fromDebian(): string | undefined {
  const mayInstall = process.getuid?.() === 0 && spawnSync('which', ['apt-get']).status === 0;
  if (!mayInstall) return undefined;
  process.stdout.write('Installing the chromium package…\n');
  const quietly = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update', '-qq'], quietly);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quietly);
  return onPath();
}

function fromPlaywright(): string | undefined {
  if (!existsSync(chromium.executablePath())) {
    process.stdout.write('Downloading Chromium through Playwright…\n');
    spawnSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], {
      stdio: 'ignore',
    });
  }
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

/** Path of a Chromium; throws one line that says how to get one. */
export function chromiumPath(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names no file: ${named}`);
  const found = named ?? onPath() ?? fromDebian() ?? fromPlaywright();
  if (!found)
    throw new Error('The browser tests need a Chromium: install one, or set CHROMIUM_PATH to its program.');
  return found;
}
