// Duty: every word that a language has comes to the browser, with the frame or with its slice, and a slice opened late is spoken at once.
import { expect } from 'chai';
import { openWords, wordSlices, wordsOf } from '../../client/lib/words.ts';
import { en } from '../../shared/i18n/en/index.ts';
import { sq } from '../../shared/i18n/sq/index.ts';
import { sr } from '../../shared/i18n/sr/index.ts';
import { makeSpeaker } from '../../shared/i18n.ts';

describe('Words in the browser', () => {
  it('says a slice that was opened after the speaker was made, and its key before', async () => {
    const words = await wordsOf('en');
    const { say, knows } = makeSpeaker('en', words, words);
    expect(say('common.save')).to.equal(en['common.save']);
    expect(say('map.title')).to.equal('map.title');
    expect(knows('map.title')).to.equal(false);
    await openWords('map');
    expect(say('map.title')).to.equal(en['map.title']);
  });

  it('brings what was opened before into another language', async () => {
    await openWords('map');
    expect((await wordsOf('sr'))['map.title']).to.equal(sr['map.title']);
  });

  for (const [language, all] of Object.entries({ sq, sr, en }))
    it(`leaves no word of ${language} behind: each slice of words is in client/lib/words.ts or in the frame`, async () => {
      await openWords(...wordSlices);
      const here = await wordsOf(language as 'sq' | 'sr' | 'en');
      expect(Object.keys(all).filter((key) => !Object.hasOwn(here, key))).to.deep.equal([]);
    });
});
