// Duty: no stale answer, ever: after every random change, by this process or another, list, counts, map, search and page say what a
// recount of the database says, in the scope of each viewer.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { changesElsewhere } from '../../server/database/connect.ts';
import { catchUpCaseIndex } from '../../server/features/cases/caseIndexFeed.ts';
import { type CaseFile, CaseModel } from '../../server/features/cases/cases.model.ts';
import { isVisibleTo, visible } from '../../server/features/cases/cases.queries.ts';
import { municipalities } from '../../server/features/directory/municipalities.queries.ts';
import { viewerNow } from '../../server/features/directory/users.queries.ts';
import type { Viewer } from '../../server/policy.ts';
import { newId } from '../../shared/api.ts';
import { type CaseFilter, openStatuses, urgencies } from '../../shared/cases.ts';
import { themeOf } from '../../shared/mapViews.ts';
import { allSubThemes } from '../../shared/themes.ts';
import { type CaseChange, change } from '../support/caseChanges.ts';
import { caseInput, inDays } from '../support/cases.ts';
import { testFolder } from '../support/database.ts';
import { type OtherProcess, startOtherProcess } from '../support/otherProcess.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

let seed = Number(process.env.SEED ?? 11);
/** The same changes at every run with the same seed. */
const random = () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return seed / 2 ** 32;
};
const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
const words = ['water', 'sewage', 'enrolment', 'certificate', 'eviction', 'heating'];

describe('Fresh answers', () => {
  let server: TestServer;
  let other: OtherProcess;
  let readers: Record<string, { person: Person; viewer: Viewer }>;
  let teamLead: Person;
  let settlements: (string | null)[];
  const partner = newId();

  before(async () => {
    server = await startTestServer();
    const people = {
      coordinator: await server.as('coordinator'),
      activist: await server.as('activist'),
      ofPrizren: await server.as('team_lead', { municipality: 'prizren' }),
      partner: await server.as('cso_member', { organisation: partner }),
      otherPartner: await server.as('cso_member'),
      funder: await server.as('funder'),
    };
    readers = {};
    for (const [name, person] of Object.entries(people))
      readers[name] = { person, viewer: (await viewerNow(person.id))! };
    teamLead = await server.as('team_lead');
    const ferizaj = (await municipalities()).find(({ slug }) => slug === 'ferizaj')!;
    settlements = [null, ...ferizaj.settlements.slice(0, 3).map(({ id }) => id)];
    other = await startOtherProcess(testFolder, mongoose.connection.name);
  });
  after(async () => {
    await other.stop();
    await server.stop();
  });

  const all = () => CaseModel.collection.find<CaseFile>({}).toArray();
  const log = (): CaseChange => {
    const subTheme = oneOf(allSubThemes);
    const municipality = random() < 0.7 ? 'ferizaj' : 'prizren';
    const input = caseInput({
      title: `No ${oneOf(words)} in the ${oneOf(words)} street`,
      subTheme,
      theme: themeOf(subTheme),
      municipality,
      settlement: municipality === 'ferizaj' ? oneOf(settlements) : null,
      urgency: oneOf(urgencies),
    });
    return { kind: 'log', by: readers.coordinator!.person.id, input };
  };

  async function someChange(): Promise<CaseChange> {
    const cases = (await all()).filter(({ status }) => status !== 'closed');
    if (cases.length < 8 || random() < 0.3) return log();
    const { _id: id, status, municipality } = oneOf(cases);
    const by = readers.coordinator!.person.id;
    const kinds: CaseChange[] = [
      { kind: 'revise', by, id, input: { title: `Still no ${oneOf(words)}, says ${oneOf(words)}` } },
      { kind: 'revise', by, id, input: { precision: oneOf(['settlement', 'municipality']) } },
      { kind: 'step', by, id, due: inDays(random() < 0.6 ? -2 : 9) },
      { kind: 'share', by, id, organisations: random() < 0.7 ? [partner] : [] },
    ];
    if (municipality === 'ferizaj')
      kinds.push({ kind: 'revise', by, id, input: { settlement: oneOf(settlements) } });
    if (status === 'new' && municipality === 'ferizaj')
      kinds.push({
        kind: 'move',
        by,
        id,
        input: { move: 'triage', urgency: oneOf(urgencies), lead: teamLead.id, inScope: true },
      });
    else
      kinds.push({
        kind: 'move',
        by,
        id,
        input: { move: 'dismiss', outcome: 'out_of_scope', reason: 'The other office' },
      });
    const chosen = oneOf(kinds);
    return chosen.kind === 'move' && !['new', 'triaged'].includes(status) ? log() : chosen;
  }

  const seesOf = (viewer: Viewer, cases: CaseFile[]) =>
    cases
      .filter(({ municipality, sharedWith }) =>
        viewer.role === 'coordinator'
          ? true
          : viewer.role === 'cso_member'
            ? sharedWith.includes(viewer.organisation!)
            : viewer.municipality === municipality,
      )
      .sort((a, b) => b.loggedAt.getTime() - a.loggedAt.getTime() || (a._id < b._id ? 1 : -1));
  const isLate = ({ nextDue }: CaseFile) => nextDue < inDays(0);
  const begins = (word: string) => (one: CaseFile) => one.searchTerms.some((term) => term.startsWith(word));
  const countBy = <Key extends string>(cases: CaseFile[], keyOf: (one: CaseFile) => Key) => {
    const counts: Partial<Record<Key, number>> = {};
    for (const one of cases) counts[keyOf(one)] = (counts[keyOf(one)] ?? 0) + 1;
    return counts;
  };
  const rowOf = (viewer: Viewer) => (one: CaseFile) => ({
    id: one._id,
    version: one.version,
    title: one.title,
    status: one.status,
    urgency: one.urgency,
    late: isLate(one),
    lead: one.lead,
    settlement: viewer.role === 'cso_member' && one.precision !== 'settlement' ? null : one.settlement,
  });
  const picked = ({ id, version, title, status, urgency, late, lead, settlement }: any) => ({
    ...{ id, version, title, status, urgency, late, settlement },
    lead: lead?.id ?? null,
  });

  async function expectFresh(changed: string, what: string): Promise<void> {
    const everything = await all();
    const filter: CaseFilter = oneOf<CaseFilter>([
      {},
      { theme: ['housing'] },
      { status: ['new'] },
      { late: true },
      { lead: 'none' },
    ]);
    const matches = (one: CaseFile) =>
      (!filter.theme || filter.theme.includes(one.theme)) &&
      (!filter.status || filter.status.includes(one.status)) &&
      (!filter.late || isLate(one)) &&
      (!filter.lead || one.lead === null);
    const asked = new URLSearchParams(
      Object.entries(filter).map(([name, value]) => [name, String(value)]),
    ).toString();
    const word = oneOf(words);
    for (const [name, { person, viewer }] of Object.entries(readers)) {
      if (viewer.role === 'funder') continue;
      const says = `${name} after ${what}`;
      const own = seesOf(viewer, everything);
      const wanted = own.filter(matches);
      const list = await person.get(`/api/cases?${asked}&limit=100`);
      expect(list.body.data.map(picked), `list ?${asked} of ${says}`).to.deep.equal(
        wanted.slice(0, 100).map(rowOf(viewer)),
      );
      expect(list.body.total, `total of ${says}`).to.equal(wanted.length);
      const found = (await person.get(`/api/cases?q=${word}&limit=100`)).body.data.map(picked);
      expect(found, `search of ${says}`).to.deep.equal(own.filter(begins(word)).map(rowOf(viewer)));
      const counts = (await person.get('/api/cases/counts')).body.data;
      const open = own.filter(({ status }) => openStatuses.includes(status));
      expect(counts, `counts of ${says}`).to.deep.include({
        total: own.length,
        open: open.length,
        late: own.filter(isLate).length,
        byStatus: countBy(own, ({ status }) => status),
        byTheme: countBy(own, ({ theme }) => theme),
        byMunicipality: countBy(own, ({ municipality }) => municipality),
      });
      const map = (await person.get(`/api/map/clusters?bbox=19,41,23,44&zoom=9&${asked}`)).body.data;
      expect(map.total, `map ?${asked} of ${says}`).to.equal(wanted.length);
      const page = await person.get(`/api/cases/${changed}`);
      const one = own.find(({ _id }) => _id === changed);
      expect(page.status, `page of ${says}`).to.equal(one ? 200 : 404);
      if (one) expect(picked(page.body.data), `page of ${says}`).to.deep.equal(rowOf(viewer)(one));
    }
  }

  it('are given to everybody after every change, whichever process made it', async () => {
    for (let round = 0; round < 60; round += 1) {
      const wanted = await someChange();
      const id = wanted.kind === 'log' ? wanted.input.id : wanted.id;
      // Whoever shares goes round the commands, which this process would not hear of.
      const elsewhere = wanted.kind === 'share' || random() < 0.4;
      await (elsewhere ? other.change(wanted) : change(wanted));
      // A database that does not tell of changes is asked every second.
      if (elsewhere && changesElsewhere() === null) await catchUpCaseIndex();
      await expectFresh(id, `${wanted.kind} ${elsewhere ? 'elsewhere' : 'here'}, round ${round}`);
    }
  }).timeout(180_000);

  it('number cases without a repeat when two processes log at once', async () => {
    const before = new Set((await all()).map(({ reference }) => reference));
    const many = Array.from({ length: 40 }, log);
    for (let at = 0; at < many.length; at += 8)
      await Promise.all([...many.slice(at, at + 7).map((one) => change(one)), other.change(many[at + 7]!)]);
    const made = (await all()).map(({ reference }) => reference).filter((one) => !before.has(one));
    expect(new Set(made).size).to.equal(40);
  }).timeout(60_000);

  it('keep the same scope in memory as in the database, for every role', async () => {
    const cases = await all();
    for (const [name, { viewer }] of Object.entries(readers)) {
      const found = await CaseModel.find(visible(viewer, {}), { _id: 1 }).lean();
      const seen = new Set(found.map(({ _id }) => _id));
      for (const one of cases)
        expect(isVisibleTo(viewer, one), `${name} and ${one.reference}`).to.equal(seen.has(one._id));
    }
  });
});
