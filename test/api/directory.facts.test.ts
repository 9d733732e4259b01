// Duty: the facts that a first run seeds, as the API shows them; that seeding twice changes nothing; what an installation tells about itself.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { seed } from '../../seeds/index.ts';
import { seedLetters } from '../../seeds/letters.ts';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { LetterModel } from '../../server/features/institutions/letters.model.ts';
import { municipalitySlugs, roles } from '../../shared/directory.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

async function contents(): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const name of ['municipalities', 'institutions', 'organisations', 'users', 'seeds'])
    all[name] = await mongoose.connection.db!.collection(name).find().sort({ _id: 1 }).toArray();
  return all;
}

describe('The seeded facts', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  it('GET /api/municipalities knows the seven with names, languages, settlements and census', async () => {
    const { data } = (await server.stranger().get('/api/municipalities')).body;
    expect(data.map((one: any) => one.slug)).to.deep.equal([...municipalitySlugs]);
    expect(data.map((one: any) => `${one.names.sq}/${one.names.sr}`)).to.deep.equal([
      'Ferizaj/Uroševac',
      'Fushë Kosovë/Kosovo Polje',
      'Pejë/Peć',
      'Prizren/Prizren',
      'Gjakovë/Đakovica',
      'Mitrovicë/Mitrovica',
      'Graçanicë/Gračanica',
    ]);
    expect(data.flatMap((one: any) => one.settlements)).to.have.length(25);
    expect(new Set(data.map((one: any) => one.code)).size).to.equal(7);
    const prizren = data.find((one: any) => one.slug === 'prizren');
    expect(prizren.names).to.include({ tr: 'Prizren', rom: 'Prizren' });
    expect(data.find((one: any) => one.slug === 'peja').names).to.include({ tr: null, rom: null });
    expect(prizren.census).to.deep.equal([
      { year: 2011, total: 177781, roma: 2899, ashkali: 1350, egyptian: 168 },
      { year: 2024, total: 147246, roma: 2101, ashkali: 1260, egyptian: 117 },
    ]);
    const [settlement] = prizren.settlements;
    expect(Object.keys(settlement).sort()).to.deep.equal(
      ['coordinateQuality', 'id', 'lat', 'lng', 'municipality', 'names'].sort(),
    );
  });

  it('GET /api/institutions knows the 26 documented duty bearers and the municipality itself', async () => {
    const { data } = (await (await server.as('activist')).get('/api/institutions')).body;
    expect(data).to.have.length(27);
    const office = data.find((one: any) => one.id === 'employment-office');
    expect(office).to.include({ level: 'municipal', hasLocalOffices: true });
    expect(data.every((one: any) => one.names.sq && one.names.sr && one.names.en)).to.equal(true);
  });

  it('GET /api/organisations names the four documented partners, and nobody else as one', async () => {
    const { data } = (await (await server.as('coordinator')).get('/api/organisations')).body;
    expect(data.map((one: any) => `${one.shortName}: ${one.kind}`).sort()).to.deep.equal(
      ['BSFK: partner', 'RADC: partner', 'SiV: partner', 'VoRAE: partner'].sort(),
    );
    expect(data.every((one: any) => one.evidence === 'documented')).to.equal(true);
    // Only what the facts say of an organisation's work; research and advocacy are no service to a person.
    const services = Object.fromEntries(data.map((one: any) => [one.shortName, one.services]));
    expect(services).to.deep.equal({
      BSFK: ['education_support'],
      RADC: [],
      SiV: [],
      VoRAE: ['housing_support', 'education_support'],
    });
    const seen = (await (await server.as('administrator')).get('/api/organisations')).body.data;
    const waiting = seen.filter((one: any) => !one.active);
    expect(waiting.map((one: any) => `${one.shortName}: ${one.kind}`)).to.deep.equal([
      'CRP/K: referral_provider',
    ]);
  });

  it('when seeded again, nothing changes; what an administrator changed stays', async () => {
    const administrator = await server.as('administrator');
    const [first] = (await administrator.get('/api/organisations')).body.data;
    await administrator.patch(`/api/organisations/${first.id}`, { capacity: 77, version: 1 });
    const before = await contents();
    await seed('facts');
    await seed('facts');
    expect(await contents()).to.deep.equal(before);
    await mongoose.connection.db!.collection('seeds').deleteMany({ _id: { $ne: 'first run' as never } });
    await seed('facts');
    const { seeds: _markers, ...again } = await contents();
    const { seeds: _before, ...kept } = before;
    expect(again).to.deep.equal(kept);
  });

  it('example data never comes into a database that began without', async () => {
    await seed('example');
    expect(await UserModel.countDocuments({ example: true })).to.equal(0);
    expect((await server.stranger().get('/api/instance')).body.data.exampleAccounts).to.equal(null);
  });

  it('GET /api/openapi.json describes every endpoint with the schema that checks it', async () => {
    const api = (await server.stranger().get('/api/openapi.json')).body;
    expect(api.openapi).to.equal('3.1.0');
    const described = Object.entries<any>(api.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const mounted = server.app.endpoints.map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
    );
    expect(described.sort()).to.deep.equal(mounted.sort());
    const signIn = api.paths['/api/session'].post;
    const { schema } = signIn.requestBody.content['application/json'];
    expect(schema).to.deep.include({ type: 'object', additionalProperties: false });
    expect(schema.required).to.deep.equal(['email', 'password']);
    expect(signIn.security).to.deep.equal([]);
    expect(api.paths['/api/users/{id}'].patch.parameters[0]).to.include({
      name: 'id',
      in: 'path',
      required: true,
    });
  });
});

describe('The example data', () => {
  it('has one account per role that signs in with the shown password, marked as example', async () => {
    const server = await startTestServer({ SEED: 'example' });
    try {
      const { exampleAccounts } = (await server.stranger().get('/api/instance')).body.data;
      expect([...new Set(exampleAccounts.map((one: any) => one.role))].sort()).to.deep.equal(
        [...roles].sort(),
      );
      for (const { email, password, role } of exampleAccounts) {
        const person = server.stranger();
        const { body } = await person.post('/api/session', { email, password });
        expect(body.data, email).to.include({ role, email, example: true });
      }
      const before = await contents();
      await seed('example');
      const { users } = await contents();
      expect(users!.length).to.equal(before.users!.length);
    } finally {
      await server.stop();
    }
  });

  it('has the 18 composite cases, marked, moved through the commands, and no more when seeded again', async () => {
    const server = await startTestServer({ SEED: 'example' });
    try {
      const { exampleAccounts } = (await server.stranger().get('/api/instance')).body.data;
      const person = server.stranger();
      const { email, password } = exampleAccounts.find((one: any) => one.role === 'coordinator');
      await person.post('/api/session', { email, password });
      const { data, total } = (await person.get('/api/cases?limit=100')).body;
      expect(total).to.equal(18);
      expect(data.every((one: any) => one.example)).to.equal(true);
      const statuses = new Set(data.map((one: any) => one.status));
      for (const status of ['new', 'triaged', 'in_progress', 'waiting', 'resolved', 'closed'])
        expect([...statuses]).to.include(status);
      expect(data.filter((one: any) => one.late).length).to.equal(3);
      const cases = () => mongoose.connection.db!.collection('cases').find().sort({ _id: 1 }).toArray();
      const before = await cases();
      await mongoose.connection.db!.collection('seeds').deleteOne({ _id: 'example cases 1' as never });
      await seed('example');
      expect(await cases()).to.deep.equal(before);
      for (const caseFile of before) {
        const times = caseFile.history.map((entry: any) => entry.at.getTime());
        expect(times, caseFile.reference).to.deep.equal(times.toSorted((a: number, b: number) => a - b));
      }
    } finally {
      await server.stop();
    }
  });

  it('has example letters in every stage, marked, and no more when seeded again', async () => {
    const found = async () =>
      (await LetterModel.find().sort({ _id: 1 }).lean()).map(({ status, example }) => `${status} ${example}`);
    const before = (await found()).toSorted();
    expect(before).to.deep.equal(
      [
        'answered true',
        'escalated true',
        'sent true',
        'silent true',
        'to_send true',
        'to_send true',
      ].toSorted(),
    );
    await seedLetters();
    expect((await found()).toSorted()).to.deep.equal(before);
  });

  it('gives the example partner an inbox: one to answer, one late, one in work, one to confirm; once', async () => {
    const server = await startTestServer({ SEED: 'example' });
    try {
      const { exampleAccounts } = (await server.stranger().get('/api/instance')).body.data;
      const person = server.stranger();
      const { email, password } = exampleAccounts.find((one: any) => one.role === 'cso_member');
      await person.post('/api/session', { email, password });
      const inbox = async () => {
        const { data } = (await person.get('/api/referrals?limit=100')).body;
        return data
          .filter((one: any) => one.received === null)
          .map((one: any) => `${one.status}${one.late ? ', late' : ''}`)
          .sort();
      };
      const wanted = ['accepted, late', 'completed', 'in_progress', 'pending'];
      expect(await inbox()).to.deep.equal(wanted);
      await mongoose.connection.db!.collection('seeds').deleteOne({ _id: 'example referrals 1' as never });
      await seed('example');
      expect(await inbox()).to.deep.equal(wanted);
    } finally {
      await server.stop();
    }
  });

  it('on a server that others can reach, is neither shown nor let in', async () => {
    const server = await startTestServer({ SEED: 'example' });
    const { exampleAccounts } = (await server.stranger().get('/api/instance')).body.data;
    const { email, password } = exampleAccounts[0];
    const inside = server.stranger();
    await inside.post('/api/session', { email, password });
    await server.stop();
    const accounts = await UserModel.find().lean();
    const open = await startTestServer({ HOST: '0.0.0.0' });
    try {
      await UserModel.insertMany(accounts);
      expect((await open.stranger().get('/api/instance')).body.data.exampleAccounts).to.equal(null);
      const refused = await open.stranger().post('/api/session', { email, password });
      expect([refused.status, refused.body.error.code]).to.deep.equal([401, 'signIn.wrong']);
    } finally {
      await open.stop();
    }
  });
});
