// Duty: hold commitments to their promises: what is refused, two voices, moved days, approval, evidence, sources, the list and its filters.
import { expect } from 'chai';
import { clock, dayAfter, dayOf } from '../../server/clock.ts';
import { CommitmentModel } from '../../server/features/commitments/commitments.model.ts';
import { newId } from '../../shared/api.ts';
import { activeCampaign, campaignOf, proposed } from '../support/campaigns.ts';
import {
  check,
  commitmentInput,
  commitmentOf,
  inDays,
  moveCommitment,
  movedCommitment,
  recorded,
  sourceInput,
  withEvidence,
} from '../support/commitments.ts';
import { form, pdf, plainPng } from '../support/files.ts';
import { issueMade } from '../support/issues.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

/** Status, code, and `field: code` for every fault. */
const refusal = async (answer: Promise<{ status: number; body: any }>) => {
  const { status, body } = await answer;
  return [
    status,
    body?.error?.code,
    ...(body?.error?.faults ?? []).map((fault: any) => `${fault.path.join('.')}: ${fault.code}`),
  ];
};

describe('Commitments', () => {
  let server: TestServer;
  let coordinator: Person;
  let activist: Person;
  let partner: Person;

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator');
    activist = await server.as('activist');
    partner = await server.as('cso_member');
  });
  after(() => server.stop());
  afterEach(() => clock.stopAt(null));

  describe('POST /api/commitments', () => {
    const post = (changes = {}, by = coordinator) => by.post('/api/commitments', commitmentInput(changes));

    it('puts a promise on record once, however often it is repeated', async () => {
      const input = commitmentInput();
      const first = await coordinator.post('/api/commitments', input);
      expect(first.status).to.equal(201);
      expect(first.body.data).to.include({ status: 'open', formality: 'verbal', verified: null, slips: 0 });
      expect(first.body.data.reference).to.match(/^COM-\d{4}-\d{4}$/);
      expect(first.body.data.institution.id).to.equal('urbanism');
      expect((await coordinator.post('/api/commitments', input)).status).to.equal(200);
      expect(await refusal(partner.post('/api/commitments', input))).to.deep.equal([409, 'id.taken']);
      expect(await CommitmentModel.countDocuments({ _id: input.id })).to.equal(1);
    });

    it('refuses with field and code what cannot be, and saves nothing', async () => {
      const before = await CommitmentModel.countDocuments();
      const cases: [Record<string, unknown>, string][] = [
        [{ institutionId: 'ministry-of-nothing' }, 'institutionId: not_found'],
        [{ municipality: null }, 'municipality: required'],
        [{ institutionId: 'mespi' }, 'municipality: no_local_office'],
        [{ words: '' }, 'words: words_or_source'],
        [{ sourceId: newId() }, 'sourceId: not_found'],
        [{ dueOn: inDays(-41) }, 'dueOn: before_promise'],
        [{ promisedOn: inDays(2) }, 'promisedOn: in_the_future'],
        [{ promisedOn: null }, 'promisedOn: required'],
        [{ budget: { promised: -1, approved: null, spent: null } }, 'budget.promised: negative'],
        [{ budget: { promised: 1.001, approved: null, spent: null } }, 'budget.promised: too_fine'],
        [{ themes: [] }, 'themes: required'],
        [{ formality: 'promised' }, 'formality: not_a_choice'],
        [{ dueOn: '2026-02-30' }, 'dueOn: wrong_format'],
        [{ dueOn: '9999-12-31' }, 'dueOn: day_out_of_range'],
        [{ verified: 'complete' }, 'verified: unknown_key'],
      ];
      for (const [changes, fault] of cases) expect(await refusal(post(changes)), fault).to.include(fault);
      expect(await CommitmentModel.countDocuments()).to.equal(before);
    });

    it('saves and warns when money was spent that nobody is known to have approved', async () => {
      const answer = await post({ budget: { promised: 100, approved: null, spent: 50.25 } });
      expect(answer.status).to.equal(201);
      expect(answer.body.warnings).to.deep.equal([{ code: 'spent_without_approved' }]);
      const more = await post({ budget: { promised: 100, approved: 40, spent: 50 } });
      expect(more.body.warnings).to.deep.equal([{ code: 'spent_over_approved' }]);
    });

    it('is a proposal until a coordinator approves it; before that others see nothing', async () => {
      const id = await recorded(activist);
      expect((await commitmentOf(activist, id)).status).to.equal('proposed');
      for (const person of [partner, await server.as('activist'), await server.as('funder')])
        expect((await person.get(`/api/commitments/${id}`)).status).to.equal(404);
      expect((await partner.get('/api/commitments?limit=100')).text).not.to.include(id);
      const seen = await coordinator.get('/api/commitments?status=proposed');
      expect(seen.body.data.map((row: any) => row.id)).to.include(id);
      expect((await moveCommitment(activist, id, { move: 'approve' })).status).to.equal(403);
      await movedCommitment(coordinator, id, { move: 'approve' });
      expect((await commitmentOf(partner, id)).status).to.equal('open');
    });

    it('does not exist for funders and administrators', async () => {
      for (const role of ['funder', 'administrator'] as const) {
        const person = await server.as(role);
        expect((await person.get('/api/commitments')).status).to.equal(404);
        expect((await post({}, person)).status).to.equal(404);
        expect((await person.get('/api/commitment-sources')).status).to.equal(404);
      }
    });
  });

  describe('PATCH /api/commitments/:id', () => {
    it('corrects what was recorded, with a line of history, and refuses as recording does', async () => {
      const id = await recorded(coordinator);
      const patch = (body: object, by = coordinator) => by.patch(`/api/commitments/${id}`, body);
      expect((await patch({ version: 1, title: 'Fourteen flats' }, partner)).status).to.equal(403);
      const answer = await patch({ version: 1, title: 'Fourteen flats', themes: ['housing'] });
      expect(answer.body.data).to.include({ title: 'Fourteen flats', version: 2 });
      expect(answer.body.data.history.at(-1)).to.deep.include({ event: 'revise', fields: ['title'] });
      expect(await refusal(patch({ version: 1, title: 'x' }))).to.deep.equal([409, 'commitment.stale']);
      expect(await refusal(patch({ version: 2, institutionId: 'nobody-at-all' }))).to.include(
        'institutionId: not_found',
      );
      expect(await refusal(patch({ version: 2, words: '' }))).to.include('words: words_or_source');
      expect((await commitmentOf(coordinator, id)).version).to.equal(2);
    });
  });

  describe('POST /api/commitments/:id/moves', () => {
    it('tells both sides when two were working on the same version', async () => {
      const id = await recorded(coordinator);
      const { version } = await commitmentOf(coordinator, id);
      const [first, second] = await Promise.all([
        moveCommitment(coordinator, id, { move: 'formality', to: 'written', version }),
        moveCommitment(partner, id, {
          move: 'report',
          completion: 'limited',
          reportedOn: inDays(0),
          version,
        }),
      ]);
      const late = [first, second].find(({ status }) => status === 409)!;
      expect([first.status, second.status].sort()).to.deep.equal([200, 409]);
      expect(late.body.error.code).to.equal('commitment.stale');
      expect(late.body.error.extra.version).to.equal(2);
      expect(late.body.error.extra.since).to.have.length(1);
      expect(late.body.error.extra.since[0].event).to.be.oneOf(['formality', 'report']);
    });

    it('leads formality forward without words, back and out of an end only with a reason', async () => {
      const id = await recorded(coordinator);
      const to = (formality: string, reason?: string) =>
        moveCommitment(coordinator, id, { move: 'formality', to: formality, ...(reason ? { reason } : {}) });
      expect((await to('decided')).body.data.formality).to.equal('decided');
      expect(await refusal(to('written'))).to.deep.equal([422, 'commitment.refused', 'reason: needs_reason']);
      expect((await to('written', 'There was no decision yet')).status).to.equal(200);
      expect(await refusal(to('withdrawn_by_authority'))).to.include('reason: needs_reason');
      expect((await to('withdrawn_by_authority', 'New mayor')).status).to.equal(200);
      expect(await refusal(to('written', 'again'))).to.include('to: not_from_here');
      expect((await to('sought', 'We ask again')).body.data.formality).to.equal('sought');
      expect(await refusal(to('sought', 'again'))).to.include('to: the_same');
    });

    it('verifies only with evidence of its own, dated, and goes down only with a reason', async () => {
      const id = await recorded(coordinator);
      const other = await withEvidence(coordinator, await recorded(coordinator));
      const move = (input: Record<string, unknown>, by = partner) => moveCommitment(by, id, input);
      for (const point of ['not_started', 'limited', 'substantial', 'complete'])
        expect(await refusal(move(check(point, []))), point).to.include('evidence: needs_evidence');
      expect(await refusal(move(check('limited', [other])))).to.include('evidence.0: not_found');
      expect(await refusal(move(check('no_evidence', [], { note: '' })))).to.include('note: required');
      expect((await move(check('no_evidence', []))).body.data.verified).to.equal('no_evidence');
      const evidence = await withEvidence(partner, id);
      expect(await refusal(move(check('limited', [evidence], { checkedOn: inDays(1) })))).to.include(
        'checkedOn: in_the_future',
      );
      expect(await refusal(move(check('limited', [evidence], { checkedOn: inDays(-41) })))).to.include(
        'checkedOn: before_promise',
      );
      expect(await refusal(move(check('limited', [evidence], { checkedOn: inDays(-1) })))).to.include(
        'checkedOn: before_last_check',
      );
      const input = check('substantial', [evidence]);
      expect((await move(input)).body.data.verified).to.equal('substantial');
      expect((await move(input)).body.data.checks).to.have.length(2);
      expect(await refusal(move(check('limited', [evidence], { note: '' })))).to.include(
        'note: needs_reason',
      );
      expect((await move(check('limited', [evidence]), activist)).status).to.equal(403);
      const { checks, verified } = await commitmentOf(activist, id);
      expect([checks.length, verified]).to.deep.equal([2, 'substantial']);
    });

    it('keeps both voices, and says when they differ', async () => {
      const id = await recorded(coordinator);
      const report = (completion: string, note?: string) =>
        moveCommitment(coordinator, id, {
          move: 'report',
          completion,
          reportedOn: inDays(0),
          ...(note ? { note } : {}),
        });
      expect((await report('complete')).body.data.flags).to.deep.equal([]);
      const evidence = await withEvidence(coordinator, id);
      const page = await movedCommitment(coordinator, id, check('limited', [evidence]));
      expect(page).to.include({ authorityReported: 'complete', verified: 'limited' });
      expect(page.flags).to.deep.equal(['disputed']);
      expect(await refusal(report('limited'))).to.include('note: needs_reason');
      expect((await report('limited', 'Corrected in the assembly')).body.data.flags).to.deep.equal([]);
    });

    it('keeps every old day, counts the slips, and refuses a day before the promise', async () => {
      const id = await recorded(coordinator, { dueOn: inDays(10) });
      const to = (dueOn: string) =>
        moveCommitment(coordinator, id, { move: 'deadline', dueOn, reason: 'No contractor' });
      expect(await refusal(to(inDays(10)))).to.include('dueOn: the_same');
      expect(await refusal(to(inDays(-50)))).to.include('dueOn: before_promise');
      await to(inDays(30));
      await to(inDays(20));
      const page = (await to(inDays(50))).body.data;
      expect(page).to.include({ dueOn: inDays(50), slips: 2 });
      expect(page.deadlines.map((slip: any) => slip.from)).to.deep.equal([
        inDays(10),
        inDays(30),
        inDays(20),
      ]);
    });

    it('closes as complete only what we verified complete; else as lapsed or broken with a reason', async () => {
      const id = await recorded(coordinator, { dueOn: inDays(5) });
      const close = (closedAs: string, reason?: string) =>
        moveCommitment(coordinator, id, { move: 'close', closedAs, ...(reason ? { reason } : {}) });
      expect(await refusal(close('complete'))).to.include('closedAs: not_verified_complete');
      expect(await refusal(close('lapsed'))).to.include('reason: needs_reason');
      expect(await refusal(close('broken', 'Nothing came'))).to.include('closedAs: not_due_yet');
      const evidence = await withEvidence(coordinator, id);
      await movedCommitment(coordinator, id, check('complete', [evidence]));
      expect(await refusal(close('lapsed', 'x'))).to.include('closedAs: verified_complete');
      const done = (await close('complete')).body.data;
      expect(done).to.include({ status: 'closed', closedAs: 'complete' });
      expect(done.flags).to.deep.equal(['kept']);
      expect((await moveCommitment(coordinator, id, check('limited', [evidence]))).status).to.equal(409);
      expect((await close('complete')).status).to.equal(409);
      const open = await movedCommitment(coordinator, id, { move: 'reopen', reason: 'The roof leaks again' });
      expect(open).to.include({ status: 'open', closedAs: null });
    });

    it('when a check is planned in the past, answers 422', async () => {
      const id = await recorded(coordinator);
      const plan = (nextCheckOn: string | null) =>
        moveCommitment(partner, id, { move: 'plan_check', nextCheckOn });
      expect(await refusal(plan(inDays(-1)))).to.include('nextCheckOn: in_the_past');
      expect((await plan(inDays(7))).body.data.nextCheckOn).to.equal(inDays(7));
      expect((await plan(null)).body.data.nextCheckOn).to.equal(null);
    });

    it('keeps the budget of three columns', async () => {
      const id = await recorded(coordinator);
      const set = (budget: object) => moveCommitment(coordinator, id, { move: 'budget', budget });
      expect(await refusal(set({ promised: 1, approved: -2, spent: 0 }))).to.include(
        'budget.approved: negative',
      );
      const answer = await set({ promised: 240_000, approved: 200_000, spent: 250_000 });
      expect(answer.body.warnings).to.deep.equal([{ code: 'spent_over_approved' }]);
      expect(answer.body.data.budget.spent).to.equal(250_000);
    });
  });

  describe('/api/commitments/:id/evidence', () => {
    it('keeps a cleaned picture under our name, serves it with a thumbnail, and removes it while no check rests on it', async () => {
      const id = await recorded(activist);
      const file = await withEvidence(activist, id);
      const again = await activist.send(
        'POST',
        `/api/commitments/${id}/evidence?id=${file}`,
        form(await plainPng(), 'x.png', 'image/png'),
      );
      expect(again.status).to.equal(200);
      const [item] = (await commitmentOf(activist, id)).evidence;
      expect(item!.name).to.match(/^COM-\d{4}-\d{4}-1\.jpg$/);
      const opened = await activist.get(`/api/commitments/${id}/evidence/${file}`);
      expect(opened.headers.get('content-type')).to.equal('image/jpeg');
      expect((await activist.get(`/api/commitments/${id}/evidence/${file}/thumbnail`)).status).to.equal(200);
      expect((await partner.get(`/api/commitments/${id}/evidence/${file}`)).status).to.equal(404);
      await movedCommitment(coordinator, id, { move: 'approve' });
      expect((await partner.get(`/api/commitments/${id}/evidence/${file}`)).status).to.equal(200);
      await movedCommitment(partner, id, check('limited', [file]));
      const remove = (by: Person) => by.delete(`/api/commitments/${id}/evidence/${file}`);
      expect((await remove(activist)).status).to.equal(403);
      expect(await refusal(remove(coordinator))).to.deep.equal([409, 'commitment.evidenceInUse']);
      const spare = await withEvidence(partner, id);
      expect((await coordinator.delete(`/api/commitments/${id}/evidence/${spare}`)).status).to.equal(200);
      expect((await coordinator.get(`/api/commitments/${id}/evidence/${spare}`)).status).to.equal(404);
    });

    it('refuses what is no picture or PDF, and keeps nothing', async () => {
      const id = await recorded(coordinator);
      const send = (body: FormData) =>
        coordinator.send('POST', `/api/commitments/${id}/evidence?id=${newId()}`, body);
      expect((await send(form(Buffer.from('MZ not a picture'), 'x.exe'))).status).to.equal(415);
      expect((await send(form(pdf('/OpenAction << /JavaScript >>'), 'x.pdf'))).status).to.equal(422);
      expect((await commitmentOf(coordinator, id)).evidence).to.deep.equal([]);
    });
  });

  describe('/api/commitment-sources', () => {
    it('is made once, gets one file, and opens with the promise that names it', async () => {
      const input = sourceInput();
      expect((await activist.post('/api/commitment-sources', input)).status).to.equal(201);
      expect((await activist.post('/api/commitment-sources', input)).status).to.equal(200);
      const fileId = newId();
      const send = (by: Person, id = fileId) =>
        by.send('POST', `/api/commitment-sources/${input.id}/file?id=${id}`, form(pdf(), 'minutes.pdf'));
      expect((await send(partner)).status).to.equal(404);
      expect((await send(activist)).status).to.equal(201);
      expect((await send(activist)).status).to.equal(200);
      expect(await refusal(send(activist, newId()))).to.include('file: has_file');
      expect((await partner.get('/api/commitment-sources?q=minutes')).text).not.to.include(input.id);
      expect(
        await refusal(partner.post('/api/commitments', commitmentInput({ sourceId: input.id }))),
      ).to.include('sourceId: not_found');
      const id = await recorded(activist, { sourceId: input.id, page: '3', words: '' });
      expect((await partner.get(`/api/commitments/${id}/source-file`)).status).to.equal(404);
      await movedCommitment(coordinator, id, { move: 'approve' });
      const page = await commitmentOf(partner, id);
      expect(page.source!.title).to.equal(input.title);
      const file = await partner.get(`/api/commitments/${id}/source-file`);
      expect(file.headers.get('content-type')).to.equal('application/pdf');
      expect((await partner.get('/api/commitment-sources?q=minutes')).text).to.include(input.id);
      await recorded(partner, { sourceId: input.id });
    });
  });

  describe('GET /api/commitments', () => {
    it('finds by place, theme, institution, issue and campaign, in pages of what is due first', async () => {
      const issue = await issueMade(coordinator, { municipalities: ['peja'] });
      const campaign = await proposed(coordinator, { municipalities: ['peja'] });
      const ids = [];
      for (const days of [40, 20, 30])
        ids.push(
          await recorded(coordinator, {
            municipality: 'peja',
            institutionId: 'csw',
            themes: ['covid19'],
            dueOn: inDays(days),
            ...(days === 20 ? { issueIds: [issue], campaignIds: [campaign] } : {}),
          }),
        );
      const found = async (query: string) =>
        (await activist.get(`/api/commitments?${query}`)).body.data.map((row: any) => row.id);
      const inOrder = [ids[1], ids[2], ids[0]];
      expect(await found('municipality=peja&theme=covid19')).to.deep.equal(inOrder);
      expect(await found('institution=csw&municipality=peja')).to.deep.equal(inOrder);
      expect(await found(`issue=${issue}`)).to.deep.equal([ids[1]]);
      expect(await found(`campaign=${campaign}`)).to.deep.equal([ids[1]]);
      const first = await activist.get('/api/commitments?municipality=peja&limit=2');
      expect(first.body.total).to.equal(3);
      expect(await found(`municipality=peja&limit=2&cursor=${first.body.next}`)).to.deep.equal([ids[0]]);
    });

    it('answers derived statuses from the same rules as the page, on the day they begin and the day before', async () => {
      const id = await recorded(coordinator, { municipality: 'mitrovica', dueOn: inDays(45) });
      const evidence = await withEvidence(coordinator, id);
      await movedCommitment(coordinator, id, check('not_started', [evidence]));
      const due = (await commitmentOf(coordinator, id)).dueOn!;
      const flagsOn = async (day: string) => {
        clock.stopAt(new Date(`${day}T11:00:00Z`));
        const { body } = await coordinator.get('/api/commitments?municipality=mitrovica');
        const [row] = body.data;
        for (const flag of Object.keys(body.flags)) {
          const listed = await coordinator.get(`/api/commitments?municipality=mitrovica&flag=${flag}`);
          expect(listed.body.total, `${flag} on ${day}`).to.equal(row.flags.includes(flag) ? 1 : 0);
          expect(body.flags[flag]).to.equal(listed.body.total);
        }
        return row.flags;
      };
      expect(await flagsOn(dayAfter(due, -31))).to.deep.equal([]);
      expect(await flagsOn(dayAfter(due, -30))).to.deep.equal(['due_soon']);
      expect(await flagsOn(due)).to.deep.equal(['due_soon']);
      expect(await flagsOn(dayAfter(due, 1))).to.deep.equal(['broken', 'overdue']);
      expect(await flagsOn(dayAfter(dayOf(new Date()), 90))).to.deep.equal(['broken', 'overdue']);
      expect(await flagsOn(dayAfter(dayOf(new Date()), 91))).to.deep.equal(['broken', 'overdue', 'stale']);
    });

    it('does not call broken what nobody has looked at', async () => {
      await recorded(coordinator, { municipality: 'gracanica', dueOn: inDays(-3) });
      const { body } = await coordinator.get('/api/commitments?municipality=gracanica');
      expect(body.data[0].flags).to.deep.equal(['overdue']);
    });
  });

  describe('Links', () => {
    it('name issues, campaigns and demands that the viewer sees, and no other', async () => {
      const issue = await issueMade(coordinator, { municipalities: ['prizren'] });
      const campaign = await proposed(coordinator, { municipalities: ['prizren'] });
      const post = (changes = {}, by = coordinator) => by.post('/api/commitments', commitmentInput(changes));
      expect(await refusal(post({ issueIds: [newId()] }))).to.include('issueIds.0: not_found');
      expect(await refusal(post({ issueIds: [issue] }, activist))).to.include('issueIds.0: not_found');
      expect(await refusal(post({ campaignIds: [newId()] }))).to.include('campaignIds.0: not_found');
      expect(await refusal(post({ campaignIds: [campaign], demandId: newId() }))).to.include(
        'demandId: not_found',
      );
      const id = await recorded(coordinator, { issueIds: [issue], campaignIds: [campaign] });
      const mine = await commitmentOf(coordinator, id);
      expect(mine.issues.map((one) => one.id)).to.deep.equal([issue]);
      expect(mine.campaigns.map((one) => one.id)).to.deep.equal([campaign]);
      const theirs = await activist.get(`/api/commitments/${id}`);
      for (const hidden of [issue, campaign]) expect(theirs.text).not.to.include(hidden);
      expect(theirs.body.data).to.deep.include({ issues: [], campaigns: [] });
    });

    it('let a campaign go on to monitoring once a promise is made to it', async () => {
      const campaign = await activeCampaign(coordinator);
      const move = async (name: string) =>
        coordinator.post(`/api/campaigns/${campaign}/moves`, {
          move: name,
          version: (await campaignOf(coordinator, campaign)).version,
        });
      expect((await move('monitor')).status).to.equal(422);
      const id = await recorded(coordinator, {
        campaignIds: [campaign],
        formality: 'sought',
        promisedOn: null,
        dueOn: inDays(-1),
      });
      expect((await move('monitor')).status).to.equal(422);
      await coordinator.patch(`/api/commitments/${id}`, { version: 1, promisedOn: inDays(-9) });
      await movedCommitment(coordinator, id, { move: 'formality', to: 'written' });
      expect((await move('monitor')).status).to.equal(200);
    });
  });

  describe('The scorecard of an institution', () => {
    it('counts kept, late and broken by the year of the day first promised', async () => {
      const year = Number(inDays(-20).slice(0, 4));
      const make = (dueOn: string) =>
        recorded(coordinator, { institutionId: 'mfmc', municipality: 'prizren', dueOn });
      const kept = await make(inDays(30));
      await movedCommitment(coordinator, kept, check('complete', [await withEvidence(coordinator, kept)]));
      await movedCommitment(coordinator, kept, { move: 'close', closedAs: 'complete' });
      const late = await make(inDays(-20));
      await movedCommitment(coordinator, late, { move: 'deadline', dueOn: inDays(400), reason: 'x' });
      await movedCommitment(coordinator, late, check('complete', [await withEvidence(coordinator, late)]));
      await movedCommitment(coordinator, late, { move: 'close', closedAs: 'complete' });
      await movedCommitment(coordinator, await make(inDays(-20)), {
        move: 'close',
        closedAs: 'broken',
        reason: 'Nothing came',
      });
      await make(inDays(-20));
      await recorded(activist, { institutionId: 'mfmc', municipality: 'prizren', dueOn: inDays(-20) });
      const card = (await coordinator.get('/api/institutions/mfmc-prizren')).body.data.scorecard;
      expect(card.total).to.include({ kept: 1, late: 2, broken: 1 });
      expect(card.years.find((score: any) => score.year === year)).to.include({ late: 2, broken: 1 });
    });
  });

  describe('The documented commitments', () => {
    it('are 19, with source, verification, note and attribution, and no day that is not documented', async () => {
      const { body } = await activist.get('/api/commitments?limit=100');
      const rows = body.data.filter((row: any) => row.titles !== null);
      expect(rows).to.have.length(19);
      const find = async (word: string) => {
        const row = rows.find((one: any) => one.title.includes(word));
        return (await activist.get(`/api/commitments/${row.id}`)).body.data;
      };
      const strategy = await find('2022-2026');
      expect(strategy.titles.sq).to.include('Rom dhe Ashkali');
      expect(strategy.source.verification).to.include('read');
      expect(strategy.source.attribution[0].where).to.equal('zck-kpz-platform.rks-gov.net/?p=20611');
      expect(strategy).to.include({ dueOn: '2026-12-31', words: '', verified: null });
      expect((await find('2017-2021')).source.note).to.include('names Roma and Ashkali only');
      expect((await find('Use of Languages')).dueOn).to.equal(null);
      expect((await find('2009-2015')).closedAs).to.equal('lapsed');
      expect(rows.some((row: any) => row.flags.includes('broken'))).to.equal(false);
    });
  });
});
