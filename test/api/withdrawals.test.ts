// Duty: prove what a withdrawal ends, whom it tells, and what its receipt proves.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { clock } from '../../server/clock.ts';
import {
  completeWithdrawals,
  onConsentWithdrawn,
  type Withdrawal,
} from '../../server/features/identities/consents.commands.ts';
import { ConsentModel } from '../../server/features/identities/consents.model.ts';
import { liveConsentFor } from '../../server/features/identities/consents.queries.ts';
import { withdrawalHash, withdrawalReceiptOf } from '../../server/features/identities/withdrawalReceipts.ts';
import { openReceipts } from '../../server/receiptCodes.ts';
import { en } from '../../shared/i18n/en/index.ts';
import { sq } from '../../shared/i18n/sq/index.ts';
import { sr } from '../../shared/i18n/sr/index.ts';
import { inDays, logged, pageOf } from '../support/cases.ts';
import { consentCast, consentInput, consentsOf, give, toPartner, withdraw } from '../support/consents.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let activist: Person;
let lead: Person;
let coordinator: Person;
let stranger: Person;
let organisation: string;
let partner: Person;

describe('Withdrawing consent', () => {
  before(async () => {
    server = await startTestServer();
    ({ activist, lead, coordinator, stranger, organisation, partner } = await consentCast(server));
  });
  after(() => server.stop());
  afterEach(() => clock.stopAt(null));

  describe('POST /api/cases/:id/consents/withdraw', () => {
    it('in one action, without a reason, ends all, tells every listener, and shows the receipt', async () => {
      const id = await logged(activist);
      await give(activist, id);
      await give(activist, id, toPartner(organisation));
      const told: Withdrawal[] = [];
      const leave = onConsentWithdrawn(async (withdrawal) => {
        expect(await liveConsentFor(withdrawal.caseId, withdrawal.purpose, withdrawal.recipient)).to.equal(
          null,
        );
        told.push(withdrawal);
      });
      const answer = await withdraw(activist, id);
      leave();
      expect(answer.status).to.equal(200);
      expect(answer.body.data.withdrawn).to.have.length(2);
      expect(answer.body.data.receipt).to.match(/^\d{16}$/);
      expect(told.map(({ purpose, recipient }) => [purpose, recipient])).to.have.deep.members([
        ['case_work', null],
        ['referral', organisation],
      ]);
      const dump = JSON.stringify(await mongoose.connection.collection('consents').find().toArray());
      expect(dump).to.not.include(answer.body.data.receipt);
      const again = await withdraw(activist, id);
      // A lost answer loses no paper; nobody but who wrote it down is given the code.
      expect(again.body.data).to.deep.equal({ withdrawn: [], receipt: answer.body.data.receipt });
      expect((await withdraw(lead, id)).body.data).to.deep.equal({ withdrawn: [], receipt: null });
      for (const [words, once, again] of [
        [en, 'only now', 'once more'],
        [sr, 'samo sada', 'još jednom'],
        [sq, 'vetëm tani', 'edhe një herë'],
      ] as const)
        expect(words['consent.receipt.about']).to.include(again).and.not.include(once);
      // Help is not refused: the case is where it was.
      expect((await pageOf(activist, id)).status).to.equal('new');
    });

    it('of one consent leaves the others live', async () => {
      const id = await logged(activist);
      await give(activist, id, { purpose: 'photo' });
      await give(activist, id, { purpose: 'statistics' });
      const photo = (await consentsOf(activist, id)).data.consents.find(
        (row: { purpose: string }) => row.purpose === 'photo',
      );
      await withdraw(activist, id, { consent: photo.id });
      expect(await liveConsentFor(id, 'photo')).to.equal(null);
      expect(await liveConsentFor(id, 'statistics')).to.not.equal(null);
    });

    it('by an older paper of the same purpose ends the newest too', async () => {
      const id = await logged(activist);
      const older = consentInput(activist.id, { purpose: 'photo' });
      await activist.post(`/api/cases/${id}/consents`, older);
      await give(activist, id, { purpose: 'photo' });
      await withdraw(activist, id, { consent: older.id });
      expect(await liveConsentFor(id, 'photo')).to.equal(null);
    });

    it('is not undone by a consent that was given before it and typed in after', async () => {
      const id = await logged(activist);
      await give(activist, id, { purpose: 'photo', givenOn: inDays(-5) });
      await withdraw(activist, id);
      const late = await give(activist, id, { purpose: 'photo', givenOn: inDays(-3) });
      expect([late.status, late.body.error.code]).to.deep.equal([409, 'consent.withdrawnSince']);
      expect(await liveConsentFor(id, 'photo')).to.equal(null);
      expect((await give(activist, id, { purpose: 'photo', givenOn: inDays(0) })).status).to.equal(201);
    });

    it('stands although a listener fails, and is completed later', async () => {
      const id = await logged(activist);
      await give(activist, id);
      let healthy = false;
      let told = 0;
      const leave = onConsentWithdrawn(async ({ caseId }) => {
        if (caseId !== id) return;
        if (!healthy) throw new Error('not yet');
        told += 1;
      });
      expect((await withdraw(activist, id)).status).to.equal(200);
      expect(await liveConsentFor(id, 'case_work')).to.equal(null);
      expect(await completeWithdrawals()).to.equal(1);
      healthy = true;
      expect(await completeWithdrawals()).to.equal(1);
      expect(told).to.equal(1);
      expect(await completeWithdrawals()).to.equal(0);
      leave();
    });

    it('takes a consent of another case for unknown', async () => {
      const [id, other] = [await logged(activist), await logged(activist)];
      const input = consentInput(activist.id);
      await activist.post(`/api/cases/${other}/consents`, input);
      expect((await withdraw(activist, id, { consent: input.id })).status).to.equal(404);
      expect(await liveConsentFor(other, 'case_work')).to.not.equal(null);
      for (const person of [stranger, partner]) expect((await withdraw(person, other)).status).to.equal(404);
    });

    it('happens with the move that a person withdraws their case', async () => {
      const id = await logged(activist);
      await give(activist, id);
      const { version } = await pageOf(activist, id);
      const { body } = await activist.post(`/api/cases/${id}/moves`, { move: 'withdraw', version });
      expect(await liveConsentFor(id, 'case_work')).to.equal(null);
      expect(body.data.status).to.equal('closed');
      const proof = await lead.post('/api/withdrawal-receipts/check', { code: body.receipt });
      expect(proof.body.data).to.deep.include({
        caseId: id,
        consents: [{ purpose: 'case_work', recipient: null }],
      });
    });

    it('hands out a code that is keyed: another secret makes another, and does not know this one', async () => {
      const id = await logged(activist);
      await give(activist, id);
      const { receipt } = (await withdraw(activist, id)).body.data;
      const [consent] = await ConsentModel.find({ caseId: id }).lean();
      openReceipts('another secret of thirty-two signs.');
      try {
        expect(withdrawalReceiptOf([consent!._id])).to.not.equal(receipt);
        expect(withdrawalHash(receipt)).to.not.equal(consent!.receiptHash);
        expect((await lead.post('/api/withdrawal-receipts/check', { code: receipt })).status).to.equal(404);
      } finally {
        openReceipts(server.env.RECEIPT_SECRET);
      }
      expect((await lead.post('/api/withdrawal-receipts/check', { code: receipt })).status).to.equal(200);
    });

    it('is heard live by the team and the coordinator, by ids alone, and by nobody else', async () => {
      const id = await logged(activist);
      const input = consentInput(activist.id, toPartner(organisation));
      await activist.post(`/api/cases/${id}/consents`, input);
      const heard: unknown[] = [];
      const overheard: unknown[] = [];
      const sockets = [
        await lead.socket(),
        await coordinator.socket(),
        await stranger.socket(),
        await partner.socket(),
      ];
      for (const [at, socket] of sockets.entries())
        socket.on('change', (...change) => (at < 2 ? heard : overheard).push(change));
      await withdraw(activist, id);
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (const socket of sockets) socket.disconnect();
      const change = ['consent.withdrawn', { id: input.id, caseId: id, version: 2, actor: activist.id }];
      expect(heard).to.deep.equal([change, change]);
      expect(overheard).to.deep.equal([]);
    });
  });

  describe('POST /api/withdrawal-receipts/check', () => {
    it('proves a withdrawal to who may see the case, and is 404 for everybody and everything else', async () => {
      const id = await logged(activist);
      await give(activist, id, toPartner(organisation));
      const { receipt } = (await withdraw(activist, id)).body.data;
      const spaced = receipt.replace(/(\d{4})(?=\d)/g, '$1 ');
      const proof = await lead.post('/api/withdrawal-receipts/check', { code: spaced });
      expect(proof.status).to.equal(200);
      expect(proof.body.data).to.deep.include({ caseId: id });
      expect(proof.body.data.consents[0]).to.deep.include({ purpose: 'referral' });
      expect((await stranger.post('/api/withdrawal-receipts/check', { code: receipt })).status).to.equal(404);
      expect((await lead.post('/api/withdrawal-receipts/check', { code: '0'.repeat(16) })).status).to.equal(
        404,
      );
      expect((await lead.post('/api/withdrawal-receipts/check', { code: 'abc' })).status).to.equal(422);
    });
  });
});
