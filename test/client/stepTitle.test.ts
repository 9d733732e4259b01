// Duty: a template's step is read in the reader's language; one's own words stay as they were typed.
import { expect } from 'chai';
import { stepTitle } from '../../client/lib/stepTitle.ts';
import { en } from '../../shared/i18n/en/index.ts';
import { sq } from '../../shared/i18n/sq/index.ts';
import { makeSpeaker } from '../../shared/i18n.ts';
import { planTemplates } from '../../shared/themes.ts';

describe('The title of a step', () => {
  const albanian = makeSpeaker('sq', sq, en);
  const english = makeSpeaker('en', en, en);

  it('is the template’s in the language of whoever reads, for every template there is', () => {
    for (const { key } of Object.values(planTemplates).flat()) {
      const step = { title: 'words of whoever triaged', template: key };
      expect(stepTitle(albanian, step)).to.equal(sq[`step.${key}` as keyof typeof sq]);
      expect(stepTitle(english, step)).to.equal(en[`step.${key}` as keyof typeof en]);
    }
  });

  it('is what somebody typed, where it was typed or the template is not known any more', () => {
    expect(stepTitle(albanian, { title: 'Ask Agim', template: null })).to.equal('Ask Agim');
    expect(stepTitle(albanian, { title: 'Kept words', template: 'goneSince' })).to.equal('Kept words');
  });
});
