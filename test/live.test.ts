// Duty: live changes of cases: the actor and a permitted watcher hear them, a stranger hears nothing, and the screen after is a fresh GET.
import { expect } from 'chai';
import type { Socket } from 'socket.io-client';
import { newId } from '../shared/api.ts';
import type { BrowserToServer, ChangeName, Presence, ServerToBrowser } from '../shared/live.ts';
import { caseInput, inDays, logged, move, pageOf, triage } from './support/cases.ts';
import { sharedWithPartner } from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

type Heard = { name: ChangeName; id: string; version?: number; actor?: string | null };

/** Everything a socket hears, and waiting for it. */
class Ear {
  readonly heard: Heard[] = [];
  readonly presence: Presence[] = [];
  readonly socket: Socket<ServerToBrowser, BrowserToServer>;
  constructor(socket: Socket<ServerToBrowser, BrowserToServer>) {
    this.socket = socket;
    socket.on('change', (name, change) => this.heard.push({ name, ...change }));
    socket.on('presence', (presence) => this.presence.push(presence));
  }
  of = (id: string) => this.heard.filter((change) => change.id === id);
  async hears(name: ChangeName, id: string): Promise<Heard> {
    return eventually(() => this.heard.find((change) => change.name === name && change.id === id));
  }
}

async function eventually<Value>(
  look: () => Value | undefined | false,
  milliseconds = 2_000,
): Promise<Value> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = look();
    if (found) return found;
    if (Date.now() > end) throw new Error('It was not heard in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const quiet = () => new Promise((resolve) => setTimeout(resolve, 120));

describe('Live changes of cases', () => {
  let server: TestServer;
  let activist: Person;
  let coordinator: Person;
  let administrator: Person;
  let partner: Person;
  const partnerOrganisation = newId();
  let actor: Ear;
  let watcher: Ear;
  let partnerEar: Ear;
  let strangers: Record<string, Ear>;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist', { name: 'Arta of the test' });
    coordinator = await server.as('coordinator', { name: 'Coordinator of the test' });
    administrator = await server.as('administrator');
    partner = await server.as('cso_member', { organisation: partnerOrganisation });
    actor = new Ear(await activist.socket());
    watcher = new Ear(await coordinator.socket());
    partnerEar = new Ear(await partner.socket());
    strangers = {};
    for (const [who, person] of Object.entries({
      elsewhere: await server.as('team_lead', { municipality: 'prizren' }),
      otherPartner: await server.as('cso_member'),
      funder: await server.as('funder'),
      administrator,
    }))
      strangers[who] = new Ear(await person.socket());
  });
  after(() => server.stop());

  async function nobodyElseHeard(id: string) {
    await quiet();
    for (const [who, ear] of Object.entries(strangers)) expect(ear.of(id), who).to.deep.equal([]);
  }

  it('tells the team and coordinators of a new case by id and version alone', async () => {
    const id = await logged(activist);
    for (const ear of [actor, watcher]) {
      const change = await ear.hears('case.logged', id);
      expect(change).to.deep.equal({ name: 'case.logged', id, version: 1, actor: activist.id });
    }
    await nobodyElseHeard(id);
    expect(partnerEar.of(id)).to.deep.equal([]);
  });

  it('says nothing when nothing was saved: a repeat, a refusal, an edit that changes nothing', async () => {
    const input = caseInput();
    await activist.post('/api/cases', input);
    await actor.hears('case.logged', input.id);
    await activist.post('/api/cases', input);
    await activist.patch(`/api/cases/${input.id}`, { version: 1, title: input.title });
    await move(activist, input.id, triage(activist.id));
    await quiet();
    expect(actor.of(input.id)).to.have.length(1);
  });

  it('tells every kind of change, each with the version a fresh GET shows', async () => {
    const id = await logged(activist);
    const step = newId();
    const version = async () => (await pageOf(activist, id)).version;
    const acts: (() => Promise<{ status: number; text: string }>)[] = [
      async () => activist.patch(`/api/cases/${id}`, { version: await version(), title: 'New words' }),
      async () => activist.post(`/api/cases/${id}/notes`, { id: newId(), text: 'A note' }),
      async () => activist.post(`/api/cases/${id}/steps`, { id: step, title: 'Go there', due: inDays(3) }),
      async () => activist.patch(`/api/cases/${id}/steps/${step}`, { version: await version(), done: true }),
      async () => activist.delete(`/api/cases/${id}/steps/${step}`),
      async () => move(coordinator, id, triage(activist.id)),
      async () => move(activist, id, { move: 'start' }),
      async () => move(activist, id, { move: 'wait', party: 'authority', until: inDays(10) }),
    ];
    for (const act of acts) {
      const answer = await act();
      expect(answer.status, answer.text).to.equal(200);
      const now = await pageOf(coordinator, id);
      await eventually(() => watcher.of(id).some((change) => change.version === now.version));
      await eventually(() => actor.of(id).some((change) => change.version === now.version));
    }
    const versions = watcher.of(id).map((change) => change.version);
    expect(versions).to.deep.equal(Array.from({ length: acts.length + 1 }, (_, index) => index + 1));
    await nobodyElseHeard(id);
  });

  it('lets a partner that shares the case hear of it until it does not, and then takes the case from its screen', async () => {
    const id = await logged(activist);
    const assign = async (collaborators: string[]) =>
      coordinator.post(`/api/cases/${id}/assignment`, {
        lead: activist.id,
        collaborators,
        version: (await pageOf(coordinator, id)).version,
      });
    await sharedWithPartner(id, partner, partnerOrganisation);
    await activist.post(`/api/cases/${id}/notes`, { id: newId(), text: 'Shared' });
    await partnerEar.hears('case.changed', id);
    expect((await partner.get(`/api/cases/${id}`)).status).to.equal(200);
    const opened = await new Promise<boolean>((resolve) => partnerEar.socket.emit('openCase', id, resolve));
    expect(opened).to.equal(true);
    expect((await assign([])).status).to.equal(200);
    await partnerEar.hears('case.withdrawn', id);
    expect((await partner.get(`/api/cases/${id}`)).status).to.equal(404);
    const heardBefore = partnerEar.of(id).length;
    const presenceBefore = partnerEar.presence.length;
    await activist.post(`/api/cases/${id}/notes`, { id: newId(), text: 'After' });
    await new Promise<boolean>((resolve) => actor.socket.emit('openCase', id, resolve));
    await quiet();
    expect(partnerEar.of(id)).to.have.length(heardBefore);
    expect(partnerEar.presence).to.have.length(presenceBefore);
    await nobodyElseHeard(id);
  });

  describe('Presence on a case page', () => {
    const open = (ear: Ear, id: string) =>
      new Promise<boolean>((resolve) => ear.socket.emit('openCase', id, resolve));

    it('shows who has it open and what they edit, to those who may see it alone', async () => {
      const id = await logged(activist);
      expect(await open(actor, id)).to.equal(true);
      expect(await open(watcher, id)).to.equal(true);
      actor.socket.emit('editCase', id, 'title');
      const seen = await eventually(() =>
        watcher.presence.find(
          ({ caseId, viewers }) => caseId === id && viewers.some(({ editing }) => editing === 'title'),
        ),
      );
      expect(seen.viewers.map(({ name }) => name).sort()).to.deep.equal([
        'Arta of the test',
        'Coordinator of the test',
      ]);
      for (const [who, ear] of Object.entries(strangers)) {
        expect(await open(ear, id), who).to.equal(false);
        expect(ear.presence, who).to.deep.equal([]);
      }
      actor.socket.emit('closeCase', id);
      await eventually(() => {
        const last = watcher.presence.filter(({ caseId }) => caseId === id).at(-1);
        return last?.viewers.length === 1;
      });
    });

    it('answers no to what is no id, and to what is not there', async () => {
      expect(await open(actor, 'x')).to.equal(false);
      expect(await open(actor, newId())).to.equal(false);
    });
  });

  it('moves the ears of a user whose municipality changes, at once', async () => {
    const mover = await server.as('activist');
    const ear = new Ear(await mover.socket());
    const before = await logged(activist);
    await ear.hears('case.logged', before);
    const moved = await administrator.patch(`/api/users/${mover.id}`, {
      name: 'Mover',
      role: 'activist',
      municipality: 'prizren',
      organisation: null,
      language: 'en',
      active: true,
      version: 1,
    });
    expect(moved.status, moved.text).to.equal(200);
    await ear.hears('viewer.changed', mover.id);
    const after = await logged(activist);
    await actor.hears('case.logged', after);
    await activist.post(`/api/cases/${before}/notes`, { id: newId(), text: 'Later' });
    const there = await logged(coordinator, { municipality: 'prizren' });
    await ear.hears('case.logged', there);
    expect(ear.of(after)).to.deep.equal([]);
    expect(ear.of(before)).to.have.length(1);
    expect((await mover.get(`/api/cases/${before}`)).status).to.equal(404);
  });

  it('closes the ears of a user who is deactivated', async () => {
    const leaver = await server.as('activist');
    const ear = new Ear(await leaver.socket());
    await administrator.patch(`/api/users/${leaver.id}`, {
      name: 'Leaver',
      role: 'activist',
      municipality: 'ferizaj',
      organisation: null,
      language: 'en',
      active: false,
      version: 1,
    });
    await eventually(() => ear.socket.disconnected);
    const id = await logged(activist);
    await actor.hears('case.logged', id);
    expect(ear.of(id)).to.deep.equal([]);
  });

  it('refuses a socket without a session', async () => {
    const refused = await server
      .stranger()
      .socket()
      .then(
        () => false,
        () => true,
      );
    expect(refused).to.equal(true);
  });
});
