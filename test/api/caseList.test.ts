// Duty: the list of cases: scope, filters, every order over cursor pages, and search in any order of folded words, through an index.
import { expect } from 'chai';
import { clock } from '../../server/clock.ts';
import {
  caseIndexWithWords,
  catchUpCaseIndex,
  startCaseIndex,
} from '../../server/features/cases/caseIndexFeed.ts';
import { listQuestion } from '../../server/features/cases/caseList.queries.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { viewerNow } from '../../server/features/directory/users.queries.ts';
import { type CaseListQuery, caseListQuery, caseSorts } from '../../shared/cases.ts';
import type { CaseRow } from '../../shared/caseViews.ts';
import type { MunicipalitySlug } from '../../shared/directory.ts';
import { inDays, logged, moved, triage } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('GET /api/cases', () => {
  let server: TestServer;
  let activist: Person;
  let ofGjakova: Person;
  let coordinator: Person;
  const ids: Record<string, string> = {};

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    ofGjakova = await server.as('team_lead', { municipality: 'gjakova' });
    coordinator = await server.as('coordinator');
    for (let index = 0; index < 12; index += 1)
      await logged(activist, {
        title: `Case ${index}`,
        theme: index % 2 ? 'housing' : 'employment',
        subTheme: index % 2 ? 'eviction' : 'training',
        urgency: index % 3 ? 'normal' : 'critical',
      });
    ids.registration = await logged(ofGjakova, {
      municipality: 'gjakova',
      theme: 'civil_registration',
      subTheme: 'birth_registration',
      title: 'Fëmija i lindur në shtëpi, pa çertifikatë',
      description: 'Đorđe piše da deca čekaju žig.',
    });
    ids.second = await logged(ofGjakova, { municipality: 'gjakova', title: 'Uji mungon në lagje' });
    await moved(coordinator, ids.second, triage(coordinator.id, 'low'));
  });
  after(() => server.stop());
  afterEach(() => clock.stopAt(null));

  async function list(by: Person, query = '') {
    const answer = await by.get<{ data: CaseRow[]; next: string | null; total: number }>(
      `/api/cases?${query}`,
    );
    expect(answer.status, answer.text).to.equal(200);
    return answer.body;
  }
  const idsOf = async (by: Person, query: string) => (await list(by, query)).data.map(({ id }) => id);

  it('shows the own municipality to its people, all to coordinators, and nothing more than rows need', async () => {
    expect((await list(activist)).total).to.equal(12);
    expect((await list(ofGjakova)).total).to.equal(2);
    const all = await list(coordinator);
    expect(all.total).to.equal(14);
    expect(Object.keys(all.data[0]!).sort()).to.deep.equal([
      'changedAt',
      'example',
      'id',
      'kind',
      'late',
      'lead',
      'loggedAt',
      'municipality',
      'nextStep',
      'peopleCount',
      'reference',
      'settlement',
      'status',
      'subTheme',
      'theme',
      'title',
      'urgency',
      'version',
      'waitingOn',
    ]);
  });

  it('combines filters', async () => {
    expect((await list(activist, 'theme=housing&urgency=critical')).total).to.equal(2);
    expect((await list(coordinator, 'municipality=gjakova&status=triaged')).data[0]!.id).to.equal(ids.second);
    expect(await idsOf(coordinator, 'lead=me')).to.deep.equal([ids.second]);
    expect((await list(coordinator, 'lead=none')).total).to.equal(13);
    expect((await list(coordinator, `from=${inDays(2)}`)).total).to.equal(0);
    expect((await list(coordinator, `from=${inDays(-1)}&to=${inDays(1)}`)).total).to.equal(14);
    expect((await list(ofGjakova, 'municipality=ferizaj')).total).to.equal(0);
  });

  it('shows from memory what the database alone would show', async () => {
    const viewer = (await viewerNow(coordinator.id))!;
    for (const filter of [
      '',
      'theme=housing',
      'status=new&urgency=critical',
      'lead=none',
      `to=${inDays(3)}`,
    ]) {
      const query = caseListQuery.parse(Object.fromEntries(new URLSearchParams(filter)));
      const question = await listQuestion(viewer, query);
      const byDatabase = await CaseModel.find(question.page).sort(question.order).lean();
      expect(await idsOf(coordinator, filter), filter).to.deep.equal(byDatabase.map(({ _id }) => _id));
    }
  });

  it('derives what is late from the day of the next step', async () => {
    expect((await list(coordinator, 'late=true')).total).to.equal(0);
    await CaseModel.updateOne(
      { _id: ids.second },
      { $set: { nextDue: inDays(-2), changedAt: new Date() }, $inc: { version: 1 } },
    );
    await catchUpCaseIndex();
    const late = await list(coordinator, 'late=true');
    expect(late.data.map(({ id, late }) => [id, late])).to.deep.equal([[ids.second, true]]);
    expect(late.total).to.equal(1);
    expect((await list(coordinator, 'late=false')).total).to.equal(13);
  });

  for (const sort of caseSorts) {
    it(`pages through all by ${sort} without a gap or a repeat`, async () => {
      const whole = await idsOf(coordinator, `sort=${sort}&limit=100`);
      expect(whole).to.have.length(14);
      const paged: string[] = [];
      let cursor = '';
      do {
        const page = await list(coordinator, `sort=${sort}&limit=4${cursor}`);
        paged.push(...page.data.map(({ id }) => id));
        cursor = page.next ? `&cursor=${page.next}` : '';
      } while (cursor);
      expect(paged).to.deep.equal(whole);
    });
  }

  it('orders by urgency from the most urgent, by next step from the soonest', async () => {
    const urgencies = (await list(coordinator, 'sort=urgency')).data.map(({ urgency }) => urgency);
    expect(urgencies.slice(0, 4)).to.deep.equal(['critical', 'critical', 'critical', 'critical']);
    expect(urgencies.at(-1)).to.equal('low');
    expect((await list(coordinator, 'sort=next_step')).data[0]!.id).to.equal(ids.second);
  });

  it('refuses a cursor of another order', async () => {
    const { next } = await list(coordinator, 'sort=newest&limit=2');
    expect((await coordinator.get(`/api/cases?sort=oldest&cursor=${next}`)).status).to.equal(422);
  });

  const searches: [string, string, string[]][] = [
    ['a name of the place without its diacritics', 'gjakove', ['registration', 'second']],
    ['its Serbian name, đ as dj', 'djakovica', ['registration', 'second']],
    ['its Serbian name with đ', 'Đakovica', ['registration', 'second']],
    ['words in any order, each by its beginning', 'certif lind', ['registration']],
    ['letters with and without marks alike', 'femija shtepi', ['registration']],
    ['dj and đ alike', 'djordje zig', ['registration']],
    ['Cyrillic as Latin', 'Ђорђе', ['registration']],
    ['the theme in another language', 'civilno registracija', []],
    ['the theme’s word', 'regjistrim', ['registration']],
    ['a word of one and a word of the other', 'uji certifikate', []],
    ['capital letters', 'UJI MUNGON', ['second']],
  ];
  for (const [what, words, found] of searches) {
    it(`finds ${what}: ${words}`, async () => {
      const all = await idsOf(coordinator, `municipality=gjakova&q=${encodeURIComponent(words)}`);
      expect(all.sort()).to.deep.equal(found.map((name) => ids[name]!).sort());
      const viewer = (await viewerNow(coordinator.id))!;
      const query = caseListQuery.parse({ municipality: 'gjakova', q: words });
      const question = await listQuestion(viewer, query);
      const byDatabase = await CaseModel.find(question.page).sort(question.order).lean();
      expect(byDatabase.map(({ _id }) => _id).sort(), 'the database alone').to.deep.equal(all);
    });
  }

  it('finds a case by its reference, whole or by number', async () => {
    const { reference } = (await list(ofGjakova, 'q=uji')).data[0]!;
    expect(await idsOf(coordinator, `q=${reference}`)).to.deep.equal([ids.second]);
    expect(await idsOf(coordinator, `q=${reference.toLowerCase()}`)).to.deep.equal([ids.second]);
    expect(await idsOf(coordinator, `municipality=gjakova&q=${reference.split('-')[2]}`)).to.deep.equal([
      ids.second,
    ]);
  });

  it('finds nothing outside the scope, and nothing for words that cannot be', async () => {
    expect((await list(activist, 'q=gjakove')).total).to.equal(0);
    expect((await list(coordinator, 'q=...')).total).to.equal(0);
    expect((await list(coordinator, `q=${encodeURIComponent('.*')}`)).total).to.equal(0);
  });

  it('pages through what a search found', async () => {
    const whole = await idsOf(coordinator, 'q=case&limit=100');
    expect(whole).to.have.length(12);
    const first = await list(coordinator, 'q=case&limit=7');
    const second = await list(coordinator, `q=case&limit=7&cursor=${first.next}`);
    expect([first.total, second.total, second.next]).to.deep.equal([12, 12, null]);
    expect([...first.data, ...second.data].map(({ id }) => id)).to.deep.equal(whole);
    expect(await idsOf(coordinator, 'q=case&sort=oldest&limit=100')).to.deep.equal(whole.toReversed());
    expect((await list(coordinator, 'q=case&urgency=critical')).total).to.equal(4);
  });

  it('finds what was changed under its new words alone', async () => {
    const id = await logged(activist, { title: 'Zjarrfikës mungojnë' });
    expect(await idsOf(activist, 'q=zjarrfikes')).to.deep.equal([id]);
    await activist.patch(`/api/cases/${id}`, { version: 1, title: 'Something else' });
    expect(await idsOf(activist, 'q=zjarrfikes')).to.deep.equal([]);
  });

  describe('over many cases', () => {
    const many = 3_000;
    before(async () => {
      const pattern = (await CaseModel.findOne({ _id: ids.second }).lean())!;
      const municipalities: MunicipalitySlug[] = ['ferizaj', 'peja', 'prizren', 'gjakova'];
      await CaseModel.collection.insertMany(
        Array.from({ length: many }, (_, index) => ({
          ...pattern,
          _id: crypto.randomUUID(),
          reference: `MANY-2020-${index}`,
          municipality: municipalities[index % 4],
          theme: index % 3 ? 'housing' : 'covid19',
          status: index % 5 ? 'closed' : 'new',
          loggedAt: new Date(1.6e12 + index * 1_000_000),
          changedAt: new Date(1.6e12 + index * 2_000_000),
          lead: index % 100 ? null : coordinator.id,
          searchTerms: ['ujesjelles', `seldom${index % 50}`, ...(index % 10 ? [] : ['often'])],
        })) as never[],
      );
      // They are dated back, so what looks for late changes would not find them.
      startCaseIndex();
      await caseIndexWithWords();
    });

    /** How the database would answer: stages, and what it looked at. */
    async function explain(viewer: Person, query: Partial<CaseListQuery>) {
      const asked = caseListQuery.parse(query);
      const question = await listQuestion((await viewerNow(viewer.id))!, asked);
      const plan = (await CaseModel.find(question.page, {}, question.hint ? { hint: question.hint } : {})
        .sort(question.order)
        .limit(51)
        .explain('executionStats')) as unknown as {
        executionStats: { totalDocsExamined: number; totalKeysExamined: number; nReturned: number };
      };
      const text = JSON.stringify(plan);
      return { ...plan.executionStats, scans: text.includes('COLLSCAN'), sorts: /"SORT"/.test(text) };
    }

    const questions: [string, 'activist' | 'coordinator', Partial<CaseListQuery>, number][] = [
      ['everything, as a coordinator', 'coordinator', {}, 60],
      ['everything of a team', 'activist', {}, 60],
      [
        'municipality, theme, status',
        'coordinator',
        { municipality: ['peja'], theme: ['housing'], status: ['new'] },
        200,
      ],
      ['theme and status', 'coordinator', { theme: ['housing'], status: ['new'] }, 200],
      ['status of a team', 'activist', { status: ['new'] }, 60],
      ['my own', 'coordinator', { lead: 'me' }, 60],
      ['last changed', 'coordinator', { sort: 'changed' }, 60],
      ['most urgent of a team', 'activist', { sort: 'urgency' }, 60],
      ['next step', 'coordinator', { sort: 'next_step' }, 60],
      ['a rare and a frequent word', 'coordinator', { q: 'often seldom20' }, 60],
      ['two frequent words', 'coordinator', { q: 'often ujesjelles' }, 700],
      ['a rare and a frequent word of a team', 'activist', { q: 'ujesjelles seldom8' }, 60],
    ];
    for (const [what, who, query, most] of questions) {
      it(`answers from an index: ${what}`, async () => {
        const found = await explain(who === 'activist' ? activist : coordinator, query);
        expect(found.scans, 'reads every case').to.equal(false);
        expect(found.nReturned).to.be.greaterThan(0);
        expect(found.totalDocsExamined).to.be.at.most(most);
      });
    }

    it('begins a later page where the last ended', async () => {
      const first = await list(coordinator, 'sort=oldest&limit=100');
      const later = await explain(coordinator, { sort: 'oldest', cursor: first.next! });
      expect(later.totalDocsExamined).to.be.at.most(200);
    });
  });
});
