// Duty: rows come back in the order of logging, whatever the order they came in, and a page begins right after the one before.
import { expect } from 'chai';
import fc from 'fast-check';
import { CaseOrder, isNewer } from '../../server/features/cases/caseOrder.ts';

describe('CaseOrder', () => {
  it('gives the newest accepted rows, page by page, as sorting all would', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ loggedAt: fc.integer({ min: 1, max: 9 }), hidden: fc.boolean() }), {
          maxLength: 60,
        }),
        fc.integer({ min: 1, max: 7 }),
        (items, limit) => {
          const idAt = (row: number) => `id${String((row * 37) % 101).padStart(3, '0')}`;
          const order = new CaseOrder(idAt);
          items.forEach(({ loggedAt }, row) => {
            order.put(row, loggedAt);
            order.put(row, loggedAt + 1);
          });
          const logged = (row: number) => ({ loggedAt: items[row]!.loggedAt, id: idAt(row) });
          const expected = items
            .map((_, row) => row)
            .filter((row) => !items[row]!.hidden)
            .sort((a, b) => (isNewer(logged(a), logged(b)) ? -1 : 1));
          const paged: number[] = [];
          for (;;) {
            const last = paged.at(-1);
            const after = last === undefined ? null : logged(last);
            const page = order.newest((row) => !items[row]!.hidden, after, limit);
            paged.push(...page);
            if (page.length < limit) break;
          }
          expect(paged).to.deep.equal(expected);
        },
      ),
    );
  });
});
