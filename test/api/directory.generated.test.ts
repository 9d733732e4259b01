// Duty: the many invented cases of `npm run seed -- --cases`: the same for the same seed, whole as the API shows cases, numbered in step.
import { expect } from 'chai';
import { generateCases } from '../../seeds/generated.ts';
import { type CaseFile, CaseModel } from '../../server/features/cases/cases.model.ts';
import { newId } from '../../shared/api.ts';
import { caseMoves } from '../../shared/caseMoves.ts';
import { caseCreate, openStatuses } from '../../shared/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

const until = new Date('2026-11-20T06:00:00Z');

describe('npm run seed -- --cases', () => {
  let server: TestServer;
  let coordinator: Person;
  let cases: CaseFile[];
  /** What does not hang on the ids of this database's users. */
  const withoutPeople = (list: CaseFile[]) =>
    list.map(({ title, description, loggedAt, status, reference, _id, searchTerms, plan }) => ({
      ...{
        title,
        description,
        loggedAt,
        status,
        reference,
        _id,
        searchTerms,
        plan: plan.map(({ due }) => due),
      },
    }));
  const all = () => CaseModel.find().sort({ _id: 1 }).lean<CaseFile[]>();

  before(async () => {
    server = await startTestServer();
    await generateCases({ cases: 1500, seed: 7, until });
    cases = await all();
    coordinator = await server.as('coordinator');
  }).timeout(120_000);
  after(() => server.stop());

  it('makes as many as asked, marked as example, each one as intake would accept it', () => {
    expect(cases).to.have.length(1500);
    for (const caseFile of cases) {
      expect(caseFile.example).to.equal(true);
      const fields = Object.fromEntries(
        Object.keys(caseCreate.shape).map((name) => [name, caseFile[name as keyof CaseFile]]),
      );
      const parsed = caseCreate.safeParse({ ...fields, id: caseFile._id });
      expect(parsed.success, JSON.stringify(parsed.error?.issues)).to.equal(true);
    }
  });

  it('leaves every case where the table of moves allows it, in the order of time', () => {
    for (const { history, status, version, changedAt, lead, loggedAt } of cases) {
      expect(version).to.equal(history.length);
      let at = 'new';
      for (const entry of history.slice(1)) {
        expect(caseMoves[entry.move!].from).to.include(at);
        at = entry.to!;
      }
      expect(at).to.equal(status);
      const times = history.map((entry) => entry.at.getTime());
      expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
      expect(changedAt.getTime()).to.equal(times.at(-1)).and.to.be.at.most(until.getTime());
      expect(loggedAt.getTime()).to.equal(times[0]);
      expect(lead === null).to.equal(status === 'new');
    }
  });

  it('spreads them over places, themes, languages, statuses and years', () => {
    const distinct = (of: (caseFile: CaseFile) => unknown) => new Set(cases.map(of)).size;
    expect(distinct(({ municipality }) => municipality)).to.equal(7);
    expect(distinct(({ settlement }) => settlement)).to.equal(26);
    expect(distinct(({ subTheme }) => subTheme)).to.equal(19);
    expect(distinct(({ language }) => language)).to.equal(3);
    expect(distinct(({ status }) => status)).to.equal(6);
    expect(distinct(({ loggedAt }) => loggedAt.getFullYear())).to.be.at.least(3);
    const open = cases.filter(({ status }) => openStatuses.includes(status)).length;
    expect(open / cases.length).to.be.within(0.15, 0.6);
  });

  it('gives each a reference of its own, and the next case the next number', async () => {
    expect(new Set(cases.map(({ reference }) => reference)).size).to.equal(1500);
    const year = new Date().getFullYear();
    const last = cases
      .filter(({ reference }) => reference.startsWith(`PEJ-${year}-`))
      .reduce((most, { reference }) => Math.max(most, Number(reference.split('-')[2])), 0);
    const [sample] = cases.filter(({ municipality }) => municipality === 'peja');
    const body = Object.fromEntries(
      Object.keys(caseCreate.shape).map((name) => [name, sample![name as keyof CaseFile]]),
    );
    const logged = await coordinator.post('/api/cases', { ...body, id: newId() });
    expect(logged.status).to.equal(201);
    const reference = logged.body.data?.reference ?? logged.body.reference;
    expect(reference).to.equal(`PEJ-${year}-${String(last + 1).padStart(4, '0')}`);
    await CaseModel.deleteOne({ reference });
  });

  it('shows them through the API: page, list and search', async () => {
    const sample = cases.find(({ status, language }) => status === 'waiting' && language === 'sq')!;
    const page = await coordinator.get(`/api/cases/${sample._id}`);
    expect(page.status).to.equal(200);
    expect(page.body.data).to.include({ reference: sample.reference, status: 'waiting', example: true });
    expect(page.body.data.lead.name).to.match(/^Example /);
    expect(page.body.data.history).to.have.length(4);
    const found = (await coordinator.get(`/api/cases?q=${sample.reference}`)).body;
    expect(found.data.map((row: any) => row.id)).to.deep.equal([sample._id]);
  });

  it('makes the same cases again from the same seed, and others from another', async () => {
    const before = withoutPeople(cases);
    const again = async (seed: number) => {
      await CaseModel.deleteMany({});
      await CaseModel.db.collection('counters').deleteMany({});
      await generateCases({ cases: 1500, seed, until });
      return withoutPeople(await all());
    };
    expect(await again(7)).to.deep.equal(before);
    expect(await again(8)).not.to.deep.equal(before);
  }).timeout(120_000);
});
