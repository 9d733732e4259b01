// Duty: logging, opening and revising cases through the API: what is kept, what is merged, what is refused.
import { expect } from 'chai';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { receiptHash } from '../../server/features/cases/receipts.ts';
import { openReceipts } from '../../server/receiptCodes.ts';
import { newId } from '../../shared/api.ts';
import { caseInput, logged, pageOf } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Case files', () => {
  let server: TestServer;
  let activist: Person;
  let colleague: Person;
  let coordinator: Person;
  let elsewhere: Person;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist', { name: 'Activist of Ferizaj' });
    colleague = await server.as('activist', { name: 'Colleague of Ferizaj' });
    coordinator = await server.as('coordinator');
    elsewhere = await server.as('activist', { municipality: 'prizren' });
  });
  after(() => server.stop());

  describe('POST /api/cases', () => {
    it('logs a case, numbers it by municipality and year, and keeps only a keyed hash of its receipt', async () => {
      const input = caseInput();
      const first = await activist.post('/api/cases', input);
      expect(first.status).to.equal(201);
      const year = new Date().getFullYear();
      expect(first.body.data.reference).to.match(new RegExp(`^FER-${year}-\\d{4}$`));
      expect(first.body.data.receipt).to.match(/^\d{16}$/);
      const kept = await CaseModel.findOne({ _id: first.body.data.id }).lean();
      expect(JSON.stringify(kept)).not.to.include(first.body.data.receipt);
      expect(kept!.receiptHash).to.equal(receiptHash(first.body.data.receipt));
      openReceipts('another secret of thirty-two signs.');
      expect(receiptHash(first.body.data.receipt), 'without the secret').not.to.equal(kept!.receiptHash);
      const lost = await activist.post('/api/cases', input);
      openReceipts(server.env.RECEIPT_SECRET);
      expect([lost.status, lost.body.data.receipt]).to.deep.equal([200, null]);
      const other = await elsewhere.post('/api/cases', caseInput({ municipality: 'prizren' }));
      expect(other.body.data.reference).to.match(/^PRZ-/);
    });

    it('when twenty arrive at once, gives every one its own number without gaps', async () => {
      const before = (await activist.post('/api/cases', caseInput())).body.data.reference as string;
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => activist.post('/api/cases', caseInput())),
      );
      const numbers = answers
        .map(({ body }) => Number(body.data.reference.split('-')[2]))
        .sort((a, b) => a - b);
      const first = Number(before.split('-')[2]) + 1;
      expect(numbers).to.deep.equal(Array.from({ length: 20 }, (_, index) => first + index));
    });

    it('when the same request comes again, answers 200 with the same case and receipt, and logs no second one', async () => {
      const input = caseInput({ title: 'Sent twice by a weak network' });
      const first = await activist.post('/api/cases', input);
      const again = await activist.post('/api/cases', input);
      expect([first.status, again.status]).to.deep.equal([201, 200]);
      expect(again.body.data).to.deep.equal(first.body.data);
      expect(await CaseModel.countDocuments({ title: input.title })).to.equal(1);
    });

    it('when two equal requests race, logs one case', async () => {
      const input = caseInput({ title: 'Sent at the same moment' });
      const answers = await Promise.all([1, 2, 3, 4].map(() => activist.post('/api/cases', input)));
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body.data.receipt)).size).to.equal(1);
      expect(await CaseModel.countDocuments({ title: input.title })).to.equal(1);
    });

    it("when the id is somebody else's, answers 409 and says nothing about it", async () => {
      const id = await logged(elsewhere, { municipality: 'prizren', title: 'Secret of Prizren' });
      const answer = await activist.post('/api/cases', caseInput({ id }));
      expect(answer.status).to.equal(409);
      expect(answer.body.error.code).to.equal('id.taken');
      expect(answer.text).not.to.include('PRZ').and.not.to.include('Prizren');
    });

    it('when the municipality is not theirs, answers 403 and saves nothing', async () => {
      const input = caseInput({ municipality: 'prizren' });
      const answer = await activist.post('/api/cases', input);
      expect(answer.status).to.equal(403);
      expect(answer.body.error.code).to.equal('case.otherMunicipality');
      expect(await CaseModel.exists({ _id: input.id })).to.equal(null);
    });

    it('when it is about a child, makes it highly sensitive and asks for the guardian where consent is the ground', async () => {
      const refused = await activist.post(
        '/api/cases',
        caseInput({ concernsChild: true, consentBasis: 'consented' }),
      );
      expect(refused.status).to.equal(422);
      expect(refused.body.error.faults[0]).to.deep.equal({ path: ['guardianConsent'], code: 'required' });
      const id = await logged(activist, { concernsChild: true });
      expect((await pageOf(activist, id)).sensitivity).to.equal('high');
    });

    it('warns of what may tell who a person is, and keeps it all the same', async () => {
      const answer = await activist.post(
        '/api/cases',
        caseInput({ description: 'Ask at 044 123 456, she has no paper.' }),
      );
      expect(answer.status).to.equal(201);
      expect(answer.body.warnings).to.deep.equal([{ path: ['description'], code: 'phone' }]);
    });

    it('takes a settlement of that municipality alone', async () => {
      const wrong = await activist.post('/api/cases', caseInput({ settlement: 'fk-28-29' }));
      expect(wrong.status).to.equal(422);
      expect(wrong.body.error.faults[0]).to.deep.include({
        path: ['settlement'],
        code: 'not_of_this_municipality',
      });
    });
  });

  describe('GET /api/cases/:id', () => {
    it('shows the page with what the viewer may do, and nothing that is for keeping only', async () => {
      const id = await logged(activist);
      const answer = await activist.get(`/api/cases/${id}`);
      expect(answer.body.data).to.include({
        id,
        version: 1,
        status: 'new',
        title: 'No water in the lower street',
      });
      expect(answer.body.data.loggedBy.name).to.equal('Activist of Ferizaj');
      expect(answer.body.data.history).to.have.length(1);
      expect(answer.body.abilities).to.include({ edit: true, triage: false, withdraw: true });
      expect(answer.text).not.to.match(/receiptHash|searchTerms|fieldVersions|sharedWith|urgencyRank/);
    });

    it("answers 404 for another municipality's case, as if it were not there", async () => {
      const id = await logged(activist);
      const theirs = await elsewhere.get(`/api/cases/${id}`);
      const none = await elsewhere.get(`/api/cases/${newId()}`);
      expect([theirs.status, none.status]).to.deep.equal([404, 404]);
      expect({ ...theirs.body.error, requestId: '' }).to.deep.equal({ ...none.body.error, requestId: '' });
      expect((await coordinator.get(`/api/cases/${id}`)).status).to.equal(200);
    });
  });

  describe('PATCH /api/cases/:id', () => {
    it('changes fields, raises the version and names the fields in the history, not their words', async () => {
      const id = await logged(activist);
      const answer = await activist.patch(`/api/cases/${id}`, { version: 1, title: 'Dry since March' });
      expect(answer.status).to.equal(200);
      expect(answer.body.data).to.include({ version: 2, title: 'Dry since March' });
      const last = answer.body.data.history.at(-1);
      expect(last).to.deep.include({ what: 'revised', fields: ['title'] });
      expect(JSON.stringify(last)).not.to.include('Dry');
    });

    it('when two people change different fields of the same version, keeps both', async () => {
      const id = await logged(activist);
      const [one, two] = await Promise.all([
        activist.patch(`/api/cases/${id}`, { version: 1, title: 'Title by one' }),
        colleague.patch(`/api/cases/${id}`, { version: 1, need: 'Need by the other' }),
      ]);
      expect([one.status, two.status]).to.deep.equal([200, 200]);
      expect(await pageOf(activist, id)).to.include({
        version: 3,
        title: 'Title by one',
        need: 'Need by the other',
      });
    });

    it('when both changed the same field, answers 409 with both sides and saves nothing of it', async () => {
      const id = await logged(activist);
      await colleague.patch(`/api/cases/${id}`, { version: 1, title: 'Theirs' });
      const answer = await activist.patch(`/api/cases/${id}`, {
        version: 1,
        title: 'Mine',
        need: 'Also mine',
      });
      expect(answer.status).to.equal(409);
      expect(answer.body.error.code).to.equal('case.stale');
      expect(answer.body.error.extra).to.include({ version: 2, status: 'new' });
      const [conflict] = answer.body.error.extra.conflicts;
      expect(conflict).to.include({
        field: 'title',
        yours: 'Mine',
        theirs: 'Theirs',
        by: 'Colleague of Ferizaj',
      });
      expect(await pageOf(activist, id)).to.include({
        version: 2,
        title: 'Theirs',
        need: 'A connection to the water main',
      });
      const solved = await activist.patch(`/api/cases/${id}`, {
        version: 2,
        title: 'Mine',
        need: 'Also mine',
      });
      expect(solved.body.data).to.include({ title: 'Mine', need: 'Also mine', version: 3 });
    });

    it('when both made the very same change, it is no conflict and nothing more to save', async () => {
      const id = await logged(activist);
      await colleague.patch(`/api/cases/${id}`, { version: 1, title: 'Same' });
      const answer = await activist.patch(`/api/cases/${id}`, { version: 1, title: 'Same' });
      expect(answer.status).to.equal(200);
      expect(answer.body.data.version).to.equal(2);
    });

    it('under twenty edits at once, loses none', async () => {
      const id = await logged(activist);
      const edits = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          activist.post(`/api/cases/${id}/notes`, { id: newId(), text: `Note ${index}` }),
        ),
      );
      const kept = edits.filter(({ status }) => status === 200).length;
      const page = await pageOf(activist, id);
      expect(page.notes).to.have.length(kept);
      expect(edits.every(({ status }) => status === 200 || status === 503)).to.equal(true);
      expect(kept).to.equal(20);
      expect(page.version).to.equal(21);
    });

    it('refuses a sub-theme that does not fit the theme the case has', async () => {
      const id = await logged(activist);
      const answer = await activist.patch(`/api/cases/${id}`, { version: 1, subTheme: 'training' });
      expect(answer.status).to.equal(422);
      expect(answer.body.error.faults).to.deep.equal([{ path: ['subTheme'], code: 'not_of_this_theme' }]);
    });

    it('refuses a version that does not exist yet', async () => {
      const id = await logged(activist);
      const answer = await activist.patch(`/api/cases/${id}`, { version: 9, title: 'From the future' });
      expect(answer.status).to.equal(422);
      expect(answer.body.error.faults[0].path).to.deep.equal(['version']);
    });
  });

  describe('Bad input', () => {
    const valid = () => caseInput() as unknown as Record<string, unknown>;
    const cases: [string, () => unknown, number, string, (string | number)[] | null][] = [
      ['an unknown key', () => ({ ...valid(), ethnicity: 'x' }), 422, 'unknown_key', ['ethnicity']],
      ['a wrong type', () => ({ ...valid(), title: 7 }), 422, 'wrong_type', ['title']],
      ['an operator object', () => ({ ...valid(), title: { $gt: '' } }), 422, 'wrong_type', ['title']],
      ['an operator object as id', () => ({ ...valid(), id: { $ne: null } }), 422, 'wrong_type', ['id']],
      ['a forged id', () => ({ ...valid(), id: '1' }), 422, 'not_an_id', ['id']],
      ['over-long text', () => ({ ...valid(), title: 'x'.repeat(121) }), 422, 'too_long', ['title']],
      ['a missing field', () => ({ ...valid(), theme: undefined }), 422, 'required', ['theme']],
      ['a word not in the list', () => ({ ...valid(), urgency: 'now' }), 422, 'not_a_choice', ['urgency']],
      [
        'more ages than people',
        () => ({ ...valid(), people: { count: 1, households: null, ageBands: { '0-5': 2 } } }),
        422,
        'more_than_count',
        ['people', 'ageBands'],
      ],
      ['a body that is no JSON', () => '{"id":', 400, 'body.notJson', null],
      [
        'a body over the limit',
        () => ({ ...valid(), description: 'x'.repeat(300_000) }),
        413,
        'body.tooLarge',
        null,
      ],
    ];
    for (const [what, body, status, code, path] of cases) {
      it(`when it is ${what}, answers ${status} and saves nothing`, async () => {
        const before = await CaseModel.countDocuments();
        const sent = body();
        const answer =
          typeof sent === 'string'
            ? await activist.send('POST', '/api/cases', sent, { 'Content-Type': 'application/json' })
            : await activist.post('/api/cases', sent);
        expect(answer.status).to.equal(status);
        if (path) expect(answer.body.error.faults[0]).to.deep.include({ path, code });
        else expect(answer.body.error.code).to.equal(code);
        expect(await CaseModel.countDocuments()).to.equal(before);
      });
    }

    it('when nobody is signed in, answers 401 whatever is sent', async () => {
      const stranger = server.stranger();
      expect((await stranger.post('/api/cases', caseInput())).status).to.equal(401);
      expect((await stranger.get('/api/cases')).status).to.equal(401);
      expect((await stranger.get(`/api/cases/${newId()}`)).status).to.equal(401);
    });

    it('when an operator stands in the query, answers 422', async () => {
      const answer = await activist.get('/api/cases?status[$ne]=new');
      expect(answer.status).to.equal(422);
    });

    it('when the cursor is forged, answers 422', async () => {
      for (const cursor of ['x', Buffer.from('["newest",{"$gt":""},1]').toString('base64url')]) {
        const answer = await activist.get(`/api/cases?cursor=${cursor}`);
        expect(answer.status).to.equal(422);
        expect(answer.body.error.faults[0]).to.deep.include({ path: ['cursor'], code: 'not_a_cursor' });
      }
    });
  });
});
