// Duty: hold the house to its own rules: directions of imports, one door each, opening lines, lengths, the environment's example.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import { variableNames } from '../server/env.ts';
import { projectRoot } from '../server/root.ts';

const rooms = ['server', 'client', 'shared', 'seeds', 'test'];
/** A later slice may read an earlier one, never the reverse. */
const sliceOrder = [
  'directory',
  'identities',
  'cases',
  'referrals',
  'issues',
  'institutions',
  'campaigns',
  'commitments',
  'map',
  'summaries',
  'outreach',
  'intake',
  'notifications',
  'home',
  'audit',
  'retention',
];
const longestFile = 300;
/** Tests read as lists; tables of behaviours are data. */
const longestTest = 500;

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory())
      return name === 'node_modules' || name === 'pictures' ? [] : filesBelow(path);
    return /\.(ts|tsx|mjs)$/.test(name) ? [path] : [];
  });
}

interface SourceFile {
  path: string;
  text: string;
  imports: string[];
}

const files: SourceFile[] = rooms
  .filter((room) => existsSync(join(projectRoot, room)))
  .flatMap((room) => filesBelow(join(projectRoot, room)))
  .map((absolute) => {
    const text = readFileSync(absolute, 'utf8');
    const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]!);
    const imports = specifiers.map((specifier) =>
      relative(projectRoot, resolve(dirname(absolute), specifier)),
    );
    return { path: relative(projectRoot, absolute), text, imports };
  });

const under = (folder: string) => files.filter((file) => file.path.startsWith(`${folder}/`));
const sliceOf = (path: string) => /^(?:server|client)\/features\/([^/]+)\//.exec(path)?.[1];

function breaches(of: SourceFile[], forbidden: (imported: string, file: SourceFile) => boolean): string[] {
  return of.flatMap((file) =>
    file.imports.filter((item) => forbidden(item, file)).map((item) => `${file.path} → ${item}`),
  );
}

describe('The house', () => {
  it('lets shared import only shared', () => {
    expect(breaches(under('shared'), (item) => !item.startsWith('shared/'))).to.deep.equal([]);
  });

  it('keeps server and client apart', () => {
    expect(
      breaches(under('server'), (item) => item.startsWith('client/') || item.startsWith('test/')),
    ).to.deep.equal([]);
    expect(
      breaches(under('client'), (item) => !item.startsWith('client/') && !item.startsWith('shared/')),
    ).to.deep.equal([]);
  });

  it('lets the server import downwards only', () => {
    const lower = [
      'server/http/',
      'server/files/',
      'server/pdf/',
      'server/database/',
      'server/pdf/',
      'server/errors.ts',
      'server/log.ts',
      'server/policy.ts',
      'server/env.ts',
    ];
    const isLower = (file: SourceFile) => lower.some((start) => file.path.startsWith(start));
    expect(
      breaches(
        files.filter(isLower),
        (item) => item.startsWith('server/features/') || item === 'server/app.ts',
      ),
    ).to.deep.equal([]);
    const above = [
      'server/app.ts',
      'server/index.ts',
      'server/live/sockets.ts',
      'server/live/start.ts',
      'server/jobs/',
      'seeds/',
    ];
    expect(
      breaches(under('server/features'), (item) => above.some((start) => item.startsWith(start))),
    ).to.deep.equal([]);
  });

  it('keeps the embedded database a room of its own', () => {
    const room = 'server/database/embedded/';
    expect(breaches(under('server/database/embedded'), (item) => !item.startsWith(room))).to.deep.equal([]);
  });

  it('lets a server slice enter an earlier slice only by its queries, policy or commands', () => {
    const door = /\.(queries|policy|commands)\.ts$/;
    const wrong = breaches(under('server/features'), (item, file) => {
      const [from, to] = [sliceOf(file.path), sliceOf(item)];
      if (!from || !to || from === to) return false;
      return !door.test(item) || sliceOrder.indexOf(to) > sliceOrder.indexOf(from);
    });
    expect(wrong).to.deep.equal([]);
  });

  it('lets client features import no other feature, and ui and lib none at all', () => {
    const wrong = breaches(under('client'), (item, file) => {
      const [from, to] = [sliceOf(file.path), sliceOf(item)];
      if (from) return (to !== undefined && to !== from) || /^client\/app\/(?!paths\.ts)/.test(item);
      return (
        (file.path.startsWith('client/ui/') || file.path.startsWith('client/lib/')) &&
        (to !== undefined || /^client\/app\/(?!paths\.ts)/.test(item))
      );
    });
    expect(wrong).to.deep.equal([]);
  });

  it('lets a form be filled in only in the dialog that asks before it throws away', () => {
    const wrong = under('client/features')
      .filter(({ path }) => !path.endsWith('/SessionLost.tsx'))
      .filter(
        ({ text }) =>
          /<(Modal|Drawer)\b/.test(text) && /<form\b|<Text(area|Input)\b(?![^>]*readOnly)/.test(text),
      )
      .map(({ path }) => path);
    expect(wrong).to.deep.equal([]);
  });

  it('has one door each for the environment, sockets, fetch and the map library', () => {
    const outside = (room: string, allowed: RegExp, what: RegExp) =>
      under(room)
        .filter((file) => !allowed.test(file.path) && what.test(file.text))
        .map((file) => file.path);
    expect(outside('server', /^server\/(env\.ts|cli\/|database\/embedded\/)/, /process\.env/)).to.deep.equal(
      [],
    );
    expect(
      outside('server', /^server\/live\/(publish|presence)\.ts$/, /\bio\b[^;\n]*\.emit\(/),
    ).to.deep.equal([]);
    expect(outside('client', /^client\/lib\/api\.ts$/, /\bfetch\(|XMLHttpRequest/)).to.deep.equal([]);
    expect(outside('client', /^client\/features\/map\//, /from 'leaflet'|import\('leaflet'\)/)).to.deep.equal(
      [],
    );
    expect(outside('client', /^client\/lib\/live\.tsx$/, /socket\.io-client'/)).to.deep.equal([]);
  });

  it('opens every file with its duty', () => {
    const silent = files
      .filter((file) => !/^(\/\/ @ts-check\n)?(#!.*\n)?\/\/ Duty: /.test(file.text))
      .map((file) => file.path);
    expect(silent).to.deep.equal([]);
  });

  it('keeps every file short enough to read', () => {
    const long = files
      .filter((file) => !file.path.includes('/i18n/') && !file.path.startsWith('test/database/behaviours/'))
      .filter(
        (file) => file.text.split('\n').length > (file.path.startsWith('test/') ? longestTest : longestFile),
      )
      .map((file) => `${file.path}: ${file.text.split('\n').length}`);
    expect(long).to.deep.equal([]);
  });

  it('names exports and has no rooms for leftovers', () => {
    // A tool takes these from their default export.
    const isConfig = (path: string) => ['client/vite.config.ts', 'test/support/reporter.ts'].includes(path);
    expect(
      files
        .filter((file) => /^export default/m.test(file.text) && !isConfig(file.path))
        .map((file) => file.path),
    ).to.deep.equal([]);
    expect(
      files
        .filter(
          (file) =>
            /(^|\/)(utils|helpers|common)(\.tsx?|\/)/.test(file.path) && !file.path.includes('/i18n/'),
        )
        .map((file) => file.path),
    ).to.deep.equal([]);
    expect(
      files
        .filter((file) => /\bTODO\b|\bFIXME\b/.test(file.text) && file.path !== 'test/house.test.ts')
        .map((file) => file.path),
    ).to.deep.equal([]);
  });

  it('explains every environment variable in .env.example, each once', () => {
    const example = readFileSync(join(projectRoot, '.env.example'), 'utf8');
    const named = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]!);
    expect(named.toSorted()).to.deep.equal([...variableNames].toSorted());
  });

  it('visits every endpoint from a test', () => {
    const tests = under('test')
      .map((file) => file.text)
      .join('\n');
    const routes = under('server/features').filter((file) => file.path.endsWith('.routes.ts'));
    const untested = routes
      .flatMap((file) => [...file.text.matchAll(/path: '(\/api\/[^']+)'/g)].map((match) => match[1]!))
      .filter((path) => {
        const pattern = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[a-zA-Z]+/g, '[^/\'"]+');
        return !new RegExp(`${pattern}(?=[\`'"?]|\\$\\{)`).test(tests);
      });
    expect(untested).to.deep.equal([]);
  });

  it('lists in the README every folder of the server that there is', () => {
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
    const folders = readdirSync(join(projectRoot, 'server'), { withFileTypes: true }).filter((item) =>
      item.isDirectory(),
    );
    expect(
      folders.filter((folder) => !readme.includes(`${folder.name}/`)).map((folder) => folder.name),
    ).to.deep.equal([]);
  });
});
