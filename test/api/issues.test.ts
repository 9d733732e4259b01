// Duty: structural issues through the API: propose, open, revise, move, cases behind them, what each role sees of it. Merge and split have a file of their own.
import { expect } from 'chai';
import { seedIssues } from '../../seeds/issues.ts';
import { everythingTold } from '../../server/features/notifications/telling.commands.ts';
import { newId } from '../../shared/api.ts';
import { issueAbilities } from '../../shared/issueLists.ts';
import type { IssueRow } from '../../shared/issues.ts';
import { logged, move, moved, triage } from '../support/cases.ts';
import { casesBehindIssue, issueCast, issueInput, issueMade, issueOf, setIssue } from '../support/issues.ts';
import { sharedWithPartner } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Example issues', () => {
  it('are made once through the commands, with their cases behind them, one of them still to be decided', async () => {
    const server = await startTestServer({ SEED: 'example' });
    const began = performance.now();
    await seedIssues();
    const milliseconds = Math.round(performance.now() - began);
    const coordinator = await server.as('coordinator');
    const { data }: { data: IssueRow[] } = (await coordinator.get('/api/issues')).body;
    expect(data.every(({ example }) => example)).to.equal(true);
    expect(data.map(({ status }) => status).sort()).to.deep.equal([
      'open',
      'open',
      'open',
      'open',
      'proposed',
    ]);
    expect(data.reduce((sum, { cases }) => sum + cases.total!, 0)).to.equal(11);
    expect(milliseconds, 'a repeat').to.be.lessThan(1_000);
    await server.stop();
  });
});

describe('Structural issues', () => {
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

  describe('POST /api/issues', () => {
    it('when a coordinator writes one, opens it under a number of the year', async () => {
      const input = issueInput({ subThemes: ['infrastructure'] });
      const { status, body } = await coordinator.post('/api/issues', input);
      expect(status).to.equal(201);
      expect(body.data.reference).to.match(/^ISS-\d{4}-\d{4}$/);
      expect(body.data).to.include({ status: 'open', version: 1, title: input.title });
      expect(body.data.cases).to.deep.equal({ total: 0, byStatus: {}, own: 0 });
      expect(body.data.history.map((one: { what: string }) => one.what)).to.deep.equal(['opened']);
    });

    it('when an activist writes one for the own municipality, keeps it as a proposal', async () => {
      const { body } = await activist.post('/api/issues', issueInput());
      expect(body.data.status).to.equal('proposed');
      for (const by of [lead, coordinator])
        expect((await issueOf(by, body.data.id)).status).to.equal('proposed');
      const refused = await activist.post('/api/issues', issueInput({ municipalities: ['ferizaj', 'peja'] }));
      expect([refused.status, refused.body.error.code]).to.deep.equal([403, 'issue.otherMunicipality']);
    });

    it('when repeated, makes it once; an id that is somebody else’s is refused', async () => {
      const input = issueInput();
      const first = await coordinator.post('/api/issues', input);
      const again = await coordinator.post('/api/issues', input);
      expect([first.status, again.status]).to.deep.equal([201, 200]);
      expect(again.body.data.reference).to.equal(first.body.data.reference);
      const other = await activist.post('/api/issues', input);
      expect([other.status, other.body.error.code]).to.deep.equal([409, 'id.taken']);
      const together = await Promise.all([1, 2, 3].map(() => coordinator.post('/api/issues', issueInput())));
      expect(new Set(together.map(({ body }) => body.data.reference)).size).to.equal(3);
    });

    it('when a field is wrong, names it and keeps nothing', async () => {
      const faults = async (changes: object) =>
        (await coordinator.post('/api/issues', { ...issueInput(), ...changes })).body.error.faults.map(
          ({ path, code }: { path: string[]; code: string }) => `${path.join('.')} ${code}`,
        );
      expect(await faults({ title: ' ' })).to.deep.equal(['title required']);
      expect(await faults({ statement: 'x'.repeat(2001) })).to.deep.equal(['statement too_long']);
      expect(await faults({ themes: [] })).to.deep.equal(['themes required']);
      expect(await faults({ municipalities: [] })).to.deep.equal(['municipalities required']);
      expect(await faults({ subThemes: ['tenure', 'census'] })).to.deep.equal([
        'subThemes.1 not_of_this_theme',
      ]);
      expect(await faults({ municipalities: ['ferizaj', 'ferizaj'] })).to.deep.equal([
        'municipalities repeated',
      ]);
      expect(await faults({ persons: ['x'] })).to.have.length(1);
    });

    it('when the words may tell who somebody is, saves them and says so', async () => {
      const { status, body } = await coordinator.post(
        '/api/issues',
        issueInput({ statement: 'Call +383 44 123 456 to hear of it.' }),
      );
      expect(status).to.equal(201);
      expect(body.warnings).to.deep.equal([{ path: ['statement'], code: 'phone' }]);
    });
  });

  describe('GET /api/issues', () => {
    it('shows each role its own: all, the own municipality’s, those of the cases it sees, none', async () => {
      const here = await issueMade(coordinator, { title: 'Only here in Ferizaj' });
      const both = await issueMade(coordinator, { municipalities: ['ferizaj', 'prizren'] });
      const there = await issueMade(coordinator, { municipalities: ['prizren'] });
      const caseId = await logged(activist);
      await sharedWithPartner(caseId, partner, organisation);
      await setIssue(activist, caseId, both);
      const sees = async (by: Person) => {
        const found = [];
        for (const id of [here, both, there]) found.push((await by.get(`/api/issues/${id}`)).status);
        const listed: string[] = (await by.get('/api/issues?limit=100')).body.data.map(
          (one: { id: string }) => one.id,
        );
        expect([here, both, there].map((id) => (listed.includes(id) ? 200 : 404))).to.deep.equal(found);
        return found;
      };
      expect(await sees(coordinator)).to.deep.equal([200, 200, 200]);
      for (const by of [activist, lead]) expect(await sees(by)).to.deep.equal([200, 200, 404]);
      expect(await sees(elsewhere)).to.deep.equal([404, 200, 200]);
      expect(await sees(partner)).to.deep.equal([404, 200, 404]);
      expect(await sees(otherPartner)).to.deep.equal([404, 404, 404]);
      for (const role of ['funder', 'administrator'] as const) {
        const by = await server.as(role);
        expect((await by.get('/api/issues')).status).to.equal(404);
        expect((await by.get(`/api/issues/${both}`)).status).to.equal(404);
        expect((await by.post('/api/issues', issueInput())).status).to.equal(404);
      }
      expect((await server.stranger().get('/api/issues')).status).to.equal(401);
    });

    it('finds by words, theme, municipality and status, in pages', async () => {
      const id = await issueMade(coordinator, {
        title: 'Lindje të paregjistruara',
        themes: ['civil_registration'],
        municipalities: ['peja'],
      });
      const ids = async (query: string) =>
        (await coordinator.get(`/api/issues?${query}`)).body.data.map((one: { id: string }) => one.id);
      for (const query of [
        'q=paregjist',
        'theme=civil_registration',
        'municipality=peja',
        'q=lindje&status=open',
      ])
        expect(await ids(query), query).to.deep.equal([id]);
      expect(await ids('q=paregjist&theme=covid19')).to.deep.equal([]);
      const seen = new Set<string>();
      let cursor: string | null = '';
      let total = 0;
      while (cursor !== null) {
        const { body }: { body: { data: { id: string }[]; next: string | null; total: number } } =
          await coordinator.get(`/api/issues?limit=3${cursor && `&cursor=${cursor}`}`);
        for (const one of body.data) seen.add(one.id);
        ({ next: cursor, total } = body);
      }
      expect(seen.size).to.equal(total);
    });
  });

  describe('PATCH /api/issues/:id', () => {
    it('when two change different fields, keeps both; the same field is answered with both sides', async () => {
      const id = await issueMade(coordinator);
      const other = await server.as('coordinator', { name: 'Second Coordinator' });
      expect((await coordinator.patch(`/api/issues/${id}`, { version: 1, title: 'Mine' })).status).to.equal(
        200,
      );
      expect((await other.patch(`/api/issues/${id}`, { version: 1, statement: 'Theirs' })).status).to.equal(
        200,
      );
      const stale = await other.patch(`/api/issues/${id}`, {
        version: 1,
        title: 'Theirs',
        subThemes: ['tenure'],
      });
      expect([stale.status, stale.body.error.code]).to.deep.equal([409, 'issue.stale']);
      expect(stale.body.error.extra.conflicts[0]).to.include({
        field: 'title',
        yours: 'Theirs',
        theirs: 'Mine',
      });
      const page = await issueOf(coordinator, id);
      expect([page.title, page.statement, page.subThemes, page.version]).to.deep.equal([
        'Mine',
        'Theirs',
        [],
        3,
      ]);
      expect((await coordinator.patch(`/api/issues/${id}`, { version: 99, title: 'x' })).status).to.equal(
        422,
      );
    });

    it('lets an author change a proposal, and nobody else of the team', async () => {
      const id = await issueMade(activist);
      expect((await activist.patch(`/api/issues/${id}`, { version: 1, title: 'Better' })).status).to.equal(
        200,
      );
      expect((await lead.patch(`/api/issues/${id}`, { version: 1, title: 'No' })).status).to.equal(403);
      expect((await elsewhere.patch(`/api/issues/${id}`, { version: 1, title: 'No' })).status).to.equal(404);
      const wider = await activist.patch(`/api/issues/${id}`, {
        version: 2,
        municipalities: ['ferizaj', 'peja'],
      });
      expect([wider.status, wider.body.error.code]).to.deep.equal([403, 'issue.otherMunicipality']);
      await coordinator.post(`/api/issues/${id}/moves`, { move: 'accept', version: 2 });
      expect((await activist.patch(`/api/issues/${id}`, { version: 3, title: 'No' })).status).to.equal(403);
    });

    it('when a municipality or theme still has cases behind it, refuses to let go of it', async () => {
      const id = await issueMade(coordinator, {
        municipalities: ['ferizaj', 'peja'],
        themes: ['housing', 'covid19'],
      });
      await casesBehindIssue(activist, id, 1);
      const answer = await coordinator.patch(`/api/issues/${id}`, {
        version: 1,
        municipalities: ['peja'],
        themes: ['covid19'],
      });
      expect(answer.status).to.equal(422);
      expect(answer.body.error.faults).to.deep.equal([
        { path: ['municipalities'], code: 'has_cases' },
        { path: ['themes'], code: 'has_cases' },
      ]);
    });
  });

  it('POST /api/issues/:id/moves: exactly the table, for coordinators alone', async () => {
    const makers = {
      proposed: () => issueMade(activist),
      open: () => issueMade(coordinator),
      closed: async () => {
        const id = await issueMade(coordinator);
        await coordinator.post(`/api/issues/${id}/moves`, { move: 'close', reason: 'Ended', version: 1 });
        return id;
      },
    };
    const table = { accept: 'proposed', decline: 'proposed', close: 'open', reopen: 'closed' } as const;
    for (const [status, make] of Object.entries(makers)) {
      for (const [name, from] of Object.entries(table)) {
        const id = await make();
        const { version } = await issueOf(coordinator, id);
        const input = { move: name, version, ...(name === 'accept' ? {} : { reason: 'Because' }) };
        for (const by of [activist, lead])
          expect((await by.post(`/api/issues/${id}/moves`, input)).status).to.equal(403);
        expect((await elsewhere.post(`/api/issues/${id}/moves`, input)).status).to.equal(404);
        const answer = await coordinator.post(`/api/issues/${id}/moves`, input);
        expect(answer.status, `${name} from ${status}`).to.equal(from === status ? 200 : 409);
        if (from !== status) expect(answer.body.error.code).to.equal('move.notFromHere');
      }
    }
    const id = await issueMade(coordinator);
    const silent = await coordinator.post(`/api/issues/${id}/moves`, {
      move: 'close',
      reason: '',
      version: 1,
    });
    expect(silent.body.error.faults[0]).to.deep.include({ path: ['reason'], code: 'required' });
  });

  it('tells every viewer beforehand what they may do', async () => {
    const id = await issueMade(coordinator);
    const abilities = async (by: Person) => {
      const { body } = await by.get(`/api/issues/${id}`);
      return issueAbilities.filter((one) => body.abilities[one]);
    };
    expect(await abilities(coordinator)).to.deep.equal(['close', 'edit', 'merge', 'split', 'linkCases']);
    expect(await abilities(activist)).to.deep.equal(['linkCases']);
    const caseId = await logged(activist);
    await sharedWithPartner(caseId, partner, organisation);
    await setIssue(activist, caseId, id);
    expect(await abilities(partner)).to.deep.equal([]);
  });

  it('tells those who may see it, live, and nobody else', async () => {
    const heard: string[] = [];
    const listen = async (name: string, by: Person) =>
      (await by.socket()).on('change', (what, change) => {
        if (what.startsWith('issue.') && change.id === id) heard.push(`${name} ${what}`);
      });
    const id = newId();
    for (const [name, by] of Object.entries({
      coordinator,
      activist,
      elsewhere,
      partner,
      otherPartner,
      funder: await server.as('funder'),
    }))
      await listen(name, by);
    const caseId = await logged(activist);
    await sharedWithPartner(caseId, partner, organisation);
    await coordinator.post('/api/issues', issueInput({ id }));
    await setIssue(activist, caseId, id);
    await coordinator.patch(`/api/issues/${id}`, { version: 1, title: 'Renamed' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(heard.sort()).to.deep.equal(
      [
        'coordinator issue.changed',
        'activist issue.changed',
        'coordinator issue.counted',
        'activist issue.counted',
        'coordinator issue.changed',
        'activist issue.changed',
        'partner issue.changed',
      ].sort(),
    );
  });

  it('tells coordinators of a proposal and its author of the decision, with a reference and a verb', async () => {
    const id = await issueMade(activist, { title: 'Titlewhisper' });
    await coordinator.post(`/api/issues/${id}/moves`, {
      move: 'decline',
      reason: 'Reasonwhisper',
      version: 1,
    });
    await everythingTold();
    const eventsOf = async (by: Person) => {
      const { body, text } = await by.get('/api/notifications?limit=100');
      expect(text).not.to.match(/whisper/);
      return body.data
        .filter((row: { subject: { id: string } | null }) => row.subject?.id === id)
        .map((row: { event: string }) => row.event);
    };
    expect(await eventsOf(coordinator)).to.deep.equal(['issue.proposed']);
    expect(await eventsOf(activist)).to.deep.equal(['issue.declined']);
    for (const by of [lead, elsewhere, partner]) expect(await eventsOf(by)).to.deep.equal([]);
  });

  it('stays on a case through its whole life', async () => {
    const id = await issueMade(coordinator);
    const [caseId] = await casesBehindIssue(activist, id, 1);
    await moved(lead, caseId!, triage(activist.id));
    expect((await move(activist, caseId!, { move: 'withdraw' })).status).to.equal(200);
    expect((await issueOf(activist, id)).cases.byStatus).to.deep.equal({ closed: 1 });
    expect((await setIssue(activist, caseId!, null)).status).to.equal(200);
  });
});
