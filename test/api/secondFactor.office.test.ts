// Duty: the second factor as the office's rule and the administrator's work: who must have one, who takes one away, what is on record, what nobody ever reads.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { clock } from '../../server/clock.ts';
import { AttemptsModel } from '../../server/features/directory/signInLimits.model.ts';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { factorSeals } from '../../server/features/identities/factorSeals.ts';
import { vaultSource } from '../../server/features/identities/vaultKeys.ts';
import { rotateVault } from '../../server/features/identities/vaultRotation.ts';
import { newId } from '../../shared/api.ts';
import type { Role } from '../../shared/directory.ts';
import { auditEntries } from '../support/audit.ts';
import { codeOn, giveCode, halfway, nextStep, withPhone, wrongCode } from '../support/factor.ts';
import { listenToLog } from '../support/logLines.ts';
import { emptyOutbox, mailTo, readOutbox } from '../support/outbox.ts';
import { faultsOf, type Person, startTestServer, type TestServer, testPassword } from '../support/server.ts';

const codeOf = ({ status, body }: { status: number; body: any }) => `${status} ${body?.error?.code}`;
const refusedSocket = (person: Person) =>
  person.socket().then(
    () => null,
    (error: Error) => error.message,
  );

describe('The second factor in an office', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });
  beforeEach(async () => {
    clock.stopAt(new Date());
    await AttemptsModel.deleteMany({});
  });

  describe('POST /api/users/:id/second-factor-reset', () => {
    const reset = (by: Person, id: string, body: object = { reason: 'phone_lost' }) =>
      by.post(`/api/users/${id}/second-factor-reset`, body);

    it('ends every session, tells the person in their language, is on record and shown', async () => {
      emptyOutbox(server.env.DATA_DIR);
      const administrator = await server.as('administrator');
      const person = await server.as('activist');
      await UserModel.updateOne({ _id: person.id }, { language: 'sr' });
      const { email, key } = await withPhone(person);
      const waiting = await halfway(server, email);
      const socket = await person.socket();
      const gone = new Promise((resolve) => socket.once('disconnect', resolve));
      const listed = async () =>
        (await administrator.get('/api/users')).body.data.find(({ id }: { id: string }) => id === person.id);
      expect(await listed()).to.include({ secondFactorReset: null, secondFactorOwed: false });
      expect((await listed()).secondFactorSince).to.be.a('string');

      expect(faultsOf(await reset(administrator, person.id, {}))).to.deep.equal(['reason: required']);
      expect((await reset(administrator, person.id, { reason: 'because' })).status).to.equal(422);
      const answer = await reset(administrator, person.id);
      expect(answer.status, answer.text).to.equal(200);
      expect(answer.body.abilities.resetSecondFactor).to.equal(false);
      await gone;
      expect((await person.get('/api/me')).status).to.equal(401);
      nextStep();
      expect(codeOf(await giveCode(waiting, codeOn(key)))).to.equal('401 secondFactor.expired');
      expect(await listed()).to.deep.include({ secondFactorSince: null });
      expect((await listed()).secondFactorReset.reason).to.equal('phone_lost');
      expect(
        (await server.stranger().post('/api/session', { email, password: testPassword })).status,
      ).to.equal(200);
      expect(
        readOutbox(server.env.DATA_DIR)
          .filter(({ to }) => to === email)
          .map(({ subject }) => subject),
      ).to.include('Vaš drugi faktor je uklonjen');
      const entry = (await auditEntries()).find(
        ({ route, status }) => route === 'POST /api/users/:id/second-factor-reset' && status === 200,
      );
      expect(entry).to.deep.include({ by: administrator.id, ids: [person.id], about: ['phone_lost'] });
      expect(codeOf(await reset(administrator, person.id))).to.equal('409 secondFactor.off');
      expect(codeOf(await reset(administrator, newId()))).to.equal('404 notFound');
    });

    it('is no administrator’s own way out, and nobody else’s at all', async () => {
      const administrator = await server.as('administrator');
      await withPhone(administrator);
      expect(codeOf(await reset(administrator, administrator.id))).to.equal('409 secondFactor.own');
      for (const role of ['activist', 'team_lead', 'cso_member', 'coordinator', 'funder'] as const)
        expect((await reset(await server.as(role), administrator.id)).status, role).to.equal(403);
      expect((await reset(server.stranger(), administrator.id)).status).to.equal(401);
      expect((await administrator.get('/api/me')).body.data.secondFactor.since).to.be.a('string');
    });
  });

  describe('SECOND_FACTOR=required', () => {
    let strict: TestServer;
    before(async () => {
      await server.stop();
      strict = await startTestServer({ SECOND_FACTOR: 'required' });
    });
    after(async () => {
      await strict.stop();
      server = await startTestServer();
    });

    it('opens nothing to coordinators, administrators and members of partners but setting it up', async () => {
      const open = [
        'get /api/me',
        'patch /api/me',
        'post /api/me/second-factor',
        'post /api/me/second-factor/confirm',
        'delete /api/session',
      ];
      for (const role of ['coordinator', 'administrator', 'cso_member'] as const) {
        const person = await strict.as(role);
        expect((await person.get('/api/me')).body.data.secondFactor).to.include({
          required: true,
          since: null,
        });
        for (const [at, { method, path, access }] of strict.app.endpoints.entries()) {
          // All for one role; the others pass the same gate.
          if (role !== 'coordinator' && at % 20 > 0) continue;
          const name = `${method} ${path}`;
          if (access === 'public' || open.includes(name)) continue;
          const address = path.replace(/:[a-zA-Z]+/g, newId());
          const body = method === 'get' || method === 'delete' ? undefined : {};
          const answer = await person.send(method.toUpperCase(), address, body);
          expect(codeOf(answer), `${role}: ${name}`).to.equal('403 secondFactor.needed');
        }
        expect(await refusedSocket(person)).to.equal('signIn.needed');
        const { email, key } = await withPhone(person);
        expect((await person.get('/api/sessions')).status).to.equal(200);
        await person.socket();
        nextStep();
        const later = await halfway(strict, email);
        expect((await giveCode(later, codeOn(key))).status).to.equal(200);
        expect((await later.get('/api/notifications')).status).to.equal(200);
        nextStep();
        const off = await later.send('DELETE', '/api/me/second-factor', {
          password: testPassword,
          code: codeOn(key),
        });
        expect(off.status).to.equal(204);
        expect(codeOf(await later.get('/api/notifications'))).to.equal('403 secondFactor.needed');
      }
      const refusals = (await auditEntries()).filter(({ code }) => code === 'secondFactor.needed');
      expect(new Set(refusals.map(({ role }) => role))).to.deep.equal(
        new Set<Role>(['coordinator', 'administrator', 'cso_member']),
      );
    }).timeout(60_000);

    it('leaves the others alone, until they are given such a role', async () => {
      const administrator = await strict.as('administrator');
      await withPhone(administrator);
      const person = await strict.as('activist');
      const socket = await person.socket();
      const gone = new Promise((resolve) => socket.once('disconnect', resolve));
      expect((await person.get('/api/cases')).status).to.equal(200);
      const { body } = await administrator.get('/api/users');
      const { name, language, version } = body.data.find(({ id }: { id: string }) => id === person.id);
      const changed = await administrator.patch(`/api/users/${person.id}`, {
        ...{ name, language, version, active: true },
        ...{ role: 'coordinator', municipality: null, organisation: null },
      });
      expect(changed.status, changed.text).to.equal(200);
      expect(changed.body.data.secondFactorOwed).to.equal(true);
      await gone;
      expect(codeOf(await person.get('/api/cases'))).to.equal('403 secondFactor.needed');
      expect(await refusedSocket(person)).to.equal('signIn.needed');
      expect((await person.delete('/api/session')).status).to.equal(204);
    });
  });

  it('keeps key and recovery codes out of every answer, the log, the mails and the database', async () => {
    const { lines, silence } = listenToLog();
    emptyOutbox(server.env.DATA_DIR);
    const person = await server.as('administrator');
    const { email, key, recovery } = await withPhone(person);
    nextStep();
    const visitor = await halfway(server, email);
    await giveCode(visitor, wrongCode(key));
    await giveCode(visitor, recovery[0]!);
    nextStep();
    await person.post('/api/me/second-factor/recovery-codes', {
      password: testPassword,
      code: wrongCode(key),
    });
    const secrets = [
      key,
      key.toLowerCase(),
      ...recovery,
      ...recovery.map((code) => code.replace(/(.{4})(?=.)/g, '$1-')),
    ];
    const told: string[] = [...lines];
    for (const { method, path } of server.app.endpoints) {
      // Setting it up anew is the one place that tells a key, and a new one.
      if (/^\/api\/(session|sessions|me\/)/.test(path) && method !== 'get') continue;
      const address = path.replace(/:token/g, 'x'.repeat(43)).replace(/:[a-zA-Z]+/g, person.id);
      const body = method === 'get' || method === 'delete' ? undefined : {};
      told.push((await person.send(method.toUpperCase(), address, body)).text);
    }
    silence();
    told.push(JSON.stringify(await auditEntries()));
    told.push(...readOutbox(server.env.DATA_DIR).map(({ text, subject }) => subject + text));
    const database = mongoose.connection.db!;
    for (const { name } of await database.listCollections().toArray())
      told.push(JSON.stringify(await database.collection(name).find().toArray()));
    for (const text of told)
      for (const secret of secrets) expect(text.includes(secret), text.slice(0, 80)).to.equal(false);

    const kept = (await UserModel.findOne({ email }).lean())!.secondFactor!;
    expect(factorSeals.unseal(person.id, 'secondFactor', kept.secret)).to.equal(key);
    const other = await server.as('activist');
    expect(() => factorSeals.unseal(other.id, 'secondFactor', kept.secret), 'moved to another').to.throw();
    const route = 'POST /api/session/second-factor';
    const entries = (await auditEntries()).filter((entry) => entry.route === route);
    expect(entries.map(({ status, code, ids, about }) => ({ status, code, ids, about }))).to.deep.equal([
      { status: 401, code: 'secondFactor.wrong', ids: [person.id], about: [] },
      { status: 200, code: null, ids: [person.id], about: ['recovery_code'] },
    ]);
  }).timeout(30_000);

  it('signs in after the vault’s key was changed', async () => {
    const person = await server.as('coordinator');
    const { email, key, recovery } = await withPhone(person);
    const boxOf = async () => (await UserModel.findOne({ email }).lean())!.secondFactor!.secret.box;
    const before = await boxOf();
    const { done } = await rotateVault(vaultSource(server.env), 0);
    expect(done).to.equal(true);
    expect(await boxOf()).not.to.equal(before);
    nextStep();
    expect((await giveCode(await halfway(server, email), codeOn(key))).status).to.equal(200);
    expect((await giveCode(await halfway(server, email), recovery[0]!)).status).to.equal(200);
    expect(await mailTo(server.env.DATA_DIR, email)).to.not.equal(undefined);
  });
});
