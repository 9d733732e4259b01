// Duty: what each move of a case needs and does, its plan and its assignment. Who may move from where is test/policy.test.ts.
import { expect } from 'chai';
import { clock } from '../../server/clock.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { newId } from '../../shared/api.ts';
import { planTemplates } from '../../shared/themes.ts';
import { inDays, logged, move, moved, pageOf, triage } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Moves of a case', () => {
  let server: TestServer;
  let activist: Person;
  let teamLead: Person;
  let coordinator: Person;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    teamLead = await server.as('team_lead');
    coordinator = await server.as('coordinator');
  });
  after(() => server.stop());
  afterEach(() => clock.stopAt(null));

  async function inProgress(): Promise<string> {
    const id = await logged(activist);
    await moved(teamLead, id, triage(activist.id));
    await moved(activist, id, { move: 'start' });
    return id;
  }

  describe('POST /api/cases/:id/moves', () => {
    it('goes the whole way, with a line of history for each move', async () => {
      const id = await inProgress();
      await moved(activist, id, { move: 'wait', party: 'authority', until: inDays(30) });
      await moved(activist, id, { move: 'resume' });
      await moved(activist, id, { move: 'resolve', outcome: 'achieved', note: 'Water runs since Monday' });
      const closed = await moved(activist, id, { move: 'close', confirmedBy: 'person' });
      expect(closed).to.include({ status: 'closed', outcome: 'achieved', confirmedBy: 'person' });
      expect(closed.closedAt).to.be.a('string');
      expect(closed.history.map(({ what, move: name, from, to }) => [what, name, from, to])).to.deep.equal([
        ['logged', null, null, 'new'],
        ['moved', 'triage', 'new', 'triaged'],
        ['moved', 'start', 'triaged', 'in_progress'],
        ['moved', 'wait', 'in_progress', 'waiting'],
        ['moved', 'resume', 'waiting', 'in_progress'],
        ['moved', 'resolve', 'in_progress', 'resolved'],
        ['moved', 'close', 'resolved', 'closed'],
      ]);
      expect(closed.history.at(-2)).to.include({ reason: 'Water runs since Monday', outcome: 'achieved' });
    });

    it('triage lays the theme’s plan in the words of the viewer and names lead and urgency', async () => {
      const id = await logged(activist);
      const page = await moved(teamLead, id, triage(activist.id, 'critical'));
      expect(page.plan).to.have.length(planTemplates.housing.length);
      expect(page.plan[0]!.title).to.equal('Visit the place and take photos');
      expect(page.nextStep!.id).to.equal(page.plan[0]!.id);
      expect(page).to.include({ urgency: 'critical', late: false });
      expect(page.lead!.id).to.equal(activist.id);
      expect(page.history.at(-1)!.person!.id).to.equal(activist.id);
    });

    it('triage makes steps that know their template; retyped, a step is somebody’s own words', async () => {
      const id = await logged(activist);
      const { plan, nextStep, version } = await moved(teamLead, id, triage(activist.id));
      const [first, second] = plan;
      expect(plan.every(({ template }) => template !== null)).to.equal(true);
      expect(nextStep!.template).to.equal(first!.template);
      const change = (step: string, body: object) => activist.patch(`/api/cases/${id}/steps/${step}`, body);
      const later = await change(first!.id, { due: inDays(9), version });
      expect(later.body.data.plan[0].template).to.equal(first!.template);
      const retyped = await change(second!.id, { title: 'Ask Agim first', version: version + 1 });
      expect(retyped.body.data.plan[1]).to.include({ title: 'Ask Agim first', template: null });
    });

    it('triage keeps a plan that somebody began', async () => {
      const id = await logged(activist);
      await activist.post(`/api/cases/${id}/steps`, { id: newId(), title: 'Mine', due: inDays(2) });
      expect((await moved(teamLead, id, triage(activist.id))).plan.map(({ title }) => title)).to.deep.equal([
        'Mine',
      ]);
    });

    it('start asks for a first step where the plan has no open one', async () => {
      const id = await logged(activist);
      const { plan } = await moved(teamLead, id, triage(activist.id));
      for (const step of plan) await activist.delete(`/api/cases/${id}/steps/${step.id}`);
      const refused = await move(activist, id, { move: 'start' });
      expect(refused.status).to.equal(422);
      expect(refused.body.error.faults).to.deep.equal([{ path: ['step'], code: 'required' }]);
      const started = await moved(activist, id, {
        move: 'start',
        step: { title: 'Go there', due: inDays(1) },
      });
      expect(started.nextStep).to.include({ title: 'Go there', due: inDays(1) });
    });

    it('wait opens the response clock: for whom, since when, until when', async () => {
      const id = await inProgress();
      const past = await move(activist, id, { move: 'wait', party: 'authority', until: inDays(-2) });
      expect(past.body.error.faults[0]).to.deep.include({ path: ['until'], code: 'in_the_past' });
      const page = await moved(activist, id, { move: 'wait', party: 'authority', until: inDays(7) });
      expect(page.waitingOn).to.include({ party: 'authority', until: inDays(7) });
      expect(Date.now() - Date.parse(page.waitingOn!.since)).to.be.lessThan(10_000);
      expect((await moved(activist, id, { move: 'resume' })).waitingOn).to.equal(null);
    });

    it('resolve asks for evidence or words, and for confirmation within fourteen days', async () => {
      const id = await inProgress();
      const refused = await move(activist, id, { move: 'resolve', outcome: 'achieved' });
      expect(refused.status).to.equal(422);
      expect(refused.body.error.faults).to.deep.equal([{ path: ['note'], code: 'required' }]);
      const withdrawn = await move(activist, id, { move: 'resolve', outcome: 'duplicate', note: 'x' });
      expect(withdrawn.body.error.faults[0]).to.deep.include({ path: ['outcome'], code: 'not_a_choice' });
      clock.stopAt(new Date('2026-03-01T23:30:00Z'));
      const page = await moved(activist, id, { move: 'resolve', outcome: 'partly_achieved', note: 'Half' });
      // In Kosovo it is already 2 March.
      expect(page.confirmationDue).to.equal('2026-03-16');
    });

    it('reopen counts, restarts the clocks and keeps what was concluded in the history', async () => {
      const id = await inProgress();
      await moved(activist, id, { move: 'resolve', outcome: 'achieved', note: 'Done' });
      await moved(coordinator, id, { move: 'close', confirmedBy: 'unreachable' });
      const none = await move(teamLead, id, { move: 'reopen', reason: '  ' });
      expect(none.body.error.faults[0]).to.deep.include({ path: ['reason'], code: 'required' });
      const page = await moved(teamLead, id, { move: 'reopen', reason: 'Dry again' });
      expect(page).to.include({
        status: 'in_progress',
        reopenCount: 1,
        outcome: null,
        confirmedBy: null,
        closedAt: null,
      });
      expect(page.history.some(({ outcome }) => outcome === 'achieved')).to.equal(true);
    });

    it('dismiss as a repeat links to the other case, which must be there and not the same', async () => {
      const first = await logged(activist);
      const second = await logged(activist);
      const dismiss = (duplicateOf?: string) =>
        move(coordinator, second, {
          move: 'dismiss',
          outcome: 'duplicate',
          reason: 'The same street',
          duplicateOf,
        });
      expect((await dismiss()).body.error.faults[0]).to.deep.include({
        path: ['duplicateOf'],
        code: 'required',
      });
      expect((await dismiss(newId())).body.error.faults[0]).to.deep.include({
        path: ['duplicateOf'],
        code: 'not_found',
      });
      expect((await dismiss(second)).body.error.faults[0].code).to.equal('repeats_itself');
      const done = await dismiss(first);
      expect(done.body.data).to.include({ status: 'closed', outcome: 'duplicate' });
      expect(done.body.data.duplicateOf.id).to.equal(first);
      const back = await move(coordinator, first, {
        move: 'dismiss',
        outcome: 'duplicate',
        reason: 'In a circle',
        duplicateOf: second,
      });
      expect(back.body.error.faults[0].code).to.equal('repeats_itself');
    });

    it('withdraw leaves no next step to act on, in the page and in the list; reopened, it is there again', async () => {
      const id = await logged(activist);
      const triaged = await moved(teamLead, id, triage(activist.id));
      expect(triaged.nextStep).to.not.equal(null);
      const page = await moved(activist, id, { move: 'withdraw' });
      expect(page.nextStep).to.equal(null);
      expect(page.plan).to.have.length(triaged.plan.length);
      const rows = (await activist.get('/api/cases?status=closed')).body.data;
      expect(rows.find((row: { id: string }) => row.id === id).nextStep).to.equal(null);
      const again = await moved(activist, id, { move: 'reopen', reason: 'They asked again.' });
      expect(again.nextStep).to.deep.equal(triaged.nextStep);
    });

    it('withdraw works for the person who logged it before anybody triaged', async () => {
      const id = await logged(activist);
      const page = await moved(activist, id, { move: 'withdraw' });
      expect(page).to.include({ status: 'closed', outcome: 'withdrawn_by_person' });
    });

    it('when two triage at once, one wins and the other hears where the case stands', async () => {
      const id = await logged(activist);
      const answers = await Promise.all(
        [teamLead, coordinator].map((person) => move(person, id, { ...triage(activist.id), version: 1 })),
      );
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      const loser = answers.find(({ status }) => status === 409)!;
      expect(loser.body.error.code).to.equal('case.stale');
      expect(loser.body.error.extra).to.deep.include({ version: 2, status: 'triaged' });
    });

    it('a move based on an older version goes through while the status is the same', async () => {
      const id = await logged(activist);
      await activist.patch(`/api/cases/${id}`, { version: 1, title: 'Edited meanwhile' });
      const answer = await move(teamLead, id, { ...triage(activist.id), version: 1 });
      expect(answer.status).to.equal(200);
      expect(answer.body.data.title).to.equal('Edited meanwhile');
    });

    it('refuses moves that are not in the table, and what belongs to another move', async () => {
      const id = await logged(activist);
      for (const [body, path] of [
        [{ move: 'explode', version: 1 }, ['move']],
        [{ move: { $ne: 'triage' }, version: 1 }, ['move']],
        [{ version: 1 }, ['move']],
        [{ ...triage(activist.id), inScope: false, version: 1 }, ['inScope']],
        [{ ...triage(activist.id), version: '1' }, ['version']],
        [{ ...triage(activist.id), version: 1, outcome: 'achieved' }, ['outcome']],
      ] as const) {
        const answer = await teamLead.post(`/api/cases/${id}/moves`, body);
        expect(answer.status, JSON.stringify(body)).to.equal(422);
        expect(answer.body.error.faults[0].path).to.deep.equal(path);
      }
      expect(await pageOf(activist, id)).to.include({ version: 1, status: 'new' });
    });
  });

  describe('POST and PATCH /api/cases/:id/steps/:step', () => {
    it('keeps the soonest open step as the next, and lateness follows the day', async () => {
      const id = await inProgress();
      const soon = newId();
      const add = { id: soon, title: 'First of all', due: inDays(1) };
      const added = await activist.post(`/api/cases/${id}/steps`, add);
      expect(added.body.data.nextStep).to.deep.equal({ ...add, template: null });
      expect((await activist.post(`/api/cases/${id}/steps`, add)).body.data.plan).to.have.length(5);
      clock.stopAt(new Date(Date.now() + 3 * 86_400_000));
      expect((await pageOf(activist, id)).late).to.equal(true);
      const version = (await pageOf(activist, id)).version;
      const done = await activist.patch(`/api/cases/${id}/steps/${soon}`, { version, done: true });
      expect(done.body.data.nextStep.id).not.to.equal(soon);
      expect(done.body.data.plan.find((step: { id: string }) => step.id === soon)).to.include({
        doneBy: 'Test activist',
      });
      const undone = await activist.patch(`/api/cases/${id}/steps/${soon}`, {
        version: version + 1,
        done: false,
      });
      expect(undone.body.data.nextStep.id).to.equal(soon);
      expect(undone.body.data.history.slice(-2).map(({ what }: { what: string }) => what)).to.deep.equal([
        'stepDone',
        'stepUndone',
      ]);
    });

    it('when two change one step, the second hears how it stands; another step is no matter', async () => {
      const id = await inProgress();
      const { plan, version } = await pageOf(activist, id);
      const change = (step: string, title: string) =>
        activist.patch(`/api/cases/${id}/steps/${step}`, { version, title });
      expect((await change(plan[0]!.id, 'By one')).status).to.equal(200);
      expect((await change(plan[1]!.id, 'By the other')).status).to.equal(200);
      const stale = await change(plan[0]!.id, 'By the third');
      expect(stale.status).to.equal(409);
      expect(stale.body.error.extra.step).to.include({ title: 'By one' });
    });

    it('answers 404 for a step that is not there and 422 for a day that is none', async () => {
      const id = await inProgress();
      expect((await activist.delete(`/api/cases/${id}/steps/${newId()}`)).status).to.equal(404);
      const wrong = await activist.post(`/api/cases/${id}/steps`, {
        id: newId(),
        title: 'x',
        due: '2026-02-30',
      });
      expect(wrong.status).to.equal(422);
      expect(wrong.body.error.faults[0].path).to.deep.equal(['due']);
    });

    it('closed cases are late no more', async () => {
      const id = await inProgress();
      await moved(activist, id, { move: 'withdraw' });
      clock.stopAt(new Date(Date.now() + 300 * 86_400_000));
      expect((await pageOf(activist, id)).late).to.equal(false);
      expect((await CaseModel.findOne({ _id: id }).lean())!.nextDue).to.equal('9999-12-31');
    });
  });

  describe('POST /api/cases/:id/assignment', () => {
    it('names lead and collaborators, each once', async () => {
      const id = await logged(activist);
      const answer = await teamLead.post(`/api/cases/${id}/assignment`, {
        lead: activist.id,
        collaborators: [teamLead.id, activist.id, teamLead.id],
        version: 1,
      });
      expect(answer.body.data.lead.id).to.equal(activist.id);
      expect(answer.body.data.collaborators.map(({ id }: { id: string }) => id)).to.deep.equal([teamLead.id]);
      expect(answer.body.data.history.at(-1)).to.deep.include({ what: 'assigned' });
    });

    it('when two assign at once from one version, the second hears that it is stale', async () => {
      const id = await logged(activist);
      const assign = (lead: string) =>
        teamLead.post(`/api/cases/${id}/assignment`, { lead, collaborators: [], version: 1 });
      expect((await assign(activist.id)).status).to.equal(200);
      expect((await assign(teamLead.id)).status).to.equal(409);
      expect((await assign(activist.id)).status).to.equal(200);
    });
  });

  describe('POST /api/cases/:id/notes', () => {
    it('keeps a note once, warns of what it may tell, and refuses the id of another’s note', async () => {
      const id = await logged(activist);
      const note = { id: newId(), text: 'Write to agim@example.org' };
      const first = await activist.post(`/api/cases/${id}/notes`, note);
      expect(first.body.warnings).to.deep.equal([{ path: ['text'], code: 'email' }]);
      expect((await activist.post(`/api/cases/${id}/notes`, note)).body.data.notes).to.have.length(1);
      expect((await teamLead.post(`/api/cases/${id}/notes`, note)).status).to.equal(409);
    });
  });
});
