// Duty: merging and splitting issues: what moves, what is refused with a code, what a stop in between leaves and a repeat or the job completes.
import { expect } from 'chai';
import { AppError } from '../../server/errors.ts';
import { caseIdsBehindIssue } from '../../server/features/cases/behind.queries.ts';
import { viewerNow } from '../../server/features/directory/users.queries.ts';
import { IssueModel } from '../../server/features/issues/issues.model.ts';
import { completeMerges, mergeIssue, onIssueMerged } from '../../server/features/issues/merges.commands.ts';
import { newId } from '../../shared/api.ts';
import { logged, pageOf } from '../support/cases.ts';
import { casesBehindIssue, issueInput, issueMade, issueOf, setIssue } from '../support/issues.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Merging and splitting issues', () => {
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator');
    activist = await server.as('activist');
  });
  after(() => server.stop());

  const merge = async (from: string, into: string, version?: number) =>
    coordinator.post(`/api/issues/${from}/merge`, {
      into,
      version: version ?? (await issueOf(coordinator, from)).version,
    });
  const wrong = async (from: string, into: string) => {
    const { status, body } = await merge(from, into);
    return `${status} ${body.error.faults ? `${body.error.faults[0].path} ${body.error.faults[0].code}` : body.error.code}`;
  };

  describe('POST /api/issues/:id/merge', () => {
    it('moves every case, widens the successor and leaves a sign behind', async () => {
      const from = await issueMade(coordinator, {
        municipalities: ['ferizaj', 'peja'],
        subThemes: ['tenure'],
      });
      const into = await issueMade(coordinator, { themes: ['covid19'], subThemes: ['relief'] });
      const cases = await casesBehindIssue(activist, from, 3);
      const moved: string[][] = [];
      const leave = onIssueMerged(async (...both) => void moved.push(both));
      const { status, body } = await merge(from, into);
      leave();
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({
        id: into,
        themes: ['covid19', 'housing'],
        subThemes: ['relief', 'tenure'],
        municipalities: ['ferizaj', 'peja'],
      });
      expect(body.data.cases.total).to.equal(3);
      expect(moved).to.deep.equal([[from, into]]);
      const gone = await issueOf(activist, from);
      expect(gone).to.deep.include({ status: 'merged', mergePending: false });
      expect(gone.mergedInto).to.deep.equal({ id: into, reference: body.data.reference });
      expect(gone.cases.total).to.equal(0);
      for (const id of cases) {
        const page = await pageOf(activist, id);
        expect(page.issue).to.equal(into);
        expect(page.history.at(-1)).to.include({ what: 'issueLinked', issue: body.data.reference });
      }
      expect(body.data.history.at(-1)).to.include({ what: 'received', other: gone.reference });
    });

    it('follows a chain to its end, whichever link was merged first', async () => {
      const [a, b, c] = [
        await issueMade(coordinator),
        await issueMade(coordinator),
        await issueMade(coordinator),
      ];
      await casesBehindIssue(activist, a, 1);
      await merge(a, b);
      await merge(b, c);
      expect((await issueOf(activist, a)).mergedInto?.id).to.equal(c);
      expect((await issueOf(activist, c)).cases.total).to.equal(1);
    });

    it('refuses itself, a circle, the unknown, the closed and the merged, and changes nothing', async () => {
      const [a, b, c] = [
        await issueMade(coordinator),
        await issueMade(coordinator),
        await issueMade(coordinator),
      ];
      const before = await issueOf(coordinator, a);
      expect(await wrong(a, a)).to.equal('422 into itself');
      expect(await wrong(a, newId())).to.equal('422 into not_found');
      await merge(b, a);
      expect(await wrong(a, b)).to.equal('422 into circle');
      expect(await wrong(c, b)).to.equal('422 into merged');
      expect(await wrong(b, c)).to.equal('409 issue.merged');
      const closed = await issueMade(coordinator);
      await coordinator.post(`/api/issues/${closed}/moves`, { move: 'close', reason: 'Done', version: 1 });
      expect(await wrong(c, closed)).to.equal('422 into closed');
      expect((await issueOf(coordinator, a)).status).to.equal(before.status);
      expect((await issueOf(coordinator, c)).version).to.equal(1);
      expect((await activist.post(`/api/issues/${c}/merge`, { into: a, version: 1 })).status).to.equal(403);
      const elsewhere = await server.as('activist', { municipality: 'peja' });
      expect((await elsewhere.post(`/api/issues/${c}/merge`, { into: a, version: 1 })).status).to.equal(404);
    });

    it('when somebody moved it meanwhile, answers with where it stands', async () => {
      const [a, b] = [await issueMade(activist), await issueMade(coordinator)];
      await coordinator.post(`/api/issues/${a}/moves`, { move: 'accept', version: 1 });
      const { status, body } = await merge(a, b, 1);
      expect([status, body.error.code, body.error.extra.status]).to.deep.equal([409, 'issue.stale', 'open']);
    });

    it('when two would merge into each other at the same moment, never merges both', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [a, b] = [await issueMade(coordinator), await issueMade(coordinator)];
        const answers = await Promise.all([merge(a, b, 1), merge(b, a, 1)]);
        const merged = answers.filter(({ status }) => status === 200).length;
        expect(merged).to.be.lessThan(2);
        const statuses = [(await issueOf(coordinator, a)).status, (await issueOf(coordinator, b)).status];
        expect(statuses.filter((one) => one === 'merged').length).to.equal(merged);
        for (const { status, body } of answers)
          if (status !== 200)
            expect(['issue.busy', 'issue.stale', 'input.invalid']).to.include(body.error.code);
      }
    });

    it('when stopped in the middle, is completed by a repeat, or by the job', async () => {
      for (const complete of ['repeat', 'job']) {
        const [from, into] = [await issueMade(coordinator), await issueMade(coordinator)];
        await casesBehindIssue(activist, from, 4);
        let calls = 0;
        const leave = onIssueMerged(async () => {
          calls += 1;
          if (calls === 1) throw new AppError(503, 'unavailable');
        });
        expect((await merge(from, into)).status).to.equal(503);
        expect((await issueOf(coordinator, from)).mergePending).to.equal(true);
        expect(
          (await merge(into, await issueMade(coordinator))).body.error.code,
          'it still receives',
        ).to.equal('issue.busy');
        if (complete === 'repeat') expect((await merge(from, into)).status).to.equal(200);
        else expect(await completeMerges()).to.equal(1);
        leave();
        expect(calls).to.equal(2);
        const successor = await issueOf(coordinator, into);
        expect(successor.cases.total).to.equal(4);
        expect(successor.history.filter(({ what }) => what === 'received')).to.have.length(1);
        expect((await issueOf(coordinator, from)).mergePending).to.equal(false);
        expect((await merge(into, await issueMade(coordinator))).status).to.equal(200);
        expect(await completeMerges()).to.equal(0);
      }
    });

    it('when a case is linked while its issue is merged, passes it on', async () => {
      const [from, into] = [await issueMade(coordinator), await issueMade(coordinator)];
      const ids = await Promise.all([1, 2, 3, 4].map(() => logged(activist)));
      await Promise.all([merge(from, into), ...ids.map((id) => setIssue(activist, id, from, 1))]);
      await completeMerges();
      expect(await caseIdsBehindIssue(from, 10)).to.deep.equal([]);
      for (const id of ids) expect([null, into]).to.include((await pageOf(activist, id)).issue);
    });

    it('when a reservation comes to nothing, lets go of it after a while', async () => {
      const [from, into] = [await issueMade(coordinator), await issueMade(coordinator)];
      const since = new Date(Date.now() - 60 * 60_000);
      await IssueModel.updateOne({ _id: into }, { $set: { receiving: [{ from, since }] } });
      const viewer = (await viewerNow(coordinator.id))!;
      const other = await issueMade(coordinator);
      const refused = await mergeIssue(viewer, into, { into: other, version: 1 }).catch(
        (error: unknown) => error,
      );
      expect(refused).to.include({ code: 'issue.busy' });
      await completeMerges();
      expect((await mergeIssue(viewer, into, { into: other, version: 1 }))._id).to.equal(other);
    });
  });

  describe('POST /api/issues/:id/split', () => {
    const split = (from: string, cases: string[], changes = {}) =>
      coordinator.post(`/api/issues/${from}/split`, {
        ...issueInput({ title: 'The half' }),
        cases,
        version: 1,
        ...changes,
      });

    it('makes a new issue of the chosen cases, once however often it is asked for', async () => {
      const from = await issueMade(coordinator);
      const [one, two, three] = await casesBehindIssue(activist, from, 3);
      const id = newId();
      const first = await split(from, [one!, two!], { id });
      expect(first.status, first.text).to.equal(201);
      expect(first.body.data).to.include({ id, status: 'open' });
      expect(first.body.data.cases.total).to.equal(2);
      expect(first.body.data.splitFrom.id).to.equal(from);
      expect((await split(from, [one!, two!], { id })).status).to.equal(200);
      const old = await issueOf(coordinator, from);
      expect(old.cases.total).to.equal(1);
      expect(old.history.filter(({ what }) => what === 'split')).to.have.length(1);
      expect((await pageOf(activist, three!)).issue).to.equal(from);
    });

    it('when one case does not fit, names it and makes nothing', async () => {
      const from = await issueMade(coordinator, { municipalities: ['ferizaj', 'prizren'] });
      const [inside] = await casesBehindIssue(activist, from, 1);
      const prizren = await server.as('activist', { municipality: 'prizren' });
      const [far] = await casesBehindIssue(prizren, from, 1, { municipality: 'prizren' });
      const loose = await logged(activist);
      const id = newId();
      const { status, body } = await split(from, [inside!, far!, loose, newId()], { id });
      expect(status).to.equal(422);
      expect(body.error.faults).to.deep.equal([
        { path: ['cases', 1], code: 'not_of_this_municipality' },
        { path: ['cases', 2], code: 'not_behind_issue' },
        { path: ['cases', 3], code: 'not_found' },
      ]);
      expect((await coordinator.get(`/api/issues/${id}`)).status).to.equal(404);
      expect((await issueOf(coordinator, from)).cases.total).to.equal(2);
      expect(
        (await activist.post(`/api/issues/${from}/split`, { ...issueInput(), cases: [inside], version: 1 }))
          .status,
      ).to.equal(403);
    });

    it('when stopped before the cases came over, is completed by the job', async () => {
      const from = await issueMade(coordinator);
      const cases = await casesBehindIssue(activist, from, 2);
      const id = newId();
      await split(from, [cases[0]!], { id });
      await IssueModel.updateOne({ _id: id }, { $set: { pendingCases: cases } });
      await completeMerges();
      expect((await issueOf(coordinator, id)).cases.total).to.equal(2);
      expect(await completeMerges()).to.equal(0);
    });
  });
});
