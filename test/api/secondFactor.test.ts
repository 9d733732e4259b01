// Duty: signing in with a second factor: what is asked, what is taken once, what half a sign-in opens, and how guessing is slowed down.
import { expect } from 'chai';
import { clock } from '../../server/clock.ts';
import { AttemptsModel } from '../../server/features/directory/signInLimits.model.ts';
import { forgetPasswordFailures } from '../../server/features/directory/signInLimits.ts';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { newId } from '../../shared/api.ts';
import { codeOn, giveCode, halfway, nextStep, type Phone, withPhone, wrongCode } from '../support/factor.ts';
import { emptyOutbox, mailTo, readOutbox } from '../support/outbox.ts';
import { faultsOf, type Person, startTestServer, type TestServer, testPassword } from '../support/server.ts';

describe('The second factor', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ TRUST_PROXY: '1' });
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });
  beforeEach(async () => {
    clock.stopAt(new Date());
    await AttemptsModel.deleteMany({});
  });

  async function owner(): Promise<Phone & { person: Person }> {
    const person = await server.as('coordinator');
    const phone = await withPhone(person);
    nextStep();
    return { ...phone, person };
  }
  const from = (address: string) => ({ 'X-Forwarded-For': address });

  describe('POST /api/me/second-factor', () => {
    it('asks for the password, and for a code before anything changes', async () => {
      const person = await server.as('activist');
      const refused = await person.post('/api/me/second-factor', { password: 'not this one' });
      expect(refused.status).to.equal(422);
      expect(faultsOf(refused)).to.deep.equal(['password: wrong']);
      const begun = await person.post('/api/me/second-factor', { password: testPassword });
      const { key, address } = begun.body.data;
      expect(key).to.match(/^[A-Z2-7]{32}$/);
      expect(address)
        .to.match(/^otpauth:\/\/totp\/KOSINT%20Tracker:/)
        .and.include(`secret=${key}`);
      const wrong = await person.post('/api/me/second-factor/confirm', { code: wrongCode(key) });
      expect(faultsOf(wrong)).to.deep.equal(['code: wrong_code']);
      expect((await person.get('/api/me')).body.data.secondFactor).to.deep.equal({
        since: null,
        recoveryCodesLeft: 0,
        required: false,
      });
      const { email } = (await person.get('/api/me')).body.data;
      expect(
        (await server.stranger().post('/api/session', { email, password: testPassword })).status,
      ).to.equal(200);
    });

    it('turned on, tells ten codes once, ends the other sessions, tells the owner, and is on once', async () => {
      emptyOutbox(server.env.DATA_DIR);
      const person = await server.as('activist');
      const { email } = (await person.get('/api/me')).body.data;
      const elsewhere = server.stranger();
      await elsewhere.post('/api/session', { email, password: testPassword });
      const socket = await elsewhere.socket();
      const gone = new Promise((resolve) => socket.once('disconnect', resolve));
      const { recovery } = await withPhone(person);
      await gone;
      expect(new Set(recovery).size).to.equal(10);
      for (const code of recovery) expect(code).to.match(/^[2-9a-hjkmnp-z]{12}$/);
      expect((await elsewhere.get('/api/me')).status).to.equal(401);
      expect((await person.get('/api/me')).body.data.secondFactor).to.include({ recoveryCodesLeft: 10 });
      expect((await mailTo(server.env.DATA_DIR, email))!.subject).to.equal('Second factor turned on');
      const again = await person.post('/api/me/second-factor', { password: testPassword });
      expect([again.status, again.body.error.code]).to.deep.equal([409, 'secondFactor.on']);
    });

    it('forgets a key that nobody confirmed within the hour', async () => {
      const person = await server.as('activist');
      const { key } = (await person.post('/api/me/second-factor', { password: testPassword })).body.data;
      nextStep(121);
      const late = await person.post('/api/me/second-factor/confirm', { code: codeOn(key) });
      expect(late.body.error.code).to.equal('secondFactor.notBegun');
    });
  });

  describe('DELETE /api/me/second-factor and POST /api/me/second-factor/recovery-codes', () => {
    it('ask for password and code, and take each code once', async () => {
      const { person, key, email } = await owner();
      const doors: [string, string][] = [
        ['POST', '/api/me/second-factor/recovery-codes'],
        ['DELETE', '/api/me/second-factor'],
      ];
      for (const [method, path] of doors) {
        nextStep();
        const good = { password: testPassword, code: codeOn(key) };
        expect(
          faultsOf(await person.send(method, path, { ...good, password: 'not this one' })),
        ).to.deep.equal(['password: wrong']);
        expect(faultsOf(await person.send(method, path, { ...good, code: wrongCode(key) }))).to.deep.equal([
          'code: wrong_code',
        ]);
        expect(faultsOf(await person.send(method, path, { password: testPassword }))).to.deep.equal([
          'code: required',
        ]);
        expect((await person.send(method, path, good)).status).to.be.oneOf([200, 204]);
        const again = await person.send(method, path, good);
        expect(again.status).to.be.oneOf([409, 422]);
      }
      expect((await person.get('/api/me')).body.data.secondFactor.since).to.equal(null);
      expect(
        (await server.stranger().post('/api/session', { email, password: testPassword })).status,
      ).to.equal(200);
    });

    it('new recovery codes end the old ones', async () => {
      const { person, key, email, recovery } = await owner();
      const answer = await person.post('/api/me/second-factor/recovery-codes', {
        password: testPassword,
        code: recovery[0],
      });
      expect(answer.status, 'a recovery code proves it, too').to.equal(200);
      const visitor = await halfway(server, email);
      expect((await giveCode(visitor, recovery[1]!)).status).to.equal(401);
      expect((await giveCode(visitor, answer.body.data.codes[9])).status).to.equal(200);
      expect(codeOn(key)).to.match(/^\d{6}$/);
    });
  });

  describe('POST /api/session/second-factor', () => {
    it('takes the code of now and of one step to either side, with spaces, under a new session id', async () => {
      const { email, key } = await owner();
      nextStep(5);
      for (const [steps, status] of [
        [-2, 401],
        [2, 401],
        [-1, 200],
        [0, 200],
        [1, 200],
      ] as const) {
        const visitor = await halfway(server, email);
        const before = visitor.cookie;
        const code = codeOn(key, steps);
        const answer = await giveCode(visitor, ` ${code.slice(0, 3)} ${code.slice(3)} `);
        expect(answer.status, `${steps} steps`).to.equal(status);
        if (status !== 200) continue;
        expect(answer.body.data.email).to.equal(email);
        expect(visitor.cookie).not.to.equal(before);
        const planted = server.stranger();
        planted.cookie = before;
        expect((await planted.get('/api/me')).status).to.equal(401);
        expect((await giveCode(planted, codeOn(key, 1))).body.error.code).to.equal('secondFactor.expired');
      }
    });

    it('takes a code once, and none of an earlier step after it', async () => {
      const { email, key } = await owner();
      const code = codeOn(key);
      expect((await giveCode(await halfway(server, email), code)).status).to.equal(200);
      for (const used of [code, codeOn(key, -1)]) {
        const answer = await giveCode(await halfway(server, email), used);
        expect(answer.status).to.equal(401);
        expect(answer.body.error.code).to.equal('secondFactor.wrong');
        expect(faultsOf(answer)).to.deep.equal(['code: wrong_code']);
      }
    });

    it('of many who bring the same code at once, lets in exactly one', async () => {
      const { email, key, recovery } = await owner();
      for (const code of [codeOn(key), recovery[3]!]) {
        await AttemptsModel.deleteMany({});
        const crowd = await Promise.all(Array.from({ length: 4 }, () => halfway(server, email)));
        const answers = await Promise.all(crowd.map((one) => giveCode(one, code)));
        expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 401, 401, 401]);
      }
    });

    it('takes a recovery code once, however it is typed, and tells the owner', async () => {
      emptyOutbox(server.env.DATA_DIR);
      const { email, recovery } = await owner();
      const typed = recovery[0]!.toUpperCase().replace(/(.{4})(?=.)/g, '$1-');
      const person = await halfway(server, email);
      expect((await giveCode(person, typed)).status).to.equal(200);
      expect((await person.get('/api/me')).body.data.secondFactor.recoveryCodesLeft).to.equal(9);
      expect((await giveCode(await halfway(server, email), typed)).status).to.equal(401);
      expect(readOutbox(server.env.DATA_DIR).map(({ subject }) => subject)).to.include(
        'A recovery code was used',
      );
    });

    it('waits ten minutes, and for nobody whose password changed, whose access ended or who never began', async () => {
      const { email, key } = await owner();
      const late = await halfway(server, email);
      expect((await late.get('/api/session')).body.data.secondFactor).to.equal('asked');
      nextStep(20);
      expect((await late.get('/api/session')).body.data.secondFactor).to.equal(null);
      const expired = await giveCode(late, codeOn(key));
      expect([expired.status, expired.body.error.code]).to.deep.equal([401, 'secondFactor.expired']);

      const outdated = await halfway(server, email);
      await UserModel.updateOne({ email }, { $inc: { sessionEpoch: 1 } });
      expect((await giveCode(outdated, codeOn(key))).body.error.code).to.equal('secondFactor.expired');
      const retired = await halfway(server, email);
      await UserModel.updateOne({ email }, { active: false });
      expect((await giveCode(retired, codeOn(key))).body.error.code).to.equal('secondFactor.expired');
      expect((await giveCode(server.stranger(), codeOn(key))).body.error.code).to.equal(
        'secondFactor.expired',
      );
    });

    it('tells what is no code at all without counting it', async () => {
      const { email, key } = await owner();
      const person = await halfway(server, email);
      for (const code of ['', '12345', '1234567', 'öäü', 'x'.repeat(61), '１２３４５６'])
        expect((await giveCode(person, code)).status, code).to.equal(422);
      expect((await giveCode(person, codeOn(key))).status).to.equal(200);
    });

    it('is slowed down after five wrong ones, for strangers together; a known device and the password alone are not', async () => {
      emptyOutbox(server.env.DATA_DIR);
      const { email, key } = await owner();
      const home = from('198.51.100.7');
      const known = await halfway(server, email, home);
      expect((await giveCode(known, codeOn(key), home)).status).to.equal(200);
      nextStep();
      for (let at = 0; at < 6; at += 1) {
        const place = from(`203.0.113.${at}`);
        const answer = await giveCode(await halfway(server, email, place), wrongCode(key), place);
        expect(answer.status).to.equal(401);
      }
      for (const code of [wrongCode(key), codeOn(key)]) {
        const place = from('203.0.113.99');
        const answer = await giveCode(await halfway(server, email, place), code, place);
        expect([answer.status, answer.body.error.code]).to.deep.equal([429, 'secondFactor.locked']);
        expect(Number(answer.headers.get('retry-after'))).to.be.within(1, 30);
      }
      const warning = (await mailTo(server.env.DATA_DIR, email))!;
      expect(readOutbox(server.env.DATA_DIR).map(({ subject }) => subject)).to.include(
        'Somebody knows your password',
      );
      expect(warning.text).not.to.include(key);

      // Whoever reads somebody's mail gets no further guesses by a new password.
      await forgetPasswordFailures(email);
      const place = from('203.0.113.100');
      expect((await giveCode(await halfway(server, email, place), codeOn(key), place)).status).to.equal(429);
      expect((await giveCode(await halfway(server, email, home), codeOn(key), home)).status).to.equal(200);

      nextStep();
      const administrator = await server.as('administrator');
      const { _id } = (await UserModel.findOne({ email }).lean())!;
      const page = await administrator.post(`/api/users/${_id}/unlock`);
      expect(page.body.data.lockedUntil).to.equal(null);
      expect((await giveCode(await halfway(server, email, place), codeOn(key), place)).status).to.equal(200);
    });
  });

  it('half a sign-in opens nothing: no endpoint, no socket, no earlier session', async () => {
    const { email, key } = await owner();
    const visitor = await halfway(server, email);
    const stranger = server.stranger();
    const own = ['/api/session', '/api/session/second-factor'];
    for (const { method, path, access } of server.app.endpoints) {
      if (own.includes(path)) continue;
      const address = path.replace(/:token/g, 'x'.repeat(43)).replace(/:[a-zA-Z]+/g, newId());
      const body = method === 'get' || method === 'delete' ? undefined : {};
      const [theirs, anybodys] = [
        await visitor.send(method.toUpperCase(), address, body),
        await stranger.send(method.toUpperCase(), address, body),
      ];
      const what = `${method} ${path}`;
      if (access === 'signedIn') expect(theirs.status, what).to.equal(401);
      else expect(theirs.status, what).to.equal(anybodys.status);
    }
    const refused = await visitor.socket().then(
      () => null,
      (error: Error) => error.message,
    );
    expect(refused).to.equal('signIn.needed');
    // Signing in again ends what was open in this browser, code or not.
    const person = await server.as('coordinator');
    const before = person.cookie;
    await person.post('/api/session', { email, password: testPassword });
    const old = server.stranger();
    old.cookie = before;
    expect((await old.get('/api/me')).status).to.equal(401);
    expect((await giveCode(visitor, codeOn(key))).status).to.equal(200);
    expect((await visitor.get('/api/me')).status).to.equal(200);
  }).timeout(30_000);

  it('is told by nothing to whoever lacks the password', async () => {
    const { email } = await owner();
    const plain = await server.as('coordinator');
    const without = (await plain.get('/api/me')).body.data.email;
    const told = new Set<string>();
    for (const tried of [email, without, `nobody-${newId()}@example.org`]) {
      const visitor = server.stranger();
      for (const [path, body] of [
        ['/api/session', { email: tried, password: 'wrong password, surely' }],
        ['/api/session/second-factor', { code: '123456' }],
        ['/api/password-resets', { email: tried }],
      ] as const) {
        const { status, body: answer, headers } = await visitor.post(path, body);
        told.add(JSON.stringify([path, status, answer?.error?.code, headers.has('set-cookie') && path]));
      }
    }
    expect([...told]).to.have.length(3);
  });

  it('stays on through a new password, and asks on', async () => {
    const { person, email } = await owner();
    const password = 'quiet lantern orchard seven';
    const changed = await person.post('/api/me/password', { current: testPassword, password });
    expect(changed.status).to.equal(200);
    const answer = await server.stranger().post('/api/session', { email, password });
    expect(answer.status).to.equal(202);
  });
});
