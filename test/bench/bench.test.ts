// Duty: the bench holds what it promises: what may be asked of it, an adapter for any server, wrong answers refused, a page with every figure.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { startTestServer } from '../support/server.ts';
import { type Adapter, jobNames, readAdapter } from './adapter.ts';
import { newCase } from './adapters/kosint.ts';
import { ask, type LoadOptions, load, warmUp } from './load.ts';
import { benchMain } from './main.ts';
import { benchMixed } from './mixed.ts';
import { readOptions, scenarioNames } from './options.ts';
import { markdownOf } from './report/markdown.ts';
import { besideEarlier, keepReport, newReport, readReport } from './report/report.ts';
import { goalOf, linesOf } from './rows.ts';

/** Another product: a table of numbers behind a token. Every seventh answer is what the test makes of it. */
interface Other {
  url: string;
  asked: number;
  spoil: (body: string) => string;
  stop(): Promise<void>;
}

async function startOther(): Promise<Other> {
  const made = new Set<string>();
  const other: Other = { url: '', asked: 0, spoil: (body) => body, stop: async () => {} };
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.headers.authorization !== 'Bearer other') return void response.writeHead(401).end();
    other.asked += 1;
    const { pathname, searchParams } = new URL(request.url!, 'http://other');
    if (request.method === 'POST') {
      const { id } = JSON.parse(Buffer.concat(chunks).toString()) as { id: string };
      made.add(id);
      return void response.writeHead(201).end(JSON.stringify({ id }));
    }
    if (pathname.startsWith('/made/'))
      return void response.writeHead(made.has(pathname.slice(6)) ? 200 : 404).end();
    const from = Number(searchParams.get('from'));
    const body = JSON.stringify(Array.from({ length: 50 }, (_, at) => from + at));
    const sent = other.asked % 7 === 0 ? other.spoil(body) : body;
    if (request.headers['accept-encoding'] !== 'gzip') return void response.end(sent);
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(sent));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  other.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  other.stop = () => new Promise((resolve) => void server.close(() => resolve()));
  return other;
}

const once = async (options: LoadOptions) => {
  const sent = options.next();
  return { sent, answer: (await ask(options, sent)).body };
};

let next = 0;
const list = {
  status: 200,
  next: () => ({ path: `/rows?from=${next++}` }),
  verify: (body: string, { path }: { path: string }) => {
    const rows = JSON.parse(body) as number[];
    return rows.length === 50 && path.endsWith(`=${rows[0]}`);
  },
};
const adapterOf = (name = 'Other'): Adapter => ({
  name,
  signIn: async () => ({ authorization: 'Bearer other' }),
  jobs: async ({ url, headers }) => ({
    list,
    map: { ...list, headers: { 'accept-encoding': 'gzip' } },
    create: {
      status: 201,
      next: () => {
        const id = `made-${next++}`;
        return { method: 'POST', path: '/rows', body: JSON.stringify({ id }), mark: id };
      },
      verify: (body, { mark }) => JSON.parse(body).id === mark,
      confirm: async ({ mark }) => (await fetch(`${url}/made/${mark}`, { headers })).ok,
    },
  }),
});
const failed = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );

describe('npm run bench', function () {
  this.timeout(30_000);
  let other: Other;
  let folder: string;

  before(async () => {
    other = await startOther();
    folder = mkdtempSync(join(tmpdir(), 'kosint-bench-test-'));
  });
  after(async () => {
    await other.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    other.spoil = (body) => body;
  });

  describe('what may be asked', () => {
    it('runs everything but install when nothing is named', () => {
      const { wanted, cases } = readOptions([]);
      expect(wanted).to.deep.equal(scenarioNames.filter((name) => name !== 'install'));
      expect(cases).to.equal(100_000);
    });

    it('of a server elsewhere, only what needs no process of its own', () => {
      expect(readOptions(['--target', 'http://127.0.0.1:1']).wanted).to.not.include('memory');
      expect(() => readOptions(['memory', '--target', 'http://127.0.0.1:1'])).to.throw('starts itself');
    });

    for (const [words, fault] of [
      [['nonsense'], 'No scenario nonsense'],
      [['--cases', 'many'], '--cases must be a whole number'],
      [['--cases', '0'], '--cases must be a whole number'],
      [['--target', 'localhost/api'], '--target must be an address'],
      [['--adapter', '/nowhere.ts'], 'there is no /nowhere.ts'],
      [['--colour'], "'--colour'"],
    ] as const)
      it(`refuses ${words.join(' ')}`, () => {
        expect(() => readOptions(words)).to.throw(fault);
      });
  });

  describe('an adapter', () => {
    it('is this product’s when no file is named, and does all six jobs', async () => {
      const ours = await readAdapter();
      expect(ours.name).to.equal('KOSINT Tracker');
      expect(ours.listen).to.be.a('function');
      expect(ours.pages?.list.path).to.equal('/cases');
      const server = await startTestServer();
      try {
        const { cookie } = await server.as('coordinator');
        const headers = { cookie, 'x-requested-with': 'test' };
        const session = { url: server.url, headers, cases: 0 };
        for (let made = 0; made < 3; made += 1) {
          const body = JSON.stringify(newCase(made));
          const json = { ...headers, 'content-type': 'application/json' };
          expect(
            (await fetch(`${server.url}/api/cases`, { method: 'POST', headers: json, body })).status,
          ).to.equal(201);
        }
        const jobs = await ours.jobs(session);
        for (const name of jobNames) {
          const job = jobs[name]!;
          const question = { ...job, ...session, headers: { ...headers, ...job.headers }, seconds: 1 };
          await warmUp(question, 0);
          const { sent, answer } = await once(question);
          expect(job.verify(answer, sent), name).to.equal(true);
          const emptied = answer.replace(/"data":(\[.*\]|\{.*\})/, '"data":{}');
          expect(
            await failed((async () => expect(job.verify(emptied, sent)).to.equal(true))()),
            name,
          ).to.not.equal('nothing was refused');
        }
      } finally {
        await server.stop();
      }
    });

    it('comes from a file; one that lacks something is refused with the name of the example', async () => {
      const file = join(folder, 'adapter.mjs');
      writeFileSync(
        file,
        "export const adapter = { name: 'Mine', signIn: async () => ({}), jobs: async () => ({}) };",
      );
      expect((await readAdapter(file)).name).to.equal('Mine');
      const lacking = join(folder, 'lacking.mjs');
      writeFileSync(lacking, "export const adapter = { name: 'Mine' };");
      expect(await failed(readAdapter(lacking))).to.include('test/bench/adapters/kosint.ts');
    });

    it('measures another server with the same jobs, beside prebuilt answers', async () => {
      const rows = await benchMain({ adapter: adapterOf(), cases: 100, target: other.url, seconds: 1 });
      expect(rows.map(({ name }) => name.split(',')[0])).to.deep.equal(['list', 'map', 'map', 'create']);
      for (const row of rows) expect(row.value, row.name).to.be.greaterThan(0);
      expect(rows[0]!.baselines?.map(({ name }) => name)).to.deep.equal(['prebuilt answer']);
      expect(rows[1]!.note).to.match(/ (\d|1\d\d|[1-9]\d) bytes/);
      const [mixed] = await benchMixed({ adapter: adapterOf(), cases: 100, target: other.url, seconds: 1 });
      expect(mixed).to.include({ unit: 'ms', goal: '≤ 20' });
    });
  });

  describe('a wrong answer', () => {
    const question = () => ({
      ...list,
      url: other.url,
      headers: { authorization: 'Bearer other' },
      seconds: 1,
    });

    it('with a row less is refused before anything is measured', async () => {
      other.spoil = (body) => body.replace(/,\d+\]$/, ']');
      expect(await failed(warmUp(question())))
        .to.include('A wrong answer')
        .and.include('/rows?from=');
    });

    it('that begins under load fails the measurement', async () => {
      await warmUp(question(), 0);
      other.spoil = (body) => body.replace(/^\[\d+/, '[-1');
      expect(await failed(load(question()))).to.include('A wrong answer');
    });

    it('that is compressed is seen under load too', async () => {
      other.spoil = () => '[]';
      const packed = { ...question(), headers: { authorization: 'Bearer other', 'accept-encoding': 'gzip' } };
      expect(await failed(load({ ...packed, verify: () => false }))).to.include('A wrong answer');
    });

    it('with the wrong status is refused', async () => {
      expect(await failed(load({ ...question(), headers: {} }))).to.include('status 401');
    });

    it('of a create that is not there afterwards is refused', async () => {
      const lost = { ...question(), confirm: async () => false };
      expect(await failed(warmUp(lost))).to.include('acknowledged and is not there');
    });
  });

  describe('the report', () => {
    const report = () => ({
      ...newReport({ product: 'KOSINT <Tracker>', target: null, cases: 100_000 }),
      scenarios: [
        {
          name: 'main',
          seconds: 3,
          rows: [
            {
              name: 'open a case',
              value: 2500,
              unit: 'req/s',
              goal: '≥ 5,000',
              ok: false,
              baselines: [
                { name: 'prebuilt answer', value: 10_000 },
                { name: 'bare driver', value: 4000 },
              ],
              note: 'p50 1 ms | p99 2 ms',
            },
            { name: 'creates', value: 6, unit: 'ms', goal: '≤ 1.5 × plain', ok: true, ratio: 1.2 },
          ],
        },
        { name: 'live', seconds: 1, rows: [], fault: '1 of 2 changes were heard' },
      ],
    });

    it('knows a goal in figures and one beside a baseline', () => {
      const [open, live] = report().scenarios[0]!.rows;
      expect(goalOf(open!)).to.deep.equal({ mark: 5000, more: true });
      expect(goalOf(live!)).to.deep.equal({ mark: 7.5, more: false });
    });

    it('is one page with bars, goals, both baselines and circumstances, and asks for nothing from elsewhere', () => {
      const { html, json } = keepReport(report(), folder);
      const page = readFileSync(html, 'utf8');
      expect(page).to.not.match(/<script|<link|<img|@import|url\(|src=|href=/);
      expect(page.match(/<rect class="baseline"/g)).to.have.length(3);
      expect(page.match(/<line class="goal"/g)).to.have.length(2);
      expect(page.match(/<rect class="own missed"/g)).to.have.length(1);
      // 2,500 of 10,000: a quarter of the longest bar.
      const [own, longest] = [
        ...page.matchAll(/<rect class="(?:own missed|baseline)" .*?width="([\d.]+)"/g),
      ].map((match) => Number(match[1]));
      expect(own! / longest!).to.be.closeTo(0.25, 0.01);
      expect(page)
        .to.include('0.63 × bare driver')
        .and.include(process.version)
        .and.include('load at the start');
      expect(page).to.include('1 of 2 changes were heard');
      expect(page).to.include('KOSINT &#60;Tracker&#62;').and.not.include('<Tracker>');
      expect(readReport(json).scenarios[0]!.rows[0]!.value).to.equal(2500);
    });

    it('is a Markdown table, and lines of text', () => {
      const table = markdownOf(report()).split('\n');
      expect(table.at(-2)).to.include(
        '| main | open a case | 2,500 req/s | ≥ 5,000 ✘ | 0.25 × prebuilt answer',
      );
      expect(linesOf('main', report().scenarios[0]!.rows)).to.include('1.20 × baseline');
    });

    it('puts an earlier run of another size beside this one', () => {
      const now = report();
      const earlier = { ...report(), cases: 1_000_000, at: '2026-11-01T00:00:00.000Z' };
      const beside = besideEarlier(now.scenarios[0]!, earlier);
      expect(beside.rows[0]!.earlier?.name).to.include('1,000,000 cases, 2026-11-01');
      expect(linesOf('main', beside.rows)).to.include('1.00 × KOSINT');
    });
  });
});
