// Duty: taking what tells who a person is out of a text, marked in its language, and putting it back.
import { expect } from 'chai';
import { findPersonalData } from '../../shared/personalData.ts';
import {
  languageOf,
  marks,
  putBack,
  takeOut,
  vaultValueOf,
  withoutPersonalData,
} from '../../shared/takingOut.ts';

describe('Taking out of a text', () => {
  const taken = (text: string, mark = marks.vault.en) => takeOut(text, findPersonalData(text)[0]!, mark);

  it('takes a telephone out and leaves the mark in its place', () => {
    const [rest, { value, at }] = taken('Call 044 123 456 tomorrow');
    expect([rest, value, at]).to.deep.equal(['Call [in the vault] tomorrow', '044 123 456', 5]);
  });

  it('takes of a name next to a community the name alone, before and after it', () => {
    for (const [text, rest] of [
      ['Besnik Provë, an Ashkali father', '[in the vault], an Ashkali father'],
      ['an Ashkali father, Besnik Provë', 'an Ashkali father, [in the vault]'],
    ] as const) {
      const [left, { value }] = taken(text);
      expect([left, value]).to.deep.equal([rest, 'Besnik Provë']);
      expect(findPersonalData(left)).to.deep.equal([]);
    }
  });

  it('puts it back where its mark is, the nearest one when the text grew, and nowhere when the mark is gone', () => {
    const [, first] = taken('Call 044 123 456 now');
    expect(putBack('Call [in the vault] now', first)).to.equal('Call 044 123 456 now');
    expect(putBack('[in the vault] Call [in the vault] now', { ...first, at: 20 })).to.equal(
      '[in the vault] Call 044 123 456 now',
    );
    expect(putBack('Call now', first)).to.equal(null);
  });

  it('speaks the language of the text, and the reader’s where it cannot tell', () => {
    expect(languageOf('Familja është pa ujë dhe nuk ka dritë', 'en')).to.equal('sq');
    expect(languageOf('Porodica živi bez vode i nije dobila pomoć', 'en')).to.equal('sr');
    expect(languageOf('Породица', 'en')).to.equal('sr');
    expect(languageOf('The family lives without water', 'sq')).to.equal('en');
    expect(languageOf('044 123 456', 'sr')).to.equal('sr');
  });

  it('draws a telephone together that the vault would refuse for its length', () => {
    expect(vaultValueOf('phone', '+383 44 123 456')).to.equal('+383 44 123 456');
    expect(vaultValueOf('phone', '+3 8 3 - 4 4 - 1 2 3 - 4 5 6')).to.equal('+38344123456');
  });

  it('leaves nothing of it in what is only compared', () => {
    expect(withoutPersonalData('Call 044 123 456 or a.b@c.org, ID 1234567890')).to.equal('Call … or …, ID …');
  });
});
