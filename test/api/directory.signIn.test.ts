// Duty: signing in and being slowed down: cookies, fixation, what an answer betrays, guessing from one place and from many.
import { expect } from 'chai';
import { hashPassword } from '../../server/features/directory/passwords.ts';
import { AttemptsModel } from '../../server/features/directory/signInLimits.model.ts';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { newId } from '../../shared/api.ts';
import {
  type Person,
  type Reply,
  startTestServer,
  type TestServer,
  testPassword,
} from '../support/server.ts';

const cookieOf = (answer: Reply, name: string) =>
  answer.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));

describe('POST /api/session', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ TRUST_PROXY: '1' });
  });
  after(() => server.stop());
  beforeEach(() => AttemptsModel.deleteMany({}));

  const emailOf = async (person: Person) => (await UserModel.findById(person.id))!.email;
  /** A browser at that address, with the device cookie it may have got before. */
  const tryFrom = (address: string, email: string, password: string, device = '') =>
    server
      .stranger()
      .send('POST', '/api/session', { email, password }, { 'X-Forwarded-For': address, Cookie: device });
  async function newcomer(): Promise<{ email: string; id: string }> {
    const person = await server.as('activist');
    return { email: await emailOf(person), id: person.id };
  }

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const { email } = await newcomer();
    const answer = await tryFrom('198.51.100.1', email, testPassword);
    const session = cookieOf(answer, 'kosint.sid')!;
    expect(session)
      .to.match(/; HttpOnly/i)
      .and.match(/; SameSite=Lax/i)
      .and.match(/; Path=\//i);
    expect(session).not.to.match(/Domain=|Expires=|Max-Age=/i);
    expect(answer.headers.get('cache-control')).to.equal('no-store');
  });

  it('behind https, marks the cookies secure', async () => {
    const secure = await startTestServer({ TRUST_PROXY: '1', PUBLIC_URL: 'https://tracker.example.org' });
    try {
      const id = newId();
      const email = `secure-${id}@example.org`;
      await UserModel.create({
        _id: id,
        email,
        name: 'Secure',
        role: 'coordinator',
        language: 'en',
        passwordHash: await hashPassword(testPassword),
        invitedAt: new Date(),
        joinedAt: new Date(),
      });
      const answer = await secure
        .stranger()
        .send('POST', '/api/session', { email, password: testPassword }, { 'X-Forwarded-Proto': 'https' });
      expect(answer.status).to.equal(200);
      for (const name of ['kosint.sid', 'kosint.device'])
        expect(cookieOf(answer, name)).to.match(/; Secure/i);
      expect(answer.headers.get('strict-transport-security')).to.contain('max-age=');
    } finally {
      await secure.stop();
    }
    await server.stop();
    server = await startTestServer({ TRUST_PROXY: '1' });
  });

  it('begins a new session, so that an id planted before is worthless', async () => {
    const { email } = await newcomer();
    const person = server.stranger();
    await person.post('/api/session', { email, password: testPassword });
    const first = person.cookie;
    await person.post('/api/session', { email, password: testPassword });
    expect(person.cookie).not.to.equal(first);
    const planted = server.stranger();
    planted.cookie = first;
    expect((await planted.get('/api/me')).status).to.equal(401);
    expect((await person.get('/api/me')).status).to.equal(200);
  });

  it('answers in the same words, whatever is wrong, and does the same work', async () => {
    const { email, id } = await newcomer();
    const retired = await newcomer();
    await UserModel.updateOne({ _id: retired.id }, { active: false });
    const invited = `invited-${newId()}@example.org`;
    await UserModel.create({
      _id: newId(),
      email: invited,
      name: 'Invited',
      role: 'funder',
      language: 'en',
      invitedAt: new Date(),
    });
    const bodies = new Set<string>();
    const took = new Map<string, number>();
    for (const tried of [email, retired.email, invited, `nobody-${id}@example.org`]) {
      const times: number[] = [];
      for (let round = 0; round < 4; round += 1) {
        const began = performance.now();
        const answer = await tryFrom('198.51.100.2', tried, 'wrong password, surely');
        times.push(performance.now() - began);
        expect(answer.status).to.equal(401);
        bodies.add(JSON.stringify({ ...answer.body.error, requestId: '' }));
      }
      took.set(tried, Math.min(...times));
    }
    expect([...bodies]).to.deep.equal(['{"code":"signIn.wrong","requestId":""}']);
    // Hashing takes ten milliseconds and more; an answer without it would be told by its time.
    for (const [tried, milliseconds] of took) expect(milliseconds, tried).to.be.above(5);
  });

  it('takes the e-mail in any case and with spaces around', async () => {
    const { email } = await newcomer();
    expect((await tryFrom('198.51.100.3', ` ${email.toUpperCase()} `, testPassword)).status).to.equal(200);
  });

  it('after five wrong passwords from one place, makes that place wait, right password or not', async () => {
    const { email } = await newcomer();
    for (let round = 0; round < 6; round += 1)
      expect((await tryFrom('198.51.100.4', email, 'wrong')).status).to.equal(401);
    const locked = await tryFrom('198.51.100.4', email, testPassword);
    expect(locked.status).to.equal(429);
    expect(locked.body.error.code).to.equal('signIn.locked');
    expect(Number(locked.headers.get('retry-after'))).to.be.within(1, 30);
  });

  it('doubles the wait with every further failure, and forgets all of it after the right password', async () => {
    const { email } = await newcomer();
    const place = '198.51.100.5';
    const pass = () => AttemptsModel.updateMany({}, { $set: { blockedUntil: new Date(Date.now() - 1) } });
    const waits: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      await pass();
      expect((await tryFrom(place, email, 'wrong')).status).to.equal(401);
      if (round >= 5) waits.push(Number((await tryFrom(place, email, 'wrong')).headers.get('retry-after')));
    }
    [30, 60, 120, 240].forEach((seconds, index) => {
      expect(waits[index]).to.be.within(seconds - 8, seconds);
    });
    await pass();
    expect((await tryFrom(place, email, testPassword)).status).to.equal(200);
    for (let round = 0; round < 5; round += 1)
      expect((await tryFrom(place, email, 'wrong')).status).to.equal(401);
  });

  it('trying in vain during a wait makes it no longer, and locks nobody else out of the account', async () => {
    const { email } = await newcomer();
    for (let round = 0; round < 60; round += 1) await tryFrom('198.51.100.16', email, 'wrong');
    expect(Number((await tryFrom('198.51.100.16', email, 'wrong')).headers.get('retry-after'))).to.be.within(
      1,
      30,
    );
    expect((await tryFrom('198.51.100.17', email, testPassword)).status).to.equal(200);
  });

  it('counts attempts made at once one by one', async () => {
    const { email } = await newcomer();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => tryFrom('198.51.100.6', email, 'wrong')),
    );
    const tried = answers.filter(({ status }) => status === 401).length;
    expect(tried).to.be.within(1, 6);
    expect(answers.filter(({ status }) => status === 429).length).to.equal(30 - tried);
  });

  it('an office behind one address stays open while one of its accounts is locked', async () => {
    const office = '203.0.113.10';
    const [forgetful, colleague, stranger] = [await newcomer(), await newcomer(), await newcomer()];
    expect((await tryFrom(office, colleague.email, testPassword)).status).to.equal(200);
    for (let round = 0; round < 40; round += 1) await tryFrom(office, forgetful.email, 'wrong');
    expect((await tryFrom(office, forgetful.email, testPassword)).status).to.equal(429);
    expect((await tryFrom(office, colleague.email, testPassword)).status).to.equal(200);
    expect((await tryFrom(office, stranger.email, testPassword)).status).to.equal(200);
  });

  it('one password tried on many accounts from one address ends soon, but not for those known there', async () => {
    const place = '203.0.113.11';
    const [known, unknown] = [await newcomer(), await newcomer()];
    await tryFrom(place, known.email, testPassword);
    const statuses: number[] = [];
    for (let round = 0; round < 34; round += 1)
      statuses.push((await tryFrom(place, `somebody-${round}@example.org`, 'one password')).status);
    expect(statuses.slice(0, 30).every((status) => status === 401)).to.equal(true);
    expect(statuses.slice(30)).to.deep.equal([429, 429, 429, 429]);
    expect((await tryFrom(place, unknown.email, testPassword)).status).to.equal(429);
    expect((await tryFrom(place, known.email, testPassword)).status).to.equal(200);
    expect((await tryFrom('203.0.113.12', unknown.email, testPassword)).status).to.equal(200);
  }).timeout(30_000);

  it('an account that many addresses attack locks for strangers, and stays open where it was used before', async () => {
    const { email } = await newcomer();
    const home = '203.0.113.20';
    const first = await tryFrom(home, email, testPassword);
    const device = cookieOf(first, 'kosint.device')!.split(';')[0]!;
    for (let round = 0; round < 25; round += 1) await tryFrom(`192.0.2.${round + 1}`, email, 'wrong');
    expect((await tryFrom('192.0.2.200', email, testPassword)).status).to.equal(429);
    expect((await tryFrom(home, email, testPassword)).status).to.equal(200);
    expect((await tryFrom('192.0.2.201', email, testPassword, device)).status).to.equal(200);
    expect(
      (await tryFrom('192.0.2.202', email, testPassword, `kosint.device=${'A'.repeat(32)}`)).status,
    ).to.equal(429);
  });

  it('somebody who mistypes on purpose at a shared address does not lock the owner out of their own device', async () => {
    const { email } = await newcomer();
    const office = '203.0.113.30';
    const device = cookieOf(await tryFrom(office, email, testPassword), 'kosint.device')!.split(';')[0]!;
    for (let round = 0; round < 8; round += 1) await tryFrom(office, email, 'wrong');
    expect((await tryFrom(office, email, testPassword)).status).to.equal(429);
    expect((await tryFrom(office, email, testPassword, device)).status).to.equal(200);
  });

  it('an account that does not exist locks like one that does', async () => {
    const email = `nobody-${newId()}@example.org`;
    for (let round = 0; round < 6; round += 1) await tryFrom('198.51.100.7', email, 'wrong');
    expect((await tryFrom('198.51.100.7', email, 'wrong')).status).to.equal(429);
  });

  it('keeps no address and no e-mail in its counts', async () => {
    await tryFrom('198.51.100.99', 'planted@example.org', 'wrong');
    const kept = JSON.stringify(await AttemptsModel.find().lean());
    expect(kept).to.contain('pair:');
    expect(kept).not.to.contain('198.51.100.99').and.not.to.contain('planted');
  });

  it('an administrator sees the lock and opens it', async () => {
    const { email, id } = await newcomer();
    const administrator = await server.as('administrator');
    for (let round = 0; round < 7; round += 1) await tryFrom('198.51.100.8', email, 'wrong');
    const listed = (await administrator.get('/api/users')).body.data.find((user: any) => user.id === id);
    expect(Date.parse(listed.lockedUntil)).to.be.above(Date.now());
    const opened = await administrator.post(`/api/users/${id}/unlock`);
    expect(opened.body.data.lockedUntil).to.equal(null);
    expect(opened.body.abilities.unlock).to.equal(false);
    expect((await tryFrom('198.51.100.8', email, testPassword)).status).to.equal(200);
  });
});
