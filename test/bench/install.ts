// Duty: the scenario `install`: how long `npm ci` takes in a clean clone with a warm npm cache and no compiler, what it weighs, and that it runs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../server/root.ts';
import { type Started, startNode } from './processes.ts';
import { type BenchRow, kept } from './rows.ts';
import { envOf } from './target.ts';

function run(command: string, args: string[], cwd: string): string {
  // Whatever would compile something fails instead.
  const env = { ...process.env, CC: '/bin/false', CXX: '/bin/false', NODE_ENV: '' };
  const done = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  return done.stdout;
}

interface Installed {
  seconds: number;
  megabytes: number;
}

/** Begins without node_modules; everything comes from npm's cache after a first time. */
function install(clone: string, ...options: string[]): Installed {
  const command = ['ci', ...options, '--no-audit', '--no-fund', '--loglevel=error'];
  run('npm', command, clone);
  const begun = performance.now();
  run('npm', command, clone);
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, megabytes: Number(run('du', ['-sm', 'node_modules'], clone).split('\t')[0]) };
}

/** What was installed builds the client and the server, and the server answers with both. */
async function serves(clone: string): Promise<void> {
  run(process.execPath, ['server/cli/prepare.mjs', '--force'], clone);
  const server: Started = await startNode(
    [join(clone, 'dist', 'server', 'index.js')],
    { ...envOf(join(clone, 'data')), SEED: 'none' },
    /is at (http:\/\/[\d.]+:\d+)/,
  );
  try {
    for (const path of ['/', '/api/instance', '/readyz']) {
      const answer = await fetch(server.match[1]! + path);
      if (!answer.ok) throw new Error(`What was installed answers ${path} with ${answer.status}`);
    }
  } finally {
    await server.stop();
  }
}

export async function benchInstall(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kosint-install-'));
  try {
    const clone = join(folder, 'clone');
    run('git', ['clone', '--quiet', projectRoot, clone], folder);
    const whole = install(clone);
    const office = install(clone, '--omit=dev');
    await serves(clone);
    return [
      {
        name: 'npm ci --omit=dev: builds and runs; warm cache, no compiler',
        value: office.seconds,
        unit: 's',
        ...kept('≤ 30', office.seconds),
      },
      {
        name: 'its node_modules, build tools too',
        value: office.megabytes,
        unit: 'MB',
        ...kept('≤ 250', office.megabytes),
      },
      { name: 'npm ci, with what tests it', value: whole.seconds, unit: 's', ...kept('≤ 30', whole.seconds) },
      { name: 'its node_modules', value: whole.megabytes, unit: 'MB' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
