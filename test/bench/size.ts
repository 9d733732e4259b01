// Duty: prints how much JavaScript (gzip) in how many files each page loads at first, from the build's manifest; fails when the list of cases
// exceeds its budget of either.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

interface Piece {
  file: string;
  imports?: string[];
  css?: string[];
  isDynamicEntry?: boolean;
}
type Manifest = Record<string, Piece>;

const budgetBytes = 240 * 1024;
/** Browsers ask for six at a time: on a line of 150 ms each further six cost as much. */
const budgetFiles = 26;
const built = fileURLToPath(new URL('../../dist/client/', import.meta.url));

const gzipBytes = (file: string) => gzipSync(readFileSync(join(built, file)), { level: 9 }).length;

/** Everything a piece needs before it can run, itself included. */
function neededBy(manifest: Manifest, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name) || !manifest[name]) return;
    found.add(name);
    for (const other of manifest[name].imports ?? []) visit(other);
  };
  for (const name of names) visit(name);
  return found;
}

const sizeOf = (manifest: Manifest, names: Iterable<string>, kind: 'js' | 'css') => {
  const files = new Set<string>();
  for (const name of names) {
    const piece = manifest[name]!;
    for (const file of kind === 'js' ? [piece.file] : (piece.css ?? [])) files.add(file);
  }
  return [...files].reduce((sum, file) => sum + gzipBytes(file), 0);
};

const manifest = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')) as Manifest;
const names = Object.keys(manifest);
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1).padStart(7)} KB`;

// Loaded on every page although imported lazily: the language (the largest of them) and, once signed in, the bell and the socket.
const largestOf = (words: string) =>
  names
    .filter((name) => new RegExp(`shared/i18n/(sq|sr|en)/${words}\\.ts$`).test(name))
    .sort((a, b) => gzipBytes(manifest[b]!.file) - gzipBytes(manifest[a]!.file))[0]!;
const bell = names.filter((name) => name.endsWith('features/notifications/Bell.tsx'));
const socket = names.filter((name) => name.includes('socket.io-client'));
const frame = ['index.html', largestOf('frame'), largestOf('notifications'), ...bell, ...socket];

const rows = names
  .filter((name) => manifest[name]!.isDynamicEntry && /features\/.*Page\.tsx$/.test(name))
  .map((name) => {
    const needed = neededBy(manifest, [...frame, name]);
    const files = new Set([...needed].map((one) => manifest[one]!.file)).size;
    return { name, js: sizeOf(manifest, needed, 'js'), css: sizeOf(manifest, needed, 'css'), files };
  })
  .sort((a, b) => b.js - a.js);

const whole = neededBy(manifest, frame);
console.log(
  `${kilobytes(sizeOf(manifest, whole, 'js'))} JS ${kilobytes(sizeOf(manifest, whole, 'css'))} CSS  (frame)`,
);
for (const { name, js, css, files } of rows)
  console.log(`${kilobytes(js)} JS ${kilobytes(css)} CSS ${String(files).padStart(4)} files  ${name}`);

const list = rows.find(({ name }) => name.endsWith('/CasesPage.tsx'));
if (list && (list.js > budgetBytes || list.files > budgetFiles)) {
  console.error(
    `The list of cases loads ${kilobytes(list.js).trim()} in ${list.files} files; its budget is ${kilobytes(budgetBytes).trim()} in ${budgetFiles}.`,
  );
  process.exitCode = 1;
}
