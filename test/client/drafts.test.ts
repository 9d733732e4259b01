// Duty: hold the store of unfinished cases: every keystroke kept, several at once, old ones forgotten, broken ones harmless.
import { expect } from 'chai';
import { caseFrom, missingIn, stepOf } from '../../client/features/cases/intake/complete.ts';
import {
  type Draft,
  draftLimits,
  makeDraftStore,
  newDraft,
  titleFrom,
} from '../../client/features/cases/intake/drafts.ts';
import type { OwnTexts } from '../../client/lib/ownStore.ts';
import { newId } from '../../shared/api.ts';
import { caseCreate } from '../../shared/cases.ts';

function memory(full = false): OwnTexts & { map: Map<string, string> } {
  const map = new Map<string, string>();
  return {
    map,
    get: (name) => map.get(name) ?? null,
    set(name, text) {
      if (full && text !== null) return false;
      if (text === null) map.delete(name);
      else map.set(name, text);
      return true;
    },
    names: (start) => [...map.keys()].filter((name) => name.startsWith(start)),
  };
}

function finished(changes: Partial<Draft> = {}): Draft {
  return {
    ...newDraft(newId(), Date.now(), {
      kind: 'group',
      theme: 'housing',
      subTheme: 'infrastructure',
      municipality: 'ferizaj',
      settlement: null,
      description: 'Eleven households share one tap. It freezes in winter.',
      consentBasis: 'no_personal_data',
    }),
    people: { count: 52, households: 11 },
    ...changes,
  };
}

describe('The store of unfinished cases', () => {
  it('gives back what was saved, also to a new store over the same device', () => {
    const texts = memory();
    const draft = finished();
    expect(makeDraftStore(texts).save(draft)).to.equal(true);
    expect(makeDraftStore(texts).load(draft.id)).to.deep.equal(draft);
  });

  it('says so when the device keeps nothing', () => {
    expect(makeDraftStore(memory(true)).save(finished())).to.equal(false);
  });

  it('lists several, the newest first', () => {
    const store = makeDraftStore(memory());
    const older = finished({ changedAt: Date.now() - 1000 });
    const newer = finished();
    store.save(older);
    store.save(newer);
    expect(store.all().map((draft) => draft.id)).to.deep.equal([newer.id, older.id]);
  });

  it('forgets what is too old and what is too many, but never what waits to be sent', () => {
    const now = Date.now();
    const store = makeDraftStore(memory(), () => now);
    const ancient = finished({ changedAt: now - draftLimits.age - 1 });
    store.save(ancient);
    expect(store.all()).to.deep.equal([]);
    const waiting = finished({ changedAt: now - 5000, sent: true });
    store.save(waiting);
    for (let i = 0; i < draftLimits.drafts + 5; i += 1) store.save(finished({ changedAt: now - 1000 + i }));
    const left = store.all();
    expect(left.filter((draft) => !draft.sent)).to.have.length(draftLimits.drafts);
    expect(left.map((draft) => draft.id)).to.include(waiting.id);
  });

  it('reads a broken entry as nothing', () => {
    const texts = memory();
    texts.set('draft.x', '{"id":');
    texts.set('draft.y', '{"id":"y","fields":null}');
    expect(makeDraftStore(texts).all()).to.deep.equal([]);
  });
});

describe('A finished draft', () => {
  it('becomes what the server takes', () => {
    const sent = caseFrom(finished(), 'sq');
    expect(caseCreate.safeParse(sent).error).to.equal(undefined);
    expect(sent.title).to.equal('Eleven households share one tap');
    expect(sent.precision).to.equal('municipality');
  });

  it('lacks exactly what was not answered', () => {
    const draft = finished();
    expect(missingIn(draft, 'review')).to.equal(null);
    expect(missingIn({ ...draft, people: { count: '', households: '' } }, 'who')).to.equal('people');
    expect(missingIn({ ...draft, fields: { ...draft.fields, subTheme: undefined } }, 'theme')).to.equal(
      'subTheme',
    );
    const child = { ...draft.fields, concernsChild: true, consentBasis: 'consented' as const };
    expect(missingIn({ ...draft, fields: child }, 'review')).to.equal('guardianConsent');
  });

  it('sends a refused field back to the step that asks for it', () => {
    expect(stepOf('people.count')).to.equal('who');
    expect(stepOf('description')).to.equal('what');
    expect(stepOf('guardianConsent')).to.equal('review');
  });

  it('takes its title from the first sentence, cut between words', () => {
    expect(titleFrom('One. Two.')).to.equal('One');
    const long = titleFrom(`${'word '.repeat(40)}end.`);
    expect(long.length).to.be.lessThan(95);
    expect(long).to.match(/word…$/);
    expect(titleFrom('   ')).to.equal('');
  });
});
