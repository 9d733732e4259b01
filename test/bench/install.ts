// Duty: the scenario `install`: how long `npm ci` takes in a clean clone with a warm npm cache and no compiler, and what it weighs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../server/root.ts';
import { type BenchRow, kept } from './rows.ts';

function run(command: string, args: string[], cwd: string): string {
  // Whatever would compile something fails instead.
  const env = { ...process.env, CC: '/bin/false', CXX: '/bin/false', NODE_ENV: '' };
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

/** What has a native part must load, or nothing was installed that can be used. */
const natives = `await Promise.all(['lmdb', 'sharp', '@node-rs/argon2'].map((name) => import(name)))`;

export function benchInstall(): BenchRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'kosint-install-'));
  try {
    const clone = join(folder, 'clone');
    run('git', ['clone', '--quiet', projectRoot, clone], folder);
    const install = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    // The first fills the cache; the second begins without node_modules again.
    run('npm', install, clone);
    const begun = performance.now();
    run('npm', install, clone);
    const seconds = (performance.now() - begun) / 1000;
    run(process.execPath, ['--input-type=module', '--eval', natives], clone);
    const megabytes = Number(run('du', ['-sm', 'node_modules'], clone).split('\t')[0]);
    return [
      { name: 'npm ci, warm cache, no compiler', value: seconds, unit: 's', ...kept('≤ 30', seconds) },
      { name: 'node_modules, build tools too', value: megabytes, unit: 'MB', ...kept('≤ 250', megabytes) },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
