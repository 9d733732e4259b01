// Duty: how sessions end, here, there and everywhere, for requests and for sockets; and that asking who somebody is costs no look-up.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { SessionModel } from '../../server/http/sessionStore.ts';
import { type Person, startTestServer, type TestServer, testPassword } from '../support/server.ts';

/** What the driver was asked meanwhile, as `method collection`. */
async function databaseCallsOf(work: () => Promise<unknown>): Promise<string[]> {
  const methods = ['find', 'findOne', 'aggregate', 'updateOne', 'insertOne', 'deleteOne', 'findOneAndUpdate'];
  const prototype = Object.getPrototypeOf(mongoose.connection.db!.collection('any'));
  const calls: string[] = [];
  const originals = methods.map((method) => [method, prototype[method]] as const);
  for (const [method, original] of originals)
    prototype[method] = function (this: { collectionName: string }, ...values: unknown[]) {
      calls.push(`${method} ${this.collectionName}`);
      return original.apply(this, values);
    };
  try {
    await work();
  } finally {
    for (const [method, original] of originals) prototype[method] = original;
  }
  return calls;
}

describe('GET /api/sessions', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  /** The same person on another device. */
  async function again(person: Person, userAgent = 'test'): Promise<Person> {
    const other = server.stranger();
    const { email } = (await UserModel.findById(person.id))!;
    const headers = { 'User-Agent': userAgent };
    await other.send('POST', '/api/session', { email, password: testPassword }, headers);
    return other;
  }
  const statusOf = async (person: Person) => (await person.get('/api/me')).status;
  const gone = (socket: { on(event: 'disconnect', listener: () => void): unknown }) =>
    new Promise<void>((resolve) => socket.on('disconnect', () => resolve()));

  it('lists my own sessions with their device, and nobody else’s', async () => {
    const person = await server.as('coordinator');
    await server.as('coordinator');
    await again(person, 'Mozilla/5.0 (Linux; Android 14; Pixel) AppleWebKit/537.36 Mobile Safari/537.36');
    await again(person, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/140.0');
    const { data } = (await person.get('/api/sessions')).body;
    expect(data.map((one: any) => one.device).sort()).to.deep.equal(['computer', 'phone', 'program']);
    expect(data.filter((one: any) => one.current)).to.have.length(1);
    expect(Object.keys(data[0]).sort()).to.deep.equal(['began', 'current', 'device', 'id', 'lastUsed']);
  });

  it('keeps no session id that could be used in the database', async () => {
    const person = await server.as('funder');
    const sessionId = decodeURIComponent(person.cookie).slice('kosint.sid=s:'.length).split('.')[0]!;
    const kept = JSON.stringify(await SessionModel.find().lean());
    expect(sessionId).to.have.length.above(20);
    expect(kept).not.to.contain(sessionId);
  });

  it('DELETE /api/session ends this session at once, and only this', async () => {
    const person = await server.as('coordinator');
    const other = await again(person);
    const [mine, theirs] = [await person.socket(), await other.socket()];
    const ended = gone(mine);
    const kept = person.cookie;
    expect((await person.delete('/api/session')).status).to.equal(204);
    person.cookie = kept;
    expect(await statusOf(person)).to.equal(401);
    await ended;
    expect(await statusOf(other)).to.equal(200);
    expect(theirs.connected).to.equal(true);
  });

  it('DELETE /api/sessions/:id ends a session of mine elsewhere at once, and closes its sockets', async () => {
    const person = await server.as('coordinator');
    const other = await again(person);
    expect(await statusOf(other)).to.equal(200);
    const heard: string[] = [];
    const theirs = await other.socket();
    theirs.on('change', (name) => heard.push(name));
    const ended = gone(theirs);
    const { data } = (await other.get('/api/sessions')).body;
    const theirId = data.find((one: any) => one.current).id;
    expect((await person.delete(`/api/sessions/${theirId}`)).status).to.equal(204);
    expect(await statusOf(other)).to.equal(401);
    await ended;
    expect(heard).to.deep.equal(['viewer.signedOut']);
    expect(await statusOf(person)).to.equal(200);
  });

  it('GET /api/session tells a device whose session was ended from elsewhere, and no other device', async () => {
    const endedFor = async (one: Person) => (await one.get('/api/session')).body.data.endedFor;
    const person = await server.as('coordinator');
    const [lost, second, third] = [await again(person), await again(person), await again(person)];
    const { data } = (await lost.get('/api/sessions')).body;
    expect(await endedFor(lost)).to.equal(null);
    await person.delete(`/api/sessions/${data.find((one: any) => one.current).id}`);
    // Asked again and again, also long after: a device may be offline for days.
    for (let times = 0; times < 2; times += 1) {
      expect(await statusOf(lost)).to.equal(401);
      expect(await endedFor(lost)).to.equal(person.id);
    }
    expect(await endedFor(person)).to.equal(null);
    expect(await endedFor(server.stranger())).to.equal(null);
    // Signing out by oneself leaves nothing to be told.
    const cookie = third.cookie;
    await third.delete('/api/session');
    third.cookie = cookie;
    expect(await endedFor(third)).to.equal(null);
    await person.delete('/api/sessions');
    expect(await endedFor(second)).to.equal(person.id);
    const marked = await SessionModel.findOne({ 'session.endedFor': person.id }).lean();
    expect(marked!.expires.getTime()).to.be.greaterThan(Date.now() + 29 * 86_400_000);
  });

  it('DELETE /api/sessions/:id of somebody else answers 404 and ends nothing', async () => {
    const [person, stranger] = [await server.as('coordinator'), await server.as('coordinator')];
    const { data } = (await stranger.get('/api/sessions')).body;
    expect((await person.delete(`/api/sessions/${data[0].id}`)).status).to.equal(404);
    expect(await statusOf(stranger)).to.equal(200);
  });

  it('DELETE /api/sessions ends all of mine at once, sockets too, and nobody else’s', async () => {
    const [person, bystander] = [await server.as('coordinator'), await server.as('coordinator')];
    const other = await again(person);
    const sockets = [await person.socket(), await other.socket()];
    const theirs = await bystander.socket();
    const ended = Promise.all(sockets.map(gone));
    const kept = person.cookie;
    expect((await person.delete('/api/sessions')).status).to.equal(204);
    person.cookie = kept;
    expect(await statusOf(person)).to.equal(401);
    expect(await statusOf(other)).to.equal(401);
    await ended;
    expect(await statusOf(bystander)).to.equal(200);
    expect(theirs.connected).to.equal(true);
  });

  it('POST /api/me/password keeps this session and ends the others', async () => {
    const person = await server.as('coordinator');
    const other = await again(person);
    const theirs = await other.socket();
    const ended = gone(theirs);
    const before = person.cookie;
    const password = 'another long password entirely';
    const answer = await person.post('/api/me/password', { current: testPassword, password });
    expect(answer.status).to.equal(200);
    expect(person.cookie).not.to.equal(before);
    expect(await statusOf(person)).to.equal(200);
    expect(await statusOf(other)).to.equal(401);
    await ended;
    const old = server.stranger();
    old.cookie = before;
    expect(await statusOf(old)).to.equal(401);
    const { email } = (await UserModel.findById(person.id))!;
    expect((await server.stranger().post('/api/session', { email, password })).status).to.equal(200);
    expect((await server.stranger().post('/api/session', { email, password: testPassword })).status).to.equal(
      401,
    );
  });

  it('POST /api/me/password refuses a wrong current password and a weak new one, field by field', async () => {
    const person = await server.as('funder');
    const { email } = (await UserModel.findById(person.id))!;
    const faultOf = async (current: string, password: string) => {
      const answer = await person.post('/api/me/password', { current, password });
      expect(answer.status).to.equal(422);
      const [fault] = answer.body.error.faults;
      return `${fault.path}: ${fault.code}`;
    };
    expect(await faultOf('wrong', 'a very good password')).to.equal('current: wrong');
    expect(await faultOf(testPassword, 'short')).to.equal('password: too_short');
    expect(await faultOf(testPassword, 'password1234')).to.equal('password: too_common');
    expect(await faultOf(testPassword, 'P@ssw0rd2026!!')).to.equal('password: too_common');
    expect(await faultOf(testPassword, 'kosovakosova1')).to.equal('password: too_common');
    expect(await faultOf(testPassword, 'aaaaaaaaaaaabb')).to.equal('password: too_common');
    expect(await faultOf(testPassword, `me: ${email}`)).to.equal('password: contains_email');
  });

  it('a session that was ended in the database is refused within seconds by a server that knew it', async () => {
    const person = await server.as('coordinator');
    for (let round = 0; round < 3; round += 1) expect(await statusOf(person)).to.equal(200);
    await SessionModel.deleteMany({ 'session.passport.user.id': person.id });
    const deadline = Date.now() + 8_000;
    while ((await statusOf(person)) === 200 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await statusOf(person)).to.equal(401);
  });

  it('a user who was retired in the database is refused within seconds by a server that knew them', async () => {
    const person = await server.as('coordinator');
    expect((await person.get('/api/sessions')).status).to.equal(200);
    await UserModel.updateOne({ _id: person.id }, { active: false });
    const deadline = Date.now() + 8_000;
    while ((await person.get('/api/sessions')).status === 200 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await person.get('/api/sessions')).status).to.equal(401);
  });

  it('asks the database neither for the session nor for the viewer while both are remembered, and writes nothing', async () => {
    const person = await server.as('coordinator');
    await person.get('/api/institutions');
    await person.get('/api/colleagues');
    const asked = await databaseCallsOf(async () => {
      for (let round = 0; round < 20; round += 1) await person.get('/api/colleagues');
    });
    expect(asked.filter((call) => /^(find|aggregate)/.test(call)).length).to.be.below(4);
    // The log closes a block when it is time, whoever asks meanwhile.
    const written = asked.filter((call) => !/^(find|aggregate|distinct)|auditBlocks$/.test(call));
    expect(written).to.deep.equal([]);
    expect(await databaseCallsOf(() => again(person))).to.include('findOne users');
  });
});
