// Duty: before a start, build what is missing or older than its source. Plain JavaScript: it runs before anything is compiled.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const stampPath = join(root, 'dist', '.built');

/** @param {string} path @returns {number} newest change below the path, in milliseconds */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** @param {string} words @param {string[]} command */
function run(words, command) {
  process.stdout.write(`${words}…\n`);
  const done = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const sources = [
  'server',
  'shared',
  'seeds',
  'client',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const built = existsSync(stampPath) ? statSync(stampPath).mtimeMs : 0;
const changed = Math.max(...sources.map((name) => newest(join(root, name)))) > built;

if (changed || process.argv.includes('--force')) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const started = new Date();
  run('Compiling the server', [
    join('node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    'tsconfig.build.json',
  ]);
  run('Building the client', [
    join('node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    'client',
    '--logLevel',
    'warn',
  ]);
  writeFileSync(stampPath, `${started.toISOString()}\n`);
}
