// Duty: hold the words of a case's history: every event and move in every language, with names, never with content.
import { expect } from 'chai';
import { changedFields } from '../../client/features/cases/changedFields.ts';
import { historyWords } from '../../client/features/cases/historyWords.ts';
import { offeredMoves } from '../../client/features/cases/moveOrder.ts';
import { caseMoveNames } from '../../shared/caseMoves.ts';
import { type CaseAbility, caseAbilities } from '../../shared/cases.ts';
import { caseEvents, type HistoryEntry } from '../../shared/caseViews.ts';
import { en } from '../../shared/i18n/en/index.ts';
import { sq } from '../../shared/i18n/sq/index.ts';
import { sr } from '../../shared/i18n/sr/index.ts';
import { makeSpeaker } from '../../shared/i18n.ts';

const speakers = [makeSpeaker('en', en, en), makeSpeaker('sq', sq, sq), makeSpeaker('sr', sr, sr)];
const list = (items: string[]) => items.join(', ');
const person = {
  id: 'p',
  name: 'Arta Krasniqi',
  role: 'activist',
  municipality: 'ferizaj',
  organisation: null,
  active: true,
} as const;

function entry(changes: Partial<HistoryEntry>): HistoryEntry {
  return {
    at: '2026-11-21T10:00:00.000Z',
    by: person,
    what: 'logged',
    move: null,
    from: null,
    to: null,
    reason: null,
    fields: [],
    issue: null,
    person: null,
    outcome: null,
    confirmedBy: null,
    ...changes,
  };
}

describe('History in words', () => {
  it('says every event and every move in every language', () => {
    for (const speaker of speakers) {
      const fallback = speaker.say('case.history.changed');
      for (const what of caseEvents.filter((one) => one !== 'moved')) {
        const words = historyWords(speaker, entry({ what, fields: ['title'], person }), list);
        expect(words, `${speaker.language} ${what}`).to.not.equal(fallback);
        expect(words).to.not.match(/[{}]|undefined/);
      }
      for (const move of caseMoveNames)
        expect(
          historyWords(speaker, entry({ what: 'moved', move, person }), list),
          `${speaker.language} ${move}`,
        ).to.not.match(/[{}]|undefined/);
    }
  });

  it('names the fields as the page does, and the colleague concerned', () => {
    const [english] = speakers;
    expect(
      historyWords(english!, entry({ what: 'revised', fields: ['description', 'people'] }), list),
    ).to.equal('Changed: What happened, People concerned');
    expect(historyWords(english!, entry({ what: 'assigned', person }), list)).to.equal(
      'Lead is now Arta Krasniqi',
    );
  });

  it('says what changed and who confirmed it', () => {
    const [english] = speakers;
    expect(
      historyWords(english!, entry({ what: 'moved', move: 'resolve', outcome: 'partly_achieved' }), list),
    ).to.equal('Resolved: Partly achieved');
    expect(
      historyWords(
        english!,
        entry({ what: 'moved', move: 'close', confirmedBy: 'authority_word_only' }),
        list,
      ),
    ).to.equal('Closed. Confirmed by: Only the authority’s word');
  });
});

describe('The moves a page offers', () => {
  const allowing = (...names: CaseAbility[]) =>
    Object.fromEntries(caseAbilities.map((name) => [name, names.includes(name)])) as Record<
      CaseAbility,
      boolean
    >;

  it('put the usual next one first and never an ending that is nobody’s daily work', () => {
    expect(offeredMoves(allowing('wait', 'resolve', 'withdraw'))).to.deep.equal({
      primary: 'resolve',
      others: ['wait', 'withdraw'],
    });
    expect(offeredMoves(allowing('dismiss', 'withdraw')).primary).to.equal(null);
  });
});

describe('An edit in place', () => {
  it('sends only the fields that differ from what the editor began with', () => {
    const before = { title: 'a', description: 'b', need: '' };
    expect(changedFields(['title', 'description', 'need'], before, { ...before, need: 'c' })).to.deep.equal({
      need: 'c',
    });
  });
});
