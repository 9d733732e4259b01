// Duty: what the main job sends and how an answer is verified, with the same question for a bare driver. Nothing is measured here.
import { newId } from '../../shared/api.ts';
import { municipalitySlugs } from '../../shared/directory.ts';
import { themes } from '../../shared/themes.ts';
import type { LoadRequest } from './load.ts';
import type { Row } from './target.ts';

export interface Scenario {
  goal: number;
  status: number;
  next(): LoadRequest;
  verify(body: string): boolean;
  /** The same for baseline 2, where a bare query can answer it. */
  bare?: Pick<Scenario, 'next' | 'verify'>;
}

function rotate<Item>(items: readonly Item[]): () => Item {
  let at = 0;
  return () => items[at++ % items.length]!;
}

const bareFind = (question: object): LoadRequest => ({
  path: `/?find=${encodeURIComponent(JSON.stringify(question))}`,
});
const newest = { loggedAt: -1, _id: -1 };
/** What a row of a list shows. */
const rowFields = Object.fromEntries(
  [
    'version reference title kind theme subTheme municipality settlement precision status urgency urgencyRank lead',
    'nextStep nextDue waitingOn people.count loggedAt changedAt example',
  ].flatMap((names) => names.split(' ').map((name) => [name, 1])),
);

const statuses = ['new', 'triaged', 'in_progress'];
const listLength = (body: string): number => (JSON.parse(body) as unknown[]).length;
const pageLength = (body: string): number => (JSON.parse(body) as { data: unknown[] }).data.length;

/** Two telling words of a title. */
function wordsOf(title: string): [string, string] | null {
  const long = title.split(/[\s,.]+/).filter((word) => word.length > 3);
  return long.length >= 2 ? [long[0]!, long.at(-1)!] : null;
}

/** Words of titles are Latin here; as the search keeps them they are small and without marks. */
const kept = (word: string) =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}|[^\p{L}]/gu, '');

export function scenariosOver(rows: readonly Row[]): Record<string, Scenario> {
  const questions = municipalitySlugs.flatMap((municipality) =>
    themes.map((theme) => ({ municipality, theme })),
  );
  const [row, bareRow] = [rotate(rows), rotate(rows)];
  const [filter, bareFilter] = [rotate(questions), rotate(questions)];
  const pairs = rows.map(({ title }) => wordsOf(title)).filter((words) => words !== null);
  const [words, bareWords] = [rotate(pairs), rotate(pairs)];
  const boxes = rotate(
    [0, 1, 2, 3, 4, 5].map((step) => `${20.3 + step * 0.02},42.1,${21.0 + step * 0.05},42.75`),
  );
  let made = 0;
  const create = (path: string): LoadRequest => {
    made += 1;
    return { method: 'POST', path, body: JSON.stringify(newCase(made)) };
  };
  return {
    'open a case': {
      goal: 5000,
      status: 200,
      next: () => ({ path: `/api/cases/${row().id}` }),
      verify: (body) => JSON.parse(body).data.history.length > 0,
      bare: {
        next: () => bareFind({ filter: { _id: bareRow().id }, projection: { searchTerms: 0 }, limit: 1 }),
        verify: (body) => listLength(body) === 1,
      },
    },
    'list, 3 filters, newest 50': {
      goal: 2200,
      status: 200,
      next: () => {
        const { municipality, theme } = filter();
        return {
          path: `/api/cases?municipality=${municipality}&theme=${theme}&status=${statuses}&limit=50`,
        };
      },
      verify: (body) => pageLength(body) === 50,
      bare: {
        next: () =>
          bareFind({
            filter: { ...bareFilter(), status: { $in: statuses } },
            sort: newest,
            limit: 50,
            projection: rowFields,
          }),
        verify: (body) => listLength(body) === 50,
      },
    },
    'map, a box': {
      goal: 600,
      status: 200,
      next: () => ({ path: `/api/map/clusters?bbox=${boxes()}&zoom=11` }),
      verify: (body) => body.length > 100,
    },
    'dashboard counts': {
      goal: 4000,
      status: 200,
      next: () => ({ path: '/api/cases/counts' }),
      verify: (body) => JSON.parse(body).data.total > 1000,
    },
    'search, two words, 20': {
      goal: 2000,
      status: 200,
      next: () => ({ path: `/api/cases?q=${encodeURIComponent(words().join(' '))}&limit=20` }),
      verify: (body) => pageLength(body) > 0,
      bare: {
        next: () => {
          const begins = bareWords().map((word) => ({ searchTerms: { $regex: `^${kept(word)}` } }));
          const everywhere = { municipality: { $in: municipalitySlugs } };
          return bareFind({
            filter: { $and: [everywhere, ...begins] },
            sort: newest,
            limit: 20,
            projection: rowFields,
          });
        },
        verify: (body) => listLength(body) > 0,
      },
    },
    'create, durable': {
      goal: 1400,
      status: 201,
      next: () => create('/api/cases'),
      verify: (body) => JSON.parse(body).data.reference.length > 8,
      bare: { next: () => create('/'), verify: (body) => JSON.parse(body)._id.length === 36 },
    },
  };
}

export function newCase(number: number) {
  return {
    id: newId(),
    kind: 'group',
    theme: 'housing',
    subTheme: 'infrastructure',
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
