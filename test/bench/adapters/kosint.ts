// Duty: the bench's adapter for this product: sign-in, the six jobs with their strict checks, live listener, pages. Nothing is measured here.
import { io } from 'socket.io-client';
import { newId } from '../../../shared/api.ts';
import { municipalitySlugs } from '../../../shared/directory.ts';
import { allSubThemes, themes } from '../../../shared/themeLists.ts';
import type { Adapter, Headers, Jobs, LoadRequest, Session } from '../adapter.ts';
import { bareQuestions, type Filter, rotate } from './kosintBare.ts';

export interface Row {
  id: string;
  title: string;
  municipality: string;
  theme: string;
  status: string;
  loggedAt: string;
}

async function ask<Answer>({ url, headers }: Pick<Session, 'url' | 'headers'>, path: string) {
  const answer = await fetch(url + path, { headers });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return (await answer.json()) as Answer;
}

/** Signs in with the example account of that role. */
export async function signInAs(url: string, role: string): Promise<Headers> {
  const headers = { 'content-type': 'application/json', 'x-requested-with': 'bench' };
  const { data } = await ask<{
    data: { exampleAccounts: { email: string; password: string; role: string }[] };
  }>({ url, headers }, '/api/instance');
  const { email, password } = data.exampleAccounts.find((account) => account.role === role)!;
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`The bench could not sign in: ${answer.status}`);
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return { ...headers, cookie: cookies.join('; ') };
}

/** Rows of every municipality, to rotate over. */
async function sampleRows(session: Session, pages: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const municipality of municipalitySlugs) {
    let cursor = '';
    for (let page = 0; page < pages; page += 1) {
      const path = `/api/cases?municipality=${municipality}&limit=100${cursor}`;
      const list = await ask<{ data: Row[]; next: string | null }>(session, path);
      rows.push(...list.data);
      if (!list.next) break;
      cursor = `&cursor=${encodeURIComponent(list.next)}`;
    }
  }
  return rows;
}

interface MapQuestion {
  filter: Filter;
  points: number;
}
const mapPath = (box: string, filter: Filter) =>
  `/api/map/clusters?bbox=${box}&zoom=11&${new URLSearchParams({ ...filter })}`;
const kosovo = (west: string) => `${west},42.1,21.6,42.95`;

/** What the bench creates, so that no measured map grows while it creates. */
const created = { theme: 'housing', subTheme: 'infrastructure' } as const;

/** Filters that leave about five thousand points on the map, whatever the number of cases. */
async function mapQuestions(session: Session): Promise<MapQuestion[]> {
  const candidates: Filter[] = [
    ...allSubThemes.map((subTheme) => ({ subTheme })),
    ...municipalitySlugs.flatMap((municipality) => themes.map((theme) => ({ municipality, theme }))),
    ...municipalitySlugs.flatMap((municipality) =>
      allSubThemes.map((subTheme) => ({ municipality, subTheme })),
    ),
  ];
  const found: MapQuestion[] = [];
  for (const filter of candidates) {
    if (filter.theme === created.theme || filter.subTheme === created.subTheme) continue;
    const { data } = await ask<{ data: { points: { days: number[] } | null } }>(
      session,
      mapPath(kosovo('20.0'), filter),
    );
    if (data.points) found.push({ filter, points: data.points.days.length });
  }
  const far = ({ points }: MapQuestion) => Math.abs(points - 5000);
  return found.sort((a, b) => far(a) - far(b)).slice(0, 8);
}

const statuses = ['new', 'triaged', 'in_progress'];

/** Two telling words of a title. */
function wordsOf(title: string): [string, string] | null {
  const long = title.split(/[^\p{L}]+/u).filter((word) => word.length > 3);
  return long.length >= 2 ? [long[0]!, long.at(-1)!] : null;
}

const newestFirst = (rows: readonly Row[]) =>
  rows.every((row, at) => at === 0 || rows[at - 1]!.loggedAt >= row.loggedAt);
const rowsIn = (body: string) => (JSON.parse(body) as { data: Row[] }).data;
const queryOf = ({ path }: LoadRequest) => new URL(path, 'http://bench').searchParams;

/** Whether the case whose words these are is among all that they find. */
async function findsAll(session: Session, { path, mark }: LoadRequest): Promise<boolean> {
  let cursor = '';
  do {
    const whole = path.replace('limit=20', 'limit=100') + cursor;
    const list = await ask<{ data: Row[]; next: string | null }>(session, whole);
    if (list.data.some(({ id }) => id === mark)) return true;
    cursor = list.next ? `&cursor=${encodeURIComponent(list.next)}` : '';
  } while (cursor);
  return false;
}

async function jobs(session: Session): Promise<Jobs> {
  const rows = await sampleRows(session, 8);
  const maps = await mapQuestions(session);
  const filters = municipalitySlugs
    .flatMap((municipality) => themes.map((theme) => ({ municipality, theme })))
    .filter((asked) =>
      rows.some(
        ({ municipality, theme, status }) =>
          municipality === asked.municipality && theme === asked.theme && statuses.includes(status),
      ),
    );
  const searches = rows.flatMap(({ id, title }) => {
    const pair = wordsOf(title);
    return pair ? [{ id, pair }] : [];
  });
  const bare = bareQuestions({
    rows,
    filters,
    statuses,
    pairs: searches.map(({ pair }) => pair),
    maps: maps.map(({ filter }) => filter),
  });
  const [row, filter, words, map] = [rotate(rows), rotate(filters), rotate(searches), rotate(maps)];
  /** Each a hundred metres from the last, all round the same points. */
  const edge = rotate(Array.from({ length: 50 }, (_, step) => (20 - step / 1000).toFixed(3)));
  let made = 0;
  return {
    open: {
      status: 200,
      next: () => ({ path: `/api/cases/${row().id}` }),
      verify: (body, { path }) => {
        const { data } = JSON.parse(body);
        return path.endsWith(data.id) && data.history.length > 0 && data.title.length > 0;
      },
      bare: bare.open,
    },
    list: {
      status: 200,
      next: () => ({
        path: `/api/cases?${new URLSearchParams(filter())}&status=${statuses}&limit=50`,
      }),
      verify: (body, sent) => {
        const found = rowsIn(body);
        const asked = queryOf(sent);
        const fits = (one: Row) =>
          one.municipality === asked.get('municipality') &&
          one.theme === asked.get('theme') &&
          statuses.includes(one.status);
        // In a small folder there may be fewer than a page of them.
        return (
          found.length > 0 &&
          (session.cases < 20_000 || found.length === 50) &&
          found.every(fits) &&
          newestFirst(found)
        );
      },
      bare: bare.list,
    },
    map: {
      status: 200,
      headers: { 'accept-encoding': 'gzip' },
      next: () => {
        const { filter, points } = map();
        return { path: mapPath(kosovo(edge()), filter), mark: String(points) };
      },
      verify: (body, { mark }) => {
        const { points, total } = JSON.parse(body).data;
        return points.days.length >= Number(mark) && total === points.days.length;
      },
      bare: bare.map,
    },
    dashboard: {
      status: 200,
      next: () => ({ path: '/api/cases/counts' }),
      verify: (body) => {
        const { total, byStatus } = JSON.parse(body).data as {
          total: number;
          byStatus: Record<string, number>;
        };
        const sum = Object.values(byStatus).reduce((all, one) => all + one, 0);
        return total >= session.cases && sum === total;
      },
      bare: bare.dashboard,
    },
    search: {
      status: 200,
      next: () => {
        const { id, pair } = words();
        return { path: `/api/cases?${new URLSearchParams({ q: pair.join(' '), limit: '20' })}`, mark: id };
      },
      verify: (body) => {
        const found = rowsIn(body);
        return found.length > 0 && found.length <= 20 && newestFirst(found);
      },
      // Words are found in other texts and in names of places too, so rows need not show them; but the case they came from is found.
      confirm: (sent) => findsAll(session, sent),
      bare: bare.search,
    },
    create: {
      status: 201,
      next: () => {
        made += 1;
        const input = newCase(made);
        return { method: 'POST', path: '/api/cases', body: JSON.stringify(input), mark: input.id };
      },
      verify: (body, { mark }) => {
        const { id, reference } = JSON.parse(body).data;
        return id === mark && reference.length > 8;
      },
      confirm: async ({ mark }) =>
        (await ask<{ data: { id: string } }>(session, `/api/cases/${mark}`)).data.id === mark,
      bare: bare.create(() => newCase(made++)),
    },
  };
}

export function newCase(number: number) {
  return {
    id: newId(),
    kind: 'group',
    ...created,
    title: `Street without sewage, request ${number}`,
    description: 'After every rain the street floods and the children cannot go to school.',
    need: 'A sewage connection',
    municipality: municipalitySlugs[number % municipalitySlugs.length],
    settlement: null,
    precision: 'municipality',
    people: { count: 40, households: 9, ageBands: {} },
    urgency: 'normal',
    concernsChild: false,
    guardianConsent: false,
    consentBasis: 'no_personal_data',
    language: 'en',
    interpreterNeeded: false,
  };
}

export const adapter: Adapter = {
  name: 'KOSINT Tracker',
  signIn: (url) => signInAs(url, 'coordinator'),
  jobs,
  async listen({ url, headers }, heard) {
    const socket = io(url, {
      transports: ['websocket'],
      extraHeaders: { cookie: headers.cookie ?? '' },
      forceNew: true,
    });
    socket.on('change', (_name: string, { id }: { id?: string }) => heard(id ?? ''));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('connect_error', reject);
    });
    return { close: () => void socket.close() };
  },
  pages: {
    list: { path: '/cases', ready: 'a[data-case]' },
    map: {
      path: '/map',
      ready: '.leaflet-marker-pane [role=button]',
      surface: '[role=application]',
    },
  },
};
