// Duty: the questions of this product's jobs as the bare driver asks them: same rows, no sign-in, no policy, no projection.
import type { LoadRequest, Question } from '../adapter.ts';
import type { Row } from './kosint.ts';

export type Filter = { municipality?: string; theme?: string; subTheme?: string };

export function rotate<Item>(items: readonly Item[]): () => Item {
  let at = 0;
  return () => items[at++ % items.length]!;
}

const get = (question: object): LoadRequest => ({
  path: `/?question=${encodeURIComponent(JSON.stringify(question))}`,
});
const fields = (names: string) => Object.fromEntries(names.split(' ').map((name) => [name, 1]));
/** What a row of a list shows. */
const rowFields = fields(
  'version reference title kind theme subTheme municipality settlement precision status urgency urgencyRank lead nextStep nextDue waitingOn people.count loggedAt changedAt example',
);
/** What a point of the map is made of. */
const pointFields = fields('reference settlement municipality subTheme status urgency nextDue loggedAt');
const newest = { loggedAt: -1, _id: -1 };
const lengthOf = (body: string) => (JSON.parse(body) as unknown[]).length;
/** As the search keeps words: small and without marks. */
const kept = (word: string) =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}|[^\p{L}]/gu, '');

interface Sample {
  rows: readonly Row[];
  filters: readonly Filter[];
  statuses: readonly string[];
  pairs: readonly [string, string][];
  maps: readonly Filter[];
}

export function bareQuestions({ rows, filters, statuses, pairs, maps }: Sample) {
  const [row, filter, words, map] = [rotate(rows), rotate(filters), rotate(pairs), rotate(maps)];
  const found = (next: () => LoadRequest, right: (body: string) => boolean): Question => ({
    status: 200,
    next,
    verify: right,
  });
  return {
    open: found(
      () => get({ filter: { _id: row().id }, projection: { searchTerms: 0 }, limit: 1 }),
      (body) => lengthOf(body) === 1,
    ),
    list: found(
      () =>
        get({
          filter: { ...filter(), status: { $in: statuses } },
          sort: newest,
          limit: 50,
          projection: rowFields,
        }),
      (body) => lengthOf(body) > 0 && lengthOf(body) <= 50,
    ),
    // Without the box: a settlement's place is not in the case.
    map: found(
      () => get({ filter: map(), projection: pointFields }),
      (body) => lengthOf(body) > 0,
    ),
    dashboard: found(
      () =>
        get({
          group: {
            _id: { municipality: '$municipality', theme: '$theme', status: '$status', urgency: '$urgency' },
            cases: { $sum: 1 },
          },
        }),
      (body) => lengthOf(body) > 7,
    ),
    search: {
      ...found(
        () => {
          const [first, second] = words().map((word) => ({ searchTerms: { $regex: `^${kept(word)}` } }));
          return get({ filter: { $and: [first, second] }, sort: newest, limit: 20, projection: rowFields });
        },
        (body) => lengthOf(body) > 0,
      ),
      index: { searchTerms: 1, loggedAt: -1, _id: -1 } as const,
    },
    create: (input: () => { id: string }) => ({
      status: 201,
      next: (): LoadRequest => ({ method: 'POST', path: '/', body: JSON.stringify(input()) }),
      verify: (body: string) => JSON.parse(body)._id.length === 36,
    }),
  };
}
