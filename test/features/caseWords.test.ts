// Duty: the words in memory answer exactly what looking through every case would, while cases come, change and page on.
import { expect } from 'chai';
import fc from 'fast-check';
import { CaseWords } from '../../server/features/cases/caseWords.ts';

const vocabulary = [
  'uje',
  'ujesjelles',
  'uji',
  'rruga',
  'rrugica',
  'shkolla',
  'banesa',
  'ban',
  'tapi',
  'zjarr',
];
const terms = fc.uniqueArray(fc.constantFrom(...vocabulary), { maxLength: 5 });
const change = fc.record({
  row: fc.nat(30),
  terms,
  loggedAt: fc.nat(12),
  hidden: fc.boolean(),
  dropped: fc.boolean(),
  /** Asked for in between: what is remembered of it must grow with what comes. */
  asked: fc.option(fc.constantFrom('uj', 'rrug', 'ban')),
});

describe('CaseWords', () => {
  it('finds what a look through all would find, newest first, over pages, whatever was asked before', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 80 }),
        fc.nat(80),
        fc.uniqueArray(fc.constantFrom('uj', 'uje', 'rrug', 'ban', 'banesa', 'z', 'none'), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (changes, finishAfter, words, limit, forAll) => {
          const index = new CaseWords();
          const rows = new Map<number, (typeof changes)[number]>();
          changes.forEach((item, nth) => {
            if (nth === finishAfter) index.finish();
            index.put(item.row, item.terms, new Date(item.loggedAt));
            rows.set(item.row, item);
            if (item.dropped) {
              index.drop(item.row);
              rows.delete(item.row);
            }
            if (index.complete && item.asked)
              index.search([item.asked], null, String, { after: null, limit: 3 });
          });
          if (!index.complete) index.finish();
          const idAt = (row: number) => `id${String(row).padStart(3, '0')}`;
          const expected = [...rows.values()]
            .filter((item) => forAll || !item.hidden)
            .filter((item) => words.every((word) => item.terms.some((term) => term.startsWith(word))))
            .sort((a, b) => b.loggedAt - a.loggedAt || (idAt(b.row) > idAt(a.row) ? 1 : -1))
            .map((item) => ({ loggedAt: item.loggedAt, id: idAt(item.row) }));
          const paged: string[] = [];
          let after: { loggedAt: number; id: string } | null = null;
          for (;;) {
            const accepts = forAll ? null : (row: number) => !rows.get(row)!.hidden;
            const page = index.search(words, accepts, idAt, { after, limit });
            expect(page.total).to.equal(expected.length);
            paged.push(...page.ids);
            if (page.ids.length < limit) break;
            after = expected.find(({ id }) => id === page.ids.at(-1)) ?? null;
          }
          expect(paged).to.deep.equal(expected.map(({ id }) => id));
        },
      ),
    );
  });
});
