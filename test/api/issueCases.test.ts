// Duty: cases behind a structural issue: counted, linked one by one and together, suggested; and what each role sees of them.
import { expect } from 'chai';
import { newId } from '../../shared/api.ts';
import { logged, moved, pageOf, triage } from '../support/cases.ts';
import { casesBehindIssue, issueCast, issueMade, issueOf, setIssue } from '../support/issues.ts';
import { sharedWithPartner } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Cases behind an issue', () => {
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let lead: Person;
  let elsewhere: Person;
  let partner: Person;
  let otherPartner: Person;
  const organisation = newId();

  before(async () => {
    server = await startTestServer();
    ({ coordinator, activist, lead, elsewhere, partner, otherPartner } = await issueCast(
      server,
      organisation,
    ));
  });
  after(() => server.stop());

  it('are counted exactly for coordinators, and for others never in small numbers of cases they cannot open', async () => {
    const id = await issueMade(coordinator, { municipalities: ['ferizaj', 'prizren'] });
    const mine = await casesBehindIssue(activist, id, 2);
    const behind = async (by: Person) => (await issueOf(by, id)).cases;
    expect(await behind(activist)).to.deep.equal({ total: 2, byStatus: { new: 2 }, own: 2 });
    expect(await behind(elsewhere)).to.deep.equal({ total: null, byStatus: null, own: 0 });
    await casesBehindIssue(elsewhere, id, 4, { municipality: 'prizren' });
    expect(await behind(coordinator)).to.deep.equal({ total: 6, byStatus: { new: 6 }, own: 6 });
    expect(await behind(activist)).to.deep.equal({ total: null, byStatus: null, own: 2 });
    await casesBehindIssue(elsewhere, id, 1, { municipality: 'prizren' });
    expect(await behind(activist), 'all of them new').to.deep.equal({ total: 7, byStatus: null, own: 2 });
    await sharedWithPartner(mine[0]!, partner, organisation);
    expect(await behind(partner)).to.deep.equal({ total: 7, byStatus: null, own: 1 });
    const listed = await partner.get(`/api/cases?issue=${id}`);
    expect(listed.body.data.map((one: { id: string }) => one.id)).to.deep.equal([mine[0]]);
    await moved(lead, mine[1]!, triage(lead.id));
    expect((await behind(coordinator)).byStatus).to.deep.equal({ new: 6, triaged: 1 });
  });

  it('are put behind it and taken off from the case’s page, with its history', async () => {
    const id = await issueMade(coordinator);
    const { reference } = await issueOf(coordinator, id);
    const caseId = await logged(activist);
    expect((await activist.get(`/api/cases/${caseId}/issue`)).body).to.deep.equal({
      data: null,
      caseFile: { theme: 'housing', subTheme: 'infrastructure', municipality: 'ferizaj' },
      version: 1,
      abilities: { link: true },
    });
    const linked = await setIssue(activist, caseId, id);
    expect(linked.body.data).to.include({ id, reference, status: 'open' });
    expect(linked.body.data.cases.total).to.equal(1);
    expect((await pageOf(activist, caseId)).history.at(-1)).to.include({
      what: 'issueLinked',
      issue: reference,
    });
    expect((await setIssue(activist, caseId, null)).body.data).to.equal(null);
    expect((await pageOf(activist, caseId)).issue).to.equal(null);
  });

  it('when the issue does not fit, is unknown, elsewhere or over, refuses with the field and keeps the case as it was', async () => {
    const caseId = await logged(activist);
    const fault = async (by: Person, issue: string) => {
      const { status, body } = await setIssue(by, caseId, issue);
      return `${status} ${body.error.faults?.[0] ? `${body.error.faults[0].path} ${body.error.faults[0].code}` : body.error.code}`;
    };
    const there = await issueMade(coordinator, { municipalities: ['prizren'] });
    expect(await fault(activist, newId())).to.equal('422 issue not_found');
    expect(await fault(activist, there)).to.equal('422 issue not_found');
    expect(await fault(coordinator, there)).to.equal('422 issue not_of_this_municipality');
    const otherTheme = await issueMade(coordinator, { themes: ['employment'] });
    expect(await fault(activist, otherTheme)).to.equal('422 issue not_of_this_theme');
    const over = await issueMade(coordinator);
    await coordinator.post(`/api/issues/${over}/moves`, { move: 'close', reason: 'Done', version: 1 });
    expect(await fault(activist, over)).to.equal('409 issue.closed');
    const page = await pageOf(activist, caseId);
    expect([page.issue, page.version]).to.deep.equal([null, 1]);
  });

  it('when two link the same case from the same page, answers the second with both sides', async () => {
    const [one, two] = [await issueMade(coordinator), await issueMade(coordinator)];
    const caseId = await logged(activist);
    const answers = await Promise.all([setIssue(activist, caseId, one, 1), setIssue(lead, caseId, two, 1)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const stale = answers.find(({ status }) => status === 409)!;
    expect(stale.body.error.code).to.equal('case.stale');
    expect(stale.body.error.extra.conflicts[0].field).to.equal('issue');
  });

  it('are linked by whoever works in the municipality, and by nobody else', async () => {
    const id = await issueMade(coordinator, { municipalities: ['ferizaj', 'prizren'] });
    const caseId = await logged(activist);
    await sharedWithPartner(caseId, partner, organisation);
    for (const [by, status] of [
      [partner, 403],
      [otherPartner, 404],
      [elsewhere, 404],
      [activist, 200],
    ] as const)
      expect((await by.put(`/api/cases/${caseId}/issue`, { issue: id, version: 2 })).status).to.equal(status);
  });

  it('are offered issues that fit, the likest first', async () => {
    const like = await issueMade(coordinator, {
      title: 'Households share one tap',
      statement: 'Where works began, households share a tap and wait for a connection.',
      subThemes: ['infrastructure'],
    });
    const unlike = await issueMade(coordinator, {
      title: 'Evictions',
      statement: 'Notices.',
      subThemes: ['eviction'],
    });
    const caseId = await logged(activist);
    const { body } = await activist.get(`/api/cases/${caseId}/issue-choices`);
    const ids = body.data.map((one: { id: string }) => one.id);
    expect(ids[0]).to.equal(like);
    expect(ids.indexOf(unlike)).to.be.greaterThan(0);
    const found = await activist.get(`/api/cases/${caseId}/issue-choices?q=evict`);
    expect(found.body.data.map((one: { id: string }) => one.id)).to.deep.equal([unlike]);
    expect((await elsewhere.get(`/api/cases/${caseId}/issue-choices`)).status).to.equal(404);
  });

  it('are suggested by theme and words, only those the viewer sees and that stand behind none', async () => {
    const id = await issueMade(coordinator, {
      title: 'Mold grows in flats of the old barracks',
      statement: 'Mold and damp in barracks make children ill.',
      subThemes: ['social_housing'],
      municipalities: ['ferizaj', 'prizren'],
    });
    const damp = {
      title: 'Damp barrack',
      description: 'Mold on every wall of the barracks.',
      subTheme: 'social_housing' as const,
    };
    const [near, far] = [
      await logged(activist, damp),
      await logged(elsewhere, { ...damp, municipality: 'prizren' }),
    ];
    const other = await logged(activist, {
      theme: 'covid19',
      subTheme: 'health',
      title: 'Mold in the barracks',
    });
    const suggested = async (by: Person) =>
      (await by.get(`/api/issues/${id}/suggestions`)).body.data.map((one: { id: string }) => one.id);
    expect((await suggested(coordinator)).slice(0, 2)).to.have.members([near, far]);
    expect((await suggested(activist))[0]).to.equal(near);
    expect(await suggested(activist)).not.to.include(far);
    expect(await suggested(coordinator)).not.to.include(other);
    await setIssue(activist, near, id);
    expect(await suggested(activist)).not.to.include(near);
  });

  it('are previewed and then linked together, each with its result', async () => {
    const id = await issueMade(coordinator);
    const earlier = await issueMade(coordinator);
    const [fresh] = [await logged(activist)];
    const [taken] = await casesBehindIssue(activist, earlier, 1);
    const wrong = await logged(activist, { theme: 'covid19', subTheme: 'relief' });
    const unseen = await logged(elsewhere, { municipality: 'prizren' });
    const ids = [fresh, taken, wrong, unseen];
    const act = async (what: string) =>
      (await activist.post(`/api/issues/${id}/cases`, { ids, act: what })).body.data;
    const preview = await act('preview');
    expect((await issueOf(activist, id)).cases.total).to.equal(0);
    expect(preview.map(({ ok, code }: { ok: boolean; code: string }) => [ok, code])).to.deep.equal([
      [true, null],
      [true, null],
      [false, 'not_of_this_theme'],
      [false, 'notFound'],
    ]);
    expect(preview[1].from).to.equal((await issueOf(activist, earlier)).reference);
    expect(preview[3].reference).to.equal(null);
    expect(await act('link')).to.deep.equal(preview);
    expect((await issueOf(activist, id)).cases.total).to.equal(2);
    expect((await act('link')).slice(0, 2).every((one: { already: boolean }) => one.already)).to.equal(true);
    await act('unlink');
    expect((await issueOf(activist, id)).cases.total).to.equal(0);
  });
});
