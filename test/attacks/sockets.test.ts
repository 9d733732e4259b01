// Duty: attack the live connection: forged handshakes, room names, messages of every shape, presence of what one may not see, sessions that ended.
import { expect } from 'chai';
import { io, type Socket } from 'socket.io-client';
import { onServed } from '../../server/http/served.ts';
import { SessionModel } from '../../server/http/sessionStore.ts';
import { makeMessageLimits } from '../../server/live/messageLimits.ts';
import { closeOutlived } from '../../server/live/sockets.ts';
import type { Presence } from '../../shared/live.ts';
import { logged } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

const quiet = (milliseconds = 150) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('Attacks on the live connection', () => {
  let server: TestServer;
  let activist: Person;
  let colleague: Person;
  let elsewhere: Person;
  let caseId: string;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    colleague = await server.as('activist', { name: 'A colleague' });
    elsewhere = await server.as('team_lead', { municipality: 'prizren' });
    caseId = await logged(activist);
  });
  after(() => server.stop());

  /** `connected`, or why not. */
  function shake(headers: Record<string, string>, transports: string[] = ['websocket']): Promise<string> {
    const socket = io(server.url, {
      transports,
      extraHeaders: headers,
      reconnection: false,
      forceNew: true,
      query: { room: 'coordinators' },
      auth: { viewer: { id: activist.id, role: 'coordinator' }, token: activist.cookie },
    });
    server.sockets.add(socket);
    return new Promise((resolve) => {
      socket.once('connect', () => resolve('connected'));
      socket.once('connect_error', (error) => resolve(error.message));
    }).then((result) => {
      socket.disconnect();
      return result as string;
    });
  }

  /** Without types: what an attacker may send is not what the browser says. */
  const wild = async (person: Person) => (await person.socket()) as unknown as Socket;
  const opens = (socket: Socket, id: unknown): Promise<boolean> =>
    new Promise((resolve) => socket.emit('openCase', id, resolve));

  it('lets in only a session of this site', async () => {
    const cookie = activist.cookie;
    const ended = await server.as('activist');
    const old = ended.cookie;
    await ended.delete('/api/session');
    const refused: Record<string, string>[] = [
      {},
      { Cookie: 'kosint.sid=s%3Aforged.x' },
      { Cookie: `${cookie.slice(0, -3)}abc` },
      { Cookie: old },
      { Cookie: cookie, Origin: 'https://evil.example' },
      { Cookie: cookie, Origin: 'null' },
      { Cookie: cookie, Host: 'evil.example', Origin: 'http://evil.example' },
      { Cookie: cookie, Origin: `${server.url}.evil.example` },
    ];
    for (const headers of refused)
      for (const transports of [['websocket'], ['polling']])
        expect(await shake(headers, transports), JSON.stringify(headers)).not.to.equal('connected');
    expect(await shake({ Cookie: cookie, Origin: server.url })).to.equal('connected');
    expect(await shake({ Cookie: cookie }, ['polling']), 'no polling').not.to.equal('connected');
  });

  it('lets nobody choose a room, whatever is sent', async () => {
    const socket = await wild(elsewhere);
    const heard: string[] = [];
    socket.onAny((...event) => heard.push(JSON.stringify(event)));
    const rooms = ['coordinators', 'team:ferizaj', `case:${caseId}`, `user:${activist.id}`, 'administrators'];
    for (const room of rooms)
      for (const event of [
        'join',
        'room',
        'subscribe',
        'openCase',
        'editCase',
        'closeCase',
        'change',
        'presence',
      ])
        socket.emit(event, room, 'title');
    for (const id of [...rooms, caseId, `${caseId}\u0000`, [caseId], { $ne: null }, null, 7, '__proto__'])
      expect(await opens(socket, id), JSON.stringify(id)).to.equal(false);
    await activist.post(`/api/cases/${caseId}/notes`, { id: crypto.randomUUID(), text: 'Heard?' });
    await quiet();
    expect(heard).to.deep.equal([]);
    const joined = [...(server.io.sockets.sockets.get(socket.id!)?.rooms ?? [])];
    for (const room of joined)
      expect(room).to.match(/^(user:|session:|team:prizren$|commitments$)|^[\w-]{20}$/);
    socket.disconnect();
  });

  it('survives messages of every shape, and closes on one too large', async () => {
    const shapes: unknown[] = [
      undefined,
      null,
      { a: 1 },
      [[[[]]]],
      'x'.repeat(2_000),
      Number.NaN,
      new Uint8Array(500),
      JSON.parse('{"toString":"x","__proto__":{"a":1}}'),
      () => undefined,
    ];
    const sockets: Socket[] = [];
    // A session of its own for each: all this together is more than one may say at once.
    for (const event of ['openCase', 'closeCase', 'editCase']) {
      const each = await wild(await server.as('activist'));
      sockets.push(each);
      for (const first of shapes) for (const second of shapes) each.emit(event, first, second);
      await quiet();
      expect(each.connected).to.equal(true);
      expect(await opens(each, caseId)).to.equal(true);
    }
    const socket = sockets[2]!;
    const closed = new Promise<string>((resolve) => socket.once('disconnect', resolve));
    socket.emit('editCase', caseId, 'x'.repeat(200_000));
    expect(await closed).to.be.a('string');
    expect((await activist.get('/api/me')).status).to.equal(200);
    for (const each of sockets) each.disconnect();
  });

  it('passes on the name of a field, and no words of anybody’s own', async () => {
    const [one, other] = [await wild(activist), await wild(colleague)];
    const heard: Presence[] = [];
    other.on('presence', (presence: Presence) => heard.push(presence));
    await opens(one, caseId);
    await opens(other, caseId);
    for (const field of ['<img src=x onerror=alert(1)>', 'call 044 918 273', 'x'.repeat(41), 'description'])
      one.emit('editCase', caseId, field);
    await quiet();
    const edited = heard.flatMap(({ viewers }) => viewers.map(({ editing }) => editing).filter(Boolean));
    expect(new Set(edited)).to.deep.equal(new Set(['description']));
    one.disconnect();
    other.disconnect();
  });

  it('shows nobody who left while they were asked about, or who lost sight of the case', async () => {
    const watcher = await wild(colleague);
    const heard: Presence[] = [];
    watcher.on('presence', (presence: Presence) => heard.push(presence));
    await opens(watcher, caseId);
    for (let round = 0; round < 5; round += 1) {
      const hasty = await wild(activist);
      hasty.emit('openCase', caseId, () => undefined);
      hasty.disconnect();
    }
    await quiet();
    const leaver = await wild(activist);
    await opens(leaver, caseId);
    server.io.sockets.sockets.get(leaver.id!)!.leave(`case:${caseId}`);
    leaver.emit('editCase', caseId, 'title');
    await quiet();
    expect(heard.at(-1)!.viewers.map(({ userId }) => userId)).to.deep.equal([colleague.id]);
    leaver.disconnect();
    watcher.disconnect();
  });

  it('opens no more pages for one connection than anybody reads', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 22; count += 1) ids.push(await logged(activist));
    const socket = await wild(activist);
    const answers: boolean[] = [];
    for (const id of ids) answers.push(await opens(socket, id));
    expect(answers.filter(Boolean)).to.have.length(20);
    socket.emit('closeCase', ids[0]);
    expect(await opens(socket, ids[21])).to.equal(true);
    socket.disconnect();
  });

  it('lets one session say only so much over all its sockets, says so, puts out who goes on, and others feel nothing', async () => {
    const flooder = await server.as('activist');
    const [one, two] = [await wild(flooder), await wild(flooder)];
    const other = await wild(colleague);
    let asked = 0;
    const stop = onServed({
      after({ path, viewer }) {
        if (path === 'openCase' && viewer?.id === flooder.id) asked += 1;
        return undefined;
      },
    });
    const closed = [one, two].map((socket) => new Promise((resolve) => socket.once('disconnect', resolve)));
    const askAt = (socket: Socket, times: number) =>
      Promise.all(
        Array.from(
          { length: times },
          () =>
            new Promise<unknown[]>((resolve) =>
              socket.emit('openCase', caseId, (...said: unknown[]) => resolve(said)),
            ),
        ),
      );
    expect((await askAt(one, 40)).every(([ok, ...more]) => ok === true && more.length === 0)).to.equal(true);
    // Both share what one session may say; what is too much is answered and looked at by nobody.
    const answers = (await Promise.all([askAt(one, 60), askAt(two, 60)])).flat();
    const refused = answers.filter(([ok, why]) => ok === false && why === 'tooMany').length;
    expect(refused).to.be.within(1, 60);
    await quiet();
    expect(asked, 'what was looked at').to.equal(40 + 120 - refused);
    expect([one.connected, two.connected]).to.deep.equal([true, true]);
    for (let time = 0; time < 2_000; time += 1)
      for (const socket of [one, two]) socket.emit('openCase', caseId, () => {});
    expect(await opens(other, caseId), 'somebody else').to.equal(true);
    expect(await Promise.all(closed)).to.deep.equal(['io server disconnect', 'io server disconnect']);
    expect(other.connected).to.equal(true);
    // A new connection of the same session goes on where that one ended; what nobody knows counts too.
    const again = await wild(flooder);
    const put = new Promise((resolve) => again.once('disconnect', resolve));
    for (let time = 0; time < 50; time += 1) again.emit('nonsense');
    expect(await put).to.equal('io server disconnect');
    stop();
    other.disconnect();
  });

  it('forgets whoever has been quiet, and lets them speak again', () => {
    let now = 0;
    const limits = makeMessageLimits(() => now);
    const says = (times: number) => Array.from({ length: times }, () => limits.heed('one')).at(-1);
    expect([says(100), says(1), says(98), says(1)]).to.deep.equal([
      'heard',
      'tooMany',
      'tooMany',
      'stubborn',
    ]);
    now = 15_000;
    limits.tidy();
    expect([limits.size, says(50), says(1)]).to.deep.equal([1, 'heard', 'tooMany']);
    now = 60_000;
    limits.tidy();
    expect(limits.size).to.equal(0);
  });

  it('ends with the session: signing out closes the connection at once', async () => {
    const person = await server.as('coordinator');
    const socket = await wild(person);
    const closed = new Promise<string>((resolve) => socket.once('disconnect', resolve));
    expect((await person.delete('/api/session')).status).to.equal(204);
    expect(await closed).to.equal('io server disconnect');
  });

  it('ends with the session: one that ran out closes it too, and no other', async () => {
    const person = await server.as('coordinator');
    const [socket, stays] = [await wild(person), await wild(activist)];
    const closed = new Promise<string>((resolve) => socket.once('disconnect', resolve));
    await SessionModel.updateMany({ 'session.passport.user.id': person.id }, { expires: new Date(0) });
    await closeOutlived(server.io, (id) => server.app.session.store.isAlive(id));
    expect(await closed).to.equal('io server disconnect');
    expect(stays.connected).to.equal(true);
  });
});
