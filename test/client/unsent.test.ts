// Duty: what counts as a person's own writing on this device when they sign out.
import { expect } from 'chai';
import { unsentOf } from '../../client/lib/unsent.ts';

describe('What signing out would wipe', () => {
  it('counts a draft that also waits in the outbox once', () => {
    expect(unsentOf(['draft.one', 'outbox'], [{ id: 'one' }])).to.deep.equal({ written: 1, receipts: 0 });
  });

  it('counts notes, edits and photos that wait, and receipts apart', () => {
    const names = ['note.case', 'edit.case.story', 'answer.two', 'outbox'];
    expect(unsentOf(names, [{ id: 'photo' }])).to.deep.equal({ written: 3, receipts: 1 });
  });

  it('counts what waits for the vault of a new case once, though a letter of its own carries it', () => {
    expect(unsentOf(['vault.case', 'outbox'], [{ id: 'other', text: 'vault.case' }])).to.deep.equal({
      written: 1,
      receipts: 0,
    });
  });

  it('when nothing is here, counts nothing', () => {
    expect(unsentOf([], [])).to.deep.equal({ written: 0, receipts: 0 });
  });
});
