// Duty: the way of a letter through the API: draft, words, sending, reply, files, ladder, PDF; every refusal with its code and field.
import { expect } from 'chai';
import { LetterModel } from '../../server/features/institutions/letters.model.ts';
import { fallSilent } from '../../server/features/institutions/silence.commands.ts';
import { newId } from '../../shared/api.ts';
import { replyDay } from '../../shared/replyClock.ts';
import { inDays, logged, moved, triage } from '../support/cases.ts';
import { form, pdf, photo } from '../support/files.ts';
import {
  drafted,
  letterInput,
  letterOf,
  movedLetter,
  moveLetter,
  send,
  sentLetter,
} from '../support/letters.ts';
import { readPdf } from '../support/pdfText.ts';
import { faultsOf, type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Letters', () => {
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  let coordinator: Person;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    coordinator = await server.as('coordinator');
  });
  after(() => server.stop());

  describe('POST /api/letters', () => {
    it('makes a numbered draft from the template, its gaps filled, once however often it is asked', async () => {
      const input = letterInput();
      const first = await activist.post('/api/letters', input);
      expect(first.status, first.text).to.equal(201);
      const { data } = first.body;
      expect(data.reference).to.match(/^LET-20\d\d-\d{4}$/);
      expect(data).to.include({
        status: 'to_send',
        rung: 'first',
        dueOn: null,
        subject: 'Kërkesë për qasje në dokumente publike',
      });
      expect(data.institution.names.sq).to.equal('Drejtoria e Urbanizmit, Komuna e Ferizajt');
      expect(data.body).to.include('Programin komunal të banimit.');
      expect(data.body).to.include('Drejtoria e Urbanizmit, Komuna e Ferizajt');
      expect(data.body).to.include('06/L-081').and.to.include('brenda 7 ditësh');
      const second = await activist.post('/api/letters', input);
      expect(second.status).to.equal(200);
      expect(second.body.data.reference).to.equal(data.reference);
    });

    it('fills the template in each language', async () => {
      for (const [language, words] of [
        ['sq', 'Të nderuar'],
        ['sr', 'Poštovani'],
        ['en', 'Dear Sir'],
      ] as const)
        for (const kind of ['access_to_documents', 'request', 'complaint', 'meeting'] as const)
          expect((await letterOf(activist, await drafted(activist, { language, kind }))).body).to.include(
            words,
          );
    });

    it('refuses what does not fit with code and field, and keeps nothing', async () => {
      const before = await LetterModel.countDocuments();
      const cases: [Record<string, unknown>, string][] = [
        [{ municipality: 'ferizaj', institutionId: 'nobody' }, 'institutionId: not_found'],
        [{ institutionId: 'urbanism-ferizaj' }, 'institutionId: not_found'],
        [{ campaignId: newId() }, 'campaignId: not_found'],
        [{ demandId: newId() }, 'campaignId: required'],
        [{ issueId: newId() }, 'issueId: not_found'],
        [{ caseId: newId() }, 'caseId: not_found'],
        [{ kind: 'poem' }, 'kind: not_a_choice'],
        [{ ask: 'x'.repeat(2001) }, 'ask: too_long'],
      ];
      for (const [changes, fault] of cases) {
        const answer = await activist.post('/api/letters', { ...letterInput(), ...changes });
        expect(answer.status, fault).to.equal(422);
        expect(faultsOf(answer)).to.include(fault);
      }
      const whole = await coordinator.post('/api/letters', letterInput({ municipality: null }));
      expect(faultsOf(whole)).to.deep.equal(['municipality: required']);
      expect(await LetterModel.countDocuments()).to.equal(before);
    });

    it('warns of what may tell who a person is, and saves', async () => {
      const answer = await activist.post('/api/letters', letterInput({ ask: 'Thirrni 044 123 456' }));
      expect(answer.status).to.equal(201);
      expect(answer.body.warnings).to.deep.equal([{ path: ['ask'], code: 'phone' }]);
    });
  });

  describe('A case that waits on an authority', () => {
    it('opens a letter that only those see who see the case', async () => {
      const caseId = await logged(activist);
      const refused = await activist.post('/api/letters', letterInput({ caseId }));
      expect(faultsOf(refused)).to.deep.equal(['caseId: not_waiting_on_authority']);
      await moved(lead, caseId, triage(activist.id));
      await moved(activist, caseId, { move: 'start' });
      await moved(activist, caseId, { move: 'wait', party: 'authority', until: inDays(20) });
      const elsewhere = await coordinator.post('/api/letters', letterInput({ caseId, municipality: 'peja' }));
      expect(faultsOf(elsewhere)).to.deep.equal(['municipality: not_of_this_case']);
      const id = await drafted(activist, { caseId });
      expect((await letterOf(lead, id)).case!.id).to.equal(caseId);
      expect((await activist.get(`/api/letters?case=${caseId}`)).body.data).to.have.length(1);
      const stranger = await server.as('activist', { municipality: 'peja' });
      expect((await stranger.get(`/api/letters/${id}`)).status).to.equal(404);
      expect((await stranger.get(`/api/letters?case=${caseId}`)).body.total).to.equal(0);
    });
  });

  describe('PATCH /api/letters/:id', () => {
    it('changes the words until the letter is sent; a stale change is refused with what stands', async () => {
      const id = await drafted(activist);
      const changed = await activist.patch(`/api/letters/${id}`, {
        version: 1,
        subject: 'Ndryshe',
        body: 'Fjalë të reja',
      });
      expect(changed.body.data).to.include({ subject: 'Ndryshe', body: 'Fjalë të reja', version: 2 });
      const stale = await lead.patch(`/api/letters/${id}`, { version: 1, subject: 'Tjetër' });
      expect(stale.status).to.equal(409);
      expect(stale.body.error).to.deep.include({ code: 'letter.stale' });
      expect(faultsOf(await activist.patch(`/api/letters/${id}`, { version: 2, body: ' ' }))).to.deep.equal([
        'body: required',
      ]);
      expect(faultsOf(await activist.patch(`/api/letters/${id}`, { version: 9, body: 'x' }))).to.deep.equal([
        'version: not_a_version',
      ]);
      await movedLetter(activist, id, send());
      const late = await activist.patch(`/api/letters/${id}`, { version: 3, body: 'Prapë' });
      expect(late.body.error.code).to.equal('letter.sentAlready');
      expect((await letterOf(activist, id)).body).to.equal('Fjalë të reja');
    });

    it('offers the template in another language without saving it', async () => {
      const id = await drafted(activist);
      const { body } = await activist.get(`/api/letters/${id}/template?language=sr`);
      expect(body.data.subject).to.equal('Zahtev za pristup javnim dokumentima');
      expect((await letterOf(activist, id)).version).to.equal(1);
    });
  });

  describe('POST /api/letters/:id/moves', () => {
    it('starts the clock of the rule on sending, lets an extension move it, and ends it with the reply', async () => {
      const on = inDays(-2);
      const id = await drafted(activist);
      const sent = await movedLetter(activist, id, { ...send(on), protocol: '123/26' });
      const { days } = (await coordinator.get('/api/holidays')).body.data.reduce(
        (all: any, year: any) => ({ days: [...all.days, ...year.days.map((one: any) => one.day)] }),
        { days: [] },
      );
      const rule = { days: 7, dayKind: 'calendar' as const, extensionDays: 15 };
      expect(sent.dueOn).to.equal(replyDay(on, rule, false, new Set(days)));
      expect(sent.daysLeft).to.be.greaterThan(3);
      expect(sent).to.include({ protocol: '123/26', way: 'post', silence: 'refusal' });
      const known = await movedLetter(activist, id, { move: 'acknowledge', on: inDays(-1), protocol: 'K-9' });
      expect(known).to.include({ status: 'acknowledged', theirProtocol: 'K-9', dueOn: sent.dueOn });
      const extended = await movedLetter(activist, id, { move: 'extend', on: inDays(0) });
      expect(extended.dueOn).to.equal(replyDay(on, rule, true, new Set(days)));
      expect((await moveLetter(activist, id, { move: 'extend', on: inDays(0) })).body.error.code).to.equal(
        'letter.notFromHere',
      );
      const answered = await movedLetter(activist, id, {
        move: 'answer',
        on: inDays(0),
        summary: 'Po',
        protocol: 'X',
      });
      expect(answered).to.include({ status: 'answered', answeredOn: inDays(0), dueOn: null, summary: 'Po' });
    });

    it('refuses days that cannot be, with code and field, and changes nothing', async () => {
      const id = await sentLetter(activist, {}, inDays(-2));
      const { version } = await letterOf(activist, id);
      const tries: [Record<string, unknown>, string][] = [
        [{ move: 'answer', on: inDays(-3), summary: 'x' }, 'on: before_letter'],
        [{ move: 'refuse', on: inDays(-3), summary: 'x' }, 'on: before_letter'],
        [{ move: 'acknowledge', on: inDays(-3), protocol: 'x' }, 'on: before_letter'],
        [{ move: 'answer', on: inDays(2), summary: 'x' }, 'on: in_the_future'],
        [{ move: 'answer', on: inDays(0), summary: ' ' }, 'summary: required'],
        [{ move: 'withdraw', reason: '' }, 'reason: required'],
      ];
      for (const [input, fault] of tries) {
        const answer = await moveLetter(activist, id, input);
        expect(answer.status, fault).to.equal(422);
        expect(faultsOf(answer)).to.deep.equal([fault]);
      }
      expect((await letterOf(activist, id)).version).to.equal(version);
    });

    it('asks by when a reply is expected where no rule is set', async () => {
      const id = await drafted(activist, { kind: 'meeting' });
      expect(faultsOf(await moveLetter(activist, id, send()))).to.deep.equal(['replyBy: no_reply_rule']);
      const before = await moveLetter(activist, id, { ...send(), replyBy: inDays(-1) });
      expect(faultsOf(before)).to.deep.equal(['replyBy: before_letter']);
      const sent = await movedLetter(activist, id, { ...send(), replyBy: inDays(9) });
      expect(sent).to.include({ dueOn: inDays(9), rule: null });
    });

    it('takes a silence back when the answer is dated in time, and keeps it when it came late', async () => {
      for (const late of [false, true]) {
        const id = await sentLetter(activist, { kind: 'meeting' }, inDays(-40)).catch(async () => {
          const draft = await drafted(activist, { kind: 'meeting' });
          await movedLetter(activist, draft, { ...send(inDays(-40)), replyBy: inDays(-20) });
          return draft;
        });
        await fallSilent();
        const silent = await letterOf(activist, id);
        expect(silent).to.include({ status: 'silent', silentOn: inDays(-19), late: true });
        const on = inDays(late ? -5 : -25);
        const answered = await movedLetter(activist, id, { move: 'answer', on, summary: 'Po' });
        expect(answered.silentOn).to.equal(late ? inDays(-19) : null);
      }
    });

    it('proposes the next rung as a linked draft that nobody sent, up the whole ladder', async () => {
      let id = await sentLetter(activist, {}, inDays(-60));
      const ladder: string[] = [];
      for (;;) {
        await fallSilent();
        const next = newId();
        const answer = await moveLetter(activist, id, { move: 'escalate', id: next });
        if (answer.status === 409) {
          expect(answer.body.error.code).to.equal('letter.notFromHere');
          break;
        }
        expect(answer.status, answer.text).to.equal(200);
        const draft = answer.body.data;
        expect(draft).to.include({ id: next, status: 'to_send', sentOn: null });
        expect(draft.before.id).to.equal(id);
        const before = await letterOf(activist, id);
        expect(before).to.include({ status: 'escalated' });
        expect(before.after!.id).to.equal(next);
        expect(draft.body).to.include(before.reference);
        expect(draft.subject.match(/: /g)).to.have.length(1);
        ladder.push(`${draft.rung} ${draft.institution.pageId}`);
        const again = await activist.post(`/api/letters/${id}/moves`, {
          move: 'escalate',
          id: next,
          version: 1,
        });
        expect(again.body.data.id, 'repeated').to.equal(next);
        await movedLetter(activist, next, send(inDays(-50 + ladder.length)));
        id = next;
      }
      expect(ladder).to.deep.equal([
        'reminder urbanism-ferizaj',
        'higher_authority municipality-ferizaj',
        'independent_body aip',
        'court_or_media urbanism-ferizaj',
      ]);
    });

    it('lets one of two who take the next rung at once do it, and leaves one draft', async () => {
      const id = await sentLetter(activist, {}, inDays(-60));
      await fallSilent();
      const { version } = await letterOf(activist, id);
      const both = await Promise.all(
        [activist, lead].map((one) =>
          one.post(`/api/letters/${id}/moves`, { move: 'escalate', id: newId(), version }),
        ),
      );
      expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      expect(await LetterModel.countDocuments({ before: id })).to.equal(1);
    });
  });

  describe('GET /api/letters/:id/letter.pdf', () => {
    it('prints letterhead, addressee, number and words with all their letters, and no name of a person', async () => {
      const id = await drafted(activist, {
        language: 'sr',
        institutionId: 'mocr',
        ask: 'Ključ: ë ç č ć š ž đ',
      });
      const answer = await fetch(`${server.url}/api/letters/${id}/letter.pdf`, {
        headers: { cookie: activist.cookie },
      });
      expect(answer.headers.get('content-type')).to.equal('application/pdf');
      const { text: layer, info } = await readPdf(new Uint8Array(await answer.arrayBuffer()));
      const text = layer.replace(/\s+/g, ' ');
      const { reference } = await letterOf(activist, id);
      expect(text).to.include('ë ç č ć š ž đ').and.to.include(reference);
      expect(text).to.include('Opštinska kancelarija za zajednice i povratak (OKZP), Opština Uroševac');
      expect(JSON.stringify(info)).to.not.include('Test activist');
      expect(text).to.not.include('Test activist');
    });
  });

  describe('Files of a reply', () => {
    it('are cleaned, named after the letter, opened by who sees it, and removed', async () => {
      const id = await sentLetter(activist);
      const file = newId();
      const added = await activist.send(
        'POST',
        `/api/letters/${id}/files?id=${file}`,
        form(await photo(300, 200)),
      );
      expect(added.status, added.text).to.equal(201);
      const { data } = added.body;
      expect(data.files[0]).to.include({ id: file, name: `${data.reference}-1.jpg`, kind: 'photo' });
      expect(
        (await activist.send('POST', `/api/letters/${id}/files?id=${file}`, form(await photo(9, 9)))).status,
      ).to.equal(200);
      expect((await lead.get(`/api/letters/${id}/files/${file}`)).status).to.equal(200);
      const stranger = await server.as('activist', { municipality: 'peja' });
      expect((await stranger.get(`/api/letters/${id}/files/${file}`)).status).to.equal(404);
      const removed = await activist.delete(`/api/letters/${id}/files/${file}`);
      expect(removed.body.data.files).to.deep.equal([]);
      expect((await lead.get(`/api/letters/${id}/files/${file}`)).status).to.equal(404);
    });

    it('are refused when they can act, and before anything was sent', async () => {
      const id = await sentLetter(activist);
      const bad = await activist.send(
        'POST',
        `/api/letters/${id}/files?id=${newId()}`,
        form(pdf('/OpenAction << /S /JavaScript >>'), 'x.pdf', 'application/pdf'),
      );
      expect(faultsOf(bad)).to.deep.equal(['file: active_pdf']);
      const draft = await drafted(activist);
      const early = await activist.send(
        'POST',
        `/api/letters/${draft}/files?id=${newId()}`,
        form(await photo(9, 9)),
      );
      expect(early.body.error.code).to.equal('letter.notFromHere');
    });
  });

  describe('GET /api/letters', () => {
    it('shows what is late first, in pages without gap or repeat, and counts each group', async () => {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { body } = await coordinator.get(
          `/api/letters?group=waiting&limit=2${cursor && `&cursor=${cursor}`}`,
        );
        seen.push(...body.data.map((row: any) => row.dueOn));
        cursor = body.next ?? '';
      } while (cursor);
      const { groups } = (await coordinator.get('/api/letters')).body;
      expect(seen).to.have.length(groups.waiting);
      expect(seen).to.deep.equal(seen.toSorted());
    });
  });
});
