// Duty: hold when a page says why confirmed cases are not told by place and theme: only where that is the reason.
import { expect } from 'chai';
import type { FrozenIndicator } from '../../shared/summaries.ts';
import { isWithheldUnderLogged } from '../../shared/summaryWords.ts';

const indicator = (key: string, whole: number | null, cells: (number | null)[], name = 'theme') =>
  ({
    key,
    figure: { value: whole },
    tables: [{ name, cells: cells.map((value) => ({ value })) }],
  }) as unknown as FrozenIndicator;

describe('A release’s page', () => {
  it('says why a table of confirmed cases is empty, where only the table is withheld', () => {
    expect(isWithheldUnderLogged(indicator('cases.confirmed', 12, [null, null]))).to.equal(true);
    expect(isWithheldUnderLogged(indicator('cases.confirmed', 12, [null], 'municipality'))).to.equal(true);
  });

  it('says nothing of it where cells are told, where the whole is withheld, or of another figure', () => {
    expect(isWithheldUnderLogged(indicator('cases.confirmed', 12, [12, null]))).to.equal(false);
    expect(isWithheldUnderLogged(indicator('cases.confirmed', null, [null]))).to.equal(false);
    expect(isWithheldUnderLogged(indicator('cases.logged', 12, [null]))).to.equal(false);
  });
});
