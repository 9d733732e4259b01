// Duty: who may knock at which door of the directory: every role × endpoint, and input that nobody should send.
import { expect } from 'chai';
import { newId } from '../../shared/api.ts';
import { type Role, roles } from '../../shared/directory.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

interface Door {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  /** Status for those who may. */
  may: number;
  /** Everybody, everybody signed in, or those roles; the others get 403, a stranger 401. */
  who: 'everybody' | 'signedIn' | Role[];
}

const unknown = newId();
const unknownLink = 'x'.repeat(43);
const password = 'a password nobody else has';
const organisation = () => ({
  id: newId(),
  name: 'An organisation of the test',
  shortName: 'Test',
  kind: 'network',
  themes: ['housing'],
  services: ['legal_aid'],
  municipalities: ['peja'],
  capacity: null,
  contact: '',
  active: true,
});
const revision = {
  name: 'Nobody',
  role: 'coordinator',
  municipality: null,
  organisation: null,
  language: 'en',
  active: true,
  version: 1,
};
const doors = (): Door[] => [
  { method: 'GET', path: '/api/instance', may: 200, who: 'everybody' },
  { method: 'GET', path: '/api/municipalities', may: 200, who: 'everybody' },
  { method: 'GET', path: '/api/openapi.json', may: 200, who: 'everybody' },
  { method: 'GET', path: `/api/invitations/${unknownLink}`, may: 404, who: 'everybody' },
  { method: 'GET', path: `/api/password-resets/${unknownLink}`, may: 404, who: 'everybody' },
  {
    method: 'POST',
    path: '/api/invitations/accept',
    body: { token: unknownLink, password },
    may: 404,
    who: 'everybody',
  },
  {
    method: 'POST',
    path: '/api/password-resets/use',
    body: { token: unknownLink, password },
    may: 404,
    who: 'everybody',
  },
  {
    method: 'POST',
    path: '/api/password-resets',
    body: { email: 'no@example.org' },
    may: 202,
    who: 'everybody',
  },
  { method: 'GET', path: '/api/me', may: 200, who: 'signedIn' },
  { method: 'PATCH', path: '/api/me', body: {}, may: 200, who: 'signedIn' },
  {
    method: 'POST',
    path: '/api/me/password',
    body: { current: 'wrong', password },
    may: 422,
    who: 'signedIn',
  },
  { method: 'GET', path: '/api/sessions', may: 200, who: 'signedIn' },
  { method: 'DELETE', path: `/api/sessions/${unknownLink}`, may: 404, who: 'signedIn' },
  { method: 'GET', path: '/api/colleagues', may: 200, who: 'signedIn' },
  { method: 'GET', path: '/api/organisations', may: 200, who: 'signedIn' },
  { method: 'GET', path: '/api/institutions', may: 200, who: 'signedIn' },
  { method: 'GET', path: '/api/users', may: 200, who: ['administrator'] },
  {
    method: 'POST',
    path: '/api/users',
    body: {
      id: newId(),
      email: `invited-${newId()}@example.org`,
      name: 'Invited',
      role: 'funder',
      municipality: null,
      organisation: null,
      language: 'en',
    },
    may: 201,
    who: ['administrator'],
  },
  { method: 'PATCH', path: `/api/users/${unknown}`, body: revision, may: 404, who: ['administrator'] },
  { method: 'POST', path: `/api/users/${unknown}/invitation`, may: 404, who: ['administrator'] },
  { method: 'POST', path: `/api/users/${unknown}/unlock`, may: 404, who: ['administrator'] },
  { method: 'POST', path: '/api/organisations', body: organisation(), may: 201, who: ['administrator'] },
  {
    method: 'PATCH',
    path: `/api/organisations/${unknown}`,
    body: { version: 1 },
    may: 404,
    who: ['administrator'],
  },
];

describe('Doors of the directory', () => {
  let server: TestServer;
  const people = new Map<Role, Person>();
  before(async () => {
    server = await startTestServer();
    for (const role of roles) people.set(role, await server.as(role));
  });
  after(() => server.stop());

  for (const door of doors()) {
    it(`${door.method} ${door.path} opens for ${door.who}, and for nobody else`, async () => {
      const stranger = await server.stranger().send(door.method, door.path, door.body);
      expect(stranger.status, 'stranger').to.equal(door.who === 'everybody' ? door.may : 401);
      for (const [role, person] of people) {
        const mayPass = typeof door.who === 'string' || door.who.includes(role);
        const answer = await person.send(door.method, door.path, door.body);
        expect(answer.status, role).to.equal(mayPass ? door.may : 403);
        if (!mayPass) expect(answer.text).not.to.contain('@example.org');
      }
    });
  }

  it('when the request comes from another site, refuses to change anything', async () => {
    const administrator = people.get('administrator')!;
    const foreign = await administrator.send('POST', '/api/organisations', organisation(), {
      Origin: 'https://elsewhere.example',
    });
    expect(foreign.status).to.equal(403);
    expect(foreign.body.error.code).to.equal('origin.foreign');
    const response = await fetch(`${server.url}/api/organisations`, {
      method: 'POST',
      headers: { Cookie: administrator.cookie, 'Content-Type': 'text/plain' },
      body: JSON.stringify(organisation()),
    });
    expect(response.status).to.equal(403);
    const own = await administrator.send('POST', '/api/organisations', organisation(), {
      Origin: server.url,
    });
    expect(own.status).to.equal(201);
  });

  describe('bad input', () => {
    const invite = () => ({
      id: newId(),
      email: 'somebody@example.org',
      name: 'Somebody',
      role: 'activist',
      municipality: 'ferizaj',
      organisation: null,
      language: 'sq',
    });
    const bad: [string, () => object, { path: string; code: string }][] = [
      ['an unknown key', () => ({ ...invite(), admin: true }), { path: 'admin', code: 'unknown_key' }],
      [
        'an operator for a string',
        () => ({ ...invite(), email: { $gt: '' } }),
        { path: 'email', code: 'wrong_type' },
      ],
      ['an operator as a key', () => ({ ...invite(), $where: '1' }), { path: '$where', code: 'unknown_key' }],
      [
        'an over-long name',
        () => ({ ...invite(), name: 'x'.repeat(81) }),
        { path: 'name', code: 'too_long' },
      ],
      ['a forged id', () => ({ ...invite(), id: '../../etc' }), { path: 'id', code: 'not_an_id' }],
      ['an unknown role', () => ({ ...invite(), role: 'root' }), { path: 'role', code: 'not_a_choice' }],
      [
        'no municipality',
        () => ({ ...invite(), municipality: null }),
        { path: 'municipality', code: 'required' },
      ],
      [
        'a municipality for a funder',
        () => ({ ...invite(), role: 'funder' }),
        { path: 'municipality', code: 'not_for_this_role' },
      ],
      [
        'an organisation that is not there',
        () => ({ ...invite(), role: 'cso_member', municipality: null, organisation: newId() }),
        { path: 'organisation', code: 'not_found' },
      ],
      ['no e-mail', () => ({ ...invite(), email: undefined }), { path: 'email', code: 'required' }],
      [
        'a broken e-mail',
        () => ({ ...invite(), email: 'a@b\r\nBcc: c' }),
        { path: 'email', code: 'not_an_email' },
      ],
    ];
    for (const [what, body, fault] of bad) {
      it(`when an invitation has ${what}, answers 422 with ${fault.path}: ${fault.code} and makes nobody`, async () => {
        const administrator = people.get('administrator')!;
        const before = (await administrator.get('/api/users')).body.total;
        const answer = await administrator.post('/api/users', body());
        expect(answer.status).to.equal(422);
        const faults = answer.body.error.faults.map((one: any) => ({
          path: one.path.join('.'),
          code: one.code,
        }));
        expect(faults).to.deep.include(fault);
        expect((await administrator.get('/api/users')).body.total).to.equal(before);
      });
    }

    it('when a sign-in carries operators, answers 422 and asks the database nothing', async () => {
      for (const body of [
        { email: { $ne: null }, password: { $ne: null } },
        { email: ['a@example.org'], password: 'x' },
        { email: 'a@example.org', password: { $gt: '' } },
        { email: 'a@example.org', password: 'x'.repeat(201) },
        { email: 'a@example.org', password: 'x', remember: true },
      ])
        expect((await server.stranger().post('/api/session', body)).status).to.equal(422);
    });

    it('when the body is broken or too large, answers 400 or 413', async () => {
      const stranger = server.stranger();
      const headers = { 'Content-Type': 'application/json' };
      expect((await stranger.send('POST', '/api/session', '{"email":', headers)).status).to.equal(400);
      const large = JSON.stringify({ email: 'x'.repeat(300_000), password: 'x' });
      expect((await stranger.send('POST', '/api/session', large, headers)).status).to.equal(413);
    });

    it('when an id in the path is forged, answers 404', async () => {
      const administrator = people.get('administrator')!;
      for (const id of ['1', '%00', '$ne', '..%2f', 'x'.repeat(500)])
        expect((await administrator.patch(`/api/users/${id}`, revision)).status).to.equal(404);
    });
  });
});
