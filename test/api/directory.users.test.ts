// Duty: what an administrator does to users and organisations, what everybody sees of them, and who hears of it live.
import { expect } from 'chai';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { newId } from '../../shared/api.ts';
import type { ChangeName } from '../../shared/live.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

/** Everything a socket hears, as `name id`. */
function ears(socket: {
  on(event: 'change', listener: (name: ChangeName, change: { id: string }) => void): unknown;
}) {
  const heard: string[] = [];
  socket.on('change', (name, change) => heard.push(`${name} ${change.id}`));
  return heard;
}
/** Until something was heard, and a little longer for what should not be. */
async function quietAfter(heard: string[]): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (heard.length === 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 200));
}

describe('PATCH /api/users/:id', () => {
  let server: TestServer;
  let administrator: Person;
  beforeEach(async () => {
    await UserModel.deleteMany({});
    administrator = await server.as('administrator');
  });
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  async function recordOf(id: string) {
    return (await administrator.get('/api/users')).body.data.find((user: any) => user.id === id);
  }
  async function revise(id: string, changes: object, by = administrator) {
    const { name, role, municipality, organisation, language, active, version } = await recordOf(id);
    return by.patch(`/api/users/${id}`, {
      ...{ name, role, municipality, organisation, language, active, version },
      ...changes,
    });
  }

  it('changes the role at once: abilities, rooms and who hears of it', async () => {
    const person = await server.as('activist');
    const stranger = await server.as('coordinator');
    const [theirs, watcher, strangers] = [
      ears(await person.socket()),
      ears(await administrator.socket()),
      ears(await stranger.socket()),
    ];
    expect((await person.get('/api/me')).body.data.abilities.triage).to.equal(false);
    const answer = await revise(person.id, { role: 'team_lead' });
    expect(answer.status).to.equal(200);
    expect(answer.body.data).to.include({ role: 'team_lead', version: 2 });
    expect((await person.get('/api/me')).body.data.abilities.triage).to.equal(true);
    await Promise.all([quietAfter(theirs), quietAfter(watcher)]);
    expect(theirs).to.deep.equal([`viewer.changed ${person.id}`]);
    expect(watcher).to.deep.equal([`user.changed ${person.id}`]);
    expect(strangers).to.deep.equal([]);
    const rooms = (await server.io.in(`user:${person.id}`).fetchSockets()).flatMap(({ rooms }) => [...rooms]);
    expect(rooms).to.include('team:ferizaj');
    await revise(person.id, { role: 'administrator', municipality: null });
    const moved = (await server.io.in(`user:${person.id}`).fetchSockets()).flatMap(({ rooms }) => [...rooms]);
    expect(moved).to.include('administrators').and.not.to.include('team:ferizaj');
    expect(moved.some((room) => room.startsWith('session:'))).to.equal(true);
  });

  it('when retired, ends sessions and sockets at once; when taken back, lets them sign in again', async () => {
    const person = await server.as('activist');
    const socket = await person.socket();
    const ended = new Promise<void>((resolve) => socket.on('disconnect', () => resolve()));
    expect((await revise(person.id, { active: false })).status).to.equal(200);
    expect((await person.get('/api/me')).status).to.equal(401);
    await ended;
    expect((await revise(person.id, { active: true })).status).to.equal(200);
    expect((await person.get('/api/me')).status).to.equal(401);
  });

  it('when somebody else changed the same field, answers 409 with both sides and changes nothing', async () => {
    const person = await server.as('activist', { name: 'Before' });
    expect((await revise(person.id, { name: 'Theirs' })).status).to.equal(200);
    const late = await revise(person.id, { name: 'Mine', version: 1 });
    expect(late.status).to.equal(409);
    expect(late.body.error.code).to.equal('user.stale');
    expect(late.body.error.extra.conflicts).to.deep.equal([
      { field: 'name', yours: 'Mine', theirs: 'Theirs' },
    ]);
    expect(late.body.error.extra.current).to.include({ name: 'Theirs', version: 2 });
    expect((await recordOf(person.id)).name).to.equal('Theirs');
  });

  it('when somebody else changed another field, both changes stay', async () => {
    const person = await server.as('activist', { name: 'Before' });
    expect((await revise(person.id, { language: 'sr' })).status).to.equal(200);
    const late = await revise(person.id, { municipality: 'prizren', version: 1 });
    expect(late.status).to.equal(200);
    expect(late.body.data).to.include({ language: 'sr', municipality: 'prizren', version: 3 });
  });

  it('when many change different fields at once, none is lost', async () => {
    const person = await server.as('activist', { name: 'Before' });
    const base = await recordOf(person.id);
    const { municipality, organisation, active, role } = base;
    const same = { municipality, organisation, active, role, version: 1 };
    const answers = await Promise.all([
      administrator.patch(`/api/users/${person.id}`, { ...same, name: 'After', language: 'en' }),
      administrator.patch(`/api/users/${person.id}`, { ...same, name: 'Before', language: 'sq' }),
    ]);
    const statuses = answers.map(({ status }) => status).sort();
    const { name, language, version } = await recordOf(person.id);
    // Whoever came second repeated the first one's old value, which asks; nothing is overwritten silently.
    expect(statuses).to.deep.equal([200, 409]);
    expect([`After en ${version}`, `Before sq ${version}`]).to.include(`${name} ${language} 2`);
  });

  it('the last administrator can be neither demoted nor retired, not even by two at once', async () => {
    for (const changes of [{ role: 'coordinator' }, { active: false }]) {
      const answer = await revise(administrator.id, changes);
      expect([answer.status, answer.body.error?.code]).to.deep.equal([409, 'user.lastAdministrator']);
      expect((await recordOf(administrator.id)).role).to.equal('administrator');
    }
    const other = await server.as('administrator');
    const [mine, theirs] = [await recordOf(administrator.id), await recordOf(other.id)];
    const demotion = ({ id: _id, email: _email, invitedAt: _i, joinedAt: _j, ...rest }: any) => ({
      name: rest.name,
      role: 'funder',
      municipality: null,
      organisation: null,
      language: rest.language,
      active: true,
      version: rest.version,
    });
    await Promise.all([
      administrator.patch(`/api/users/${other.id}`, demotion(theirs)),
      other.patch(`/api/users/${administrator.id}`, demotion(mine)),
    ]);
    const left = await UserModel.countDocuments({ role: 'administrator', active: true });
    expect(left).to.be.at.least(1);
  });

  it('PATCH /api/me changes name and language, and nothing else', async () => {
    const person = await server.as('activist');
    const answer = await person.patch('/api/me', { name: '  New name ', language: 'sr' });
    expect(answer.body.data).to.include({ name: 'New name', language: 'sr', role: 'activist' });
    expect((await person.get('/api/me')).body.data.name).to.equal('New name');
    expect((await person.patch('/api/me', { role: 'administrator' })).status).to.equal(422);
    expect((await person.patch('/api/me', { email: 'other@example.org' })).status).to.equal(422);
  });

  it('GET /api/colleagues shows those one works with: the whole table', async () => {
    const organisations = [newId(), newId()];
    const people: Record<string, Person> = {
      ferizaj: await server.as('activist', { municipality: 'ferizaj' }),
      lead: await server.as('team_lead', { municipality: 'ferizaj' }),
      peja: await server.as('activist', { municipality: 'peja' }),
      member: await server.as('cso_member', { organisation: organisations[0]! }),
      other: await server.as('cso_member', { organisation: organisations[1]! }),
      coordinator: await server.as('coordinator'),
      funder: await server.as('funder'),
      administrator,
    };
    const nameOf = (id: string) => Object.keys(people).find((name) => people[name]!.id === id);
    const seenBy = async (name: string) =>
      (await people[name]!.get('/api/colleagues')).body.data.map((one: any) => nameOf(one.id)).sort();
    const everybody = Object.keys(people).sort();
    expect(await seenBy('ferizaj')).to.deep.equal(['coordinator', 'ferizaj', 'lead']);
    expect(await seenBy('lead')).to.deep.equal(['coordinator', 'ferizaj', 'lead']);
    expect(await seenBy('peja')).to.deep.equal(['coordinator', 'peja']);
    expect(await seenBy('member')).to.deep.equal(['coordinator', 'member']);
    expect(await seenBy('other')).to.deep.equal(['coordinator', 'other']);
    expect(await seenBy('coordinator')).to.deep.equal(everybody);
    expect(await seenBy('administrator')).to.deep.equal(everybody);
    expect(await seenBy('funder')).to.deep.equal([]);
    const [one] = (await people.peja!.get('/api/colleagues')).body.data;
    expect(Object.keys(one).sort()).to.deep.equal(
      ['active', 'id', 'municipality', 'name', 'organisation', 'role'].sort(),
    );
  });
});

describe('PATCH /api/organisations/:id', () => {
  let server: TestServer;
  let administrator: Person;
  before(async () => {
    server = await startTestServer();
    administrator = await server.as('administrator');
  });
  after(() => server.stop());

  async function add() {
    const body = {
      id: newId(),
      name: 'Organisation',
      shortName: 'O',
      kind: 'network',
      themes: ['housing'],
      services: ['legal_aid'],
      municipalities: ['peja'],
      capacity: 5,
      contact: 'planted contact of a person',
      active: true,
    };
    expect((await administrator.post('/api/organisations', body)).status).to.equal(201);
    expect((await administrator.post('/api/organisations', body)).body.data.id).to.equal(body.id);
    return body;
  }

  it('merges different fields and asks about the same one', async () => {
    const { id } = await add();
    const patch = (changes: object) => administrator.patch(`/api/organisations/${id}`, changes);
    expect((await patch({ capacity: 9, version: 1 })).body.data).to.include({ capacity: 9, version: 2 });
    expect((await patch({ name: 'Renamed', version: 1 })).body.data).to.include({
      capacity: 9,
      name: 'Renamed',
    });
    const late = await patch({ capacity: 7, version: 1 });
    expect(late.status).to.equal(409);
    expect(late.body.error.extra.conflicts).to.deep.equal([{ field: 'capacity', yours: 7, theirs: 9 }]);
    expect((await patch({ capacity: 7, version: 3 })).body.data.capacity).to.equal(7);
    expect((await patch({ evidence: 'documented', version: 4 })).status).to.equal(422);
  });

  it('shows contacts to those who work with them, retired ones to administrators alone', async () => {
    const { id } = await add();
    const [funder, activist] = [await server.as('funder'), await server.as('activist')];
    const find = async (person: Person) =>
      (await person.get('/api/organisations')).body.data.find((one: any) => one.id === id);
    expect((await find(activist)).contact).to.equal('planted contact of a person');
    expect((await find(funder)).contact).to.equal('');
    await administrator.patch(`/api/organisations/${id}`, { active: false, version: 1 });
    expect(await find(activist)).to.equal(undefined);
    expect((await find(administrator)).active).to.equal(false);
  });

  it('tells administrators live, and nobody else', async () => {
    const { id } = await add();
    const watcher = ears(await administrator.socket());
    const stranger = ears(await (await server.as('coordinator')).socket());
    await administrator.patch(`/api/organisations/${id}`, { name: 'Another', version: 1 });
    await quietAfter(watcher);
    expect(watcher).to.deep.equal([`organisation.changed ${id}`]);
    expect(stranger).to.deep.equal([]);
  });
});
