// Duty: hold the list's filters in the URL: read and written the same, unknown values left out, equal filters equal texts.
import { expect } from 'chai';
import {
  countFilters,
  countQuery,
  readFilters,
  toggled,
  writeFilters,
} from '../../client/features/cases/filters.ts';
import { between } from '../../client/features/cases/selection.ts';
import { caseListQuery } from '../../shared/cases.ts';

const read = (search: string) => readFilters(new URLSearchParams(search));

describe('Filters in the URL', () => {
  it('are written as they were read, in one order', () => {
    const search =
      'q=uj%C3%AB&theme=housing%2Cemployment&status=new&lead=me&gap=no_next_step&from=2026-01-01&late=true&sort=urgency';
    expect(writeFilters(read(search)).toString()).to.equal(search);
    expect(writeFilters(read('status=new&theme=housing')).toString()).to.equal(
      writeFilters(read('theme=housing&status=new')).toString(),
    );
  });

  it('leave out what no list knows, and the default order', () => {
    expect(read('status=fixed,new&theme=&urgency=x&gap=x&sort=loudest&from=yesterday')).to.deep.equal({
      status: ['new'],
      sort: 'newest',
    });
    expect(writeFilters(read('sort=newest')).toString()).to.equal('');
  });

  it('are what the server takes', () => {
    const search = writeFilters(
      read('q=tap&municipality=peja&subTheme=tenure&gap=no_age_bands&late=true&to=2026-02-01'),
    );
    expect(caseListQuery.safeParse(Object.fromEntries(search)).success).to.equal(true);
  });

  it('drop a sub-theme with the last of its themes', () => {
    const filters = read('theme=housing,employment&subTheme=tenure,training');
    expect(toggled(filters, 'theme', 'housing').subTheme).to.deep.equal(['training']);
    expect(toggled(read('theme=housing&subTheme=tenure'), 'theme', 'housing').subTheme).to.deep.equal([
      'tenure',
    ]);
  });

  it('are counted without search and order, which the counts do not take', () => {
    const filters = read('q=tap&theme=housing&late=true&from=2026-01-01&to=2026-02-01&sort=oldest');
    expect(countFilters(filters)).to.equal(3);
    expect(countQuery(filters)).to.equal('theme=housing&from=2026-01-01&to=2026-02-01&late=true');
  });
});

describe('A range of selected rows', () => {
  it('goes both ways and survives a row that has left the list', () => {
    const ids = ['a', 'b', 'c', 'd'];
    expect(between(ids, 'd', 'b')).to.deep.equal(['b', 'c', 'd']);
    expect(between(ids, 'gone', 'b')).to.deep.equal(['b']);
  });
});
