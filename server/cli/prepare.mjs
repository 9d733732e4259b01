// Duty: before a start, build what is missing or older than its source. Plain JavaScript: it runs before anything is compiled.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

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

/**
 * Leaves a packed file beside each that packs, so that no request waits for packing.
 * @param {string} folder
 */
function pack(folder) {
  for (const name of readdirSync(folder).filter((one) => /\.(js|css)$/.test(one))) {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    if (bytes.length < 1000) continue;
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 10 };
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/**
 * Takes the types out, file by file; whether they are right is `npm run check`'s question, not a start's.
 * @param {string[]} folders
 */
async function compile(folders) {
  process.stdout.write('Compiling the server…\n');
  const { transformWithOxc } = await import('vite');
  for (const folder of folders)
    for (const entry of readdirSync(join(root, folder), { recursive: true })) {
      const from = join(root, folder, entry.toString());
      if (!from.endsWith('.ts')) continue;
      const to = join(root, 'dist', relative(root, from)).replace(/ts$/, 'js');
      const { code, map } = await transformWithOxc(readFileSync(from, 'utf8'), from, {
        target: 'es2023',
        sourcemap: true,
        typescript: { onlyRemoveTypeImports: true, rewriteImportExtensions: 'rewrite' },
      });
      const name = basename(to);
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, `${code}\n//# sourceMappingURL=${name}.map\n`);
      writeFileSync(
        `${to}.map`,
        JSON.stringify({ ...map, file: name, sources: [relative(dirname(to), from)] }),
      );
    }
}

const sources = ['server', 'shared', 'seeds', 'client', 'package.json'];
const built = existsSync(stampPath) ? statSync(stampPath).mtimeMs : 0;
const changed = Math.max(...sources.map((name) => newest(join(root, name)))) > built;

if (changed || process.argv.includes('--force')) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const started = new Date();
  await compile(['server', 'shared', 'seeds']);
  run('Building the client', [
    join('node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    'client',
    '--logLevel',
    'warn',
  ]);
  pack(join(root, 'dist', 'client', 'assets'));
  writeFileSync(stampPath, `${started.toISOString()}\n`);
}
