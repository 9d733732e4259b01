// Duty: attack who is let in: other sites, other names, cookies planted and altered, guessing, floods of resets, and what answers and time betray.
import { request } from 'node:http';
import { expect } from 'chai';
import { AttemptsModel } from '../../server/features/directory/signInLimits.model.ts';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { isOwnHost } from '../../server/http/hostGuard.ts';
import { isOwnOrigin } from '../../server/http/originGuard.ts';
import { report } from '../../server/log.ts';
import { newId } from '../../shared/api.ts';
import { caseInput, logged } from '../support/cases.ts';
import { listenToLog } from '../support/logLines.ts';
import { emptyOutbox, readOutbox } from '../support/outbox.ts';
import { consented, organisation, referred } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer, testPassword } from '../support/server.ts';

describe('Attacks on the doors', () => {
  let server: TestServer;
  let activist: Person;
  let email: string;

  before(async () => {
    server = await startTestServer({ TRUST_PROXY: '1' });
    activist = await server.as('activist');
    email = (await UserModel.findById(activist.id))!.email;
  });
  after(() => server.stop());
  beforeEach(() => AttemptsModel.deleteMany({}));

  /** As a browser would for a page of another site: no header of ours, the session's cookie sent along. */
  const crossSite = (headers: Record<string, string>, body: string, method = 'POST', path = '/api/cases') =>
    fetch(server.url + path, { method, headers: { Cookie: activist.cookie, ...headers }, body });

  describe('another site', () => {
    it('changes nothing, whatever it says it is and in whatever form', async () => {
      const host = new URL(server.url).host;
      const origins: (string | null)[] = [
        'null',
        'https://evil.example',
        `http://${host}.evil.example`,
        `http://evil.example/${host}`,
        `http://evil.example#${host}`,
        `http://${host}@evil.example`,
        'http://127.0.0.1',
        'http://127.0.0.1:1',
        `file://${host}`.replace(host, ''),
        '',
        'nonsense',
        null,
      ];
      const forms: [string, string][] = [
        ['application/json', JSON.stringify(caseInput())],
        ['text/plain', JSON.stringify(caseInput())],
        ['application/x-www-form-urlencoded', 'kind=group'],
        [
          'multipart/form-data; boundary=x',
          '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\ngroup\r\n--x--',
        ],
      ];
      for (const origin of origins)
        for (const [type, body] of forms) {
          const answer = await crossSite(
            { 'Content-Type': type, ...(origin === null ? {} : { Origin: origin }) },
            body,
          );
          expect(answer.status, `${origin} ${type}`).to.equal(403);
          expect((await answer.json()).error.code).to.equal('origin.foreign');
        }
      // A foreign origin is not outweighed by the header that programs send.
      const both = {
        Origin: 'https://evil.example',
        'X-Requested-With': 'x',
        'Content-Type': 'application/json',
      };
      expect((await crossSite(both, JSON.stringify(caseInput()))).status).to.equal(403);
      for (const method of ['PUT', 'PATCH', 'DELETE'])
        expect((await crossSite({ Origin: 'null' }, '', method, '/api/session')).status).to.equal(403);
      expect((await activist.get('/api/cases')).body.total).to.equal(0);
      expect((await activist.get('/api/me')).status).to.equal(200);
    });

    it('is told by the scheme too, where people come by https', () => {
      const address = 'https://tracker.example.org';
      expect(isOwnOrigin('https://tracker.example.org', 'tracker.example.org', address)).to.equal(true);
      expect(isOwnOrigin('http://tracker.example.org', 'tracker.example.org', address)).to.equal(false);
      expect(isOwnOrigin('http://127.0.0.1:3000', '127.0.0.1:3000', address)).to.equal(true);
    });

    it('cannot change anything by a link: no GET writes', async () => {
      const id = await logged(activist);
      const before = (await activist.get(`/api/cases/${id}`)).body.data;
      for (const path of [`/api/cases/${id}/moves`, `/api/cases/${id}/notes`, '/api/password-resets/use'])
        expect((await activist.get(`${path}?_method=POST&method=post`)).status, path).to.be.within(400, 499);
      expect((await activist.get(`/api/cases/${id}`)).body.data.version).to.equal(before.version);
    });
  });

  describe('another name for this server', () => {
    /** As a browser whose page rebound its own name to this address. */
    const addressed = (host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const { port } = new URL(server.url);
        request({ port, path: '/api/me', headers: { Host: host, Cookie: activist.cookie } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode!);
        })
          .once('error', reject)
          .end();
      });

    it('is refused before anything is read, whoever asks', async () => {
      const { port, host } = new URL(server.url);
      for (const name of [
        `evil.example:${port}`,
        `127.0.0.1.evil.example:${port}`,
        'localhost.evil.example',
        '%',
      ])
        expect(await addressed(name), name).to.equal(421);
      for (const name of [host, `localhost:${port}`, `[::1]:${port}`])
        expect(await addressed(name), name).to.equal(200);
    });

    it('is taken only as it was configured', () => {
      const address = 'https://tracker.example.org';
      expect(isOwnHost('tracker.example.org', address)).to.equal(true);
      expect(isOwnHost('Tracker.Example.org:443', address)).to.equal(true);
      expect(isOwnHost('example.org', address)).to.equal(false);
      expect(isOwnHost('tracker.example.org', undefined)).to.equal(false);
      expect(isOwnHost(undefined, address)).to.equal(false);
    });
  });

  describe('a cookie', () => {
    it('when altered, cut, unsigned or made up, is nobody', async () => {
      const [name, value] = activist.cookie.split('=') as [string, string];
      const decoded = decodeURIComponent(value);
      const [id, signature] = decoded.slice(2).split('.') as [string, string];
      const forged = [
        `s:${id}.${signature.slice(0, -2)}AA`,
        `s:${id}.`,
        `s:${id}`,
        id,
        `s:${id}x.${signature}`,
        `s:.${signature}`,
        `j:{"passport":{"user":{"id":"${activist.id}","epoch":0}}}`,
        's:__proto__.x',
        `${decoded}\u00e9`,
        '%',
        's:%00',
      ];
      for (const cookie of forged) {
        const somebody = server.stranger();
        somebody.cookie = `${name}=${encodeURIComponent(cookie)}`;
        expect((await somebody.get('/api/me')).status, cookie).to.equal(401);
        expect((await somebody.post('/api/cases', caseInput())).status, cookie).to.equal(401);
      }
      const twice = server.stranger();
      twice.cookie = `${name}=${encodeURIComponent(forged[0]!)}; ${activist.cookie}`;
      expect((await twice.get('/api/me')).status).to.be.oneOf([200, 401]);
    });

    it('planted before sign-in stays worthless, and none is given to strangers', async () => {
      const planted = 's%3Aplanted-by-somebody.x';
      const person = server.stranger();
      person.cookie = `kosint.sid=${planted}`;
      const answer = await person.post('/api/session', { email, password: testPassword });
      expect(answer.status).to.equal(200);
      expect(person.cookie).not.to.include('planted');
      const thief = server.stranger();
      thief.cookie = `kosint.sid=${planted}`;
      expect((await thief.get('/api/me')).status).to.equal(401);
      for (const path of ['/', '/api/instance', '/api/me', '/api/openapi.json'])
        expect((await server.stranger().get(path)).headers.getSetCookie(), path).to.deep.equal([]);
    });
  });

  describe('guessing', () => {
    it('the current password from an open session is slowed down like sign-in', async () => {
      const person = await server.as('activist');
      const guess = (current: string) =>
        person.post('/api/me/password', { current, password: 'a very good password' });
      const statuses: number[] = [];
      for (let round = 0; round < 9; round += 1) statuses.push((await guess(`wrong ${round}`)).status);
      expect(statuses.slice(0, 5)).to.deep.equal([422, 422, 422, 422, 422]);
      expect(statuses.at(-1)).to.equal(429);
      expect((await guess(testPassword)).status).to.equal(429);
    });

    it('who has an account is told by no answer: sign-in and reset, in body, headers and status', async () => {
      const seen = { '/api/session': new Set<string>(), '/api/password-resets': new Set<string>() };
      for (const asked of [email, 'nobody@example.org', 'first-administrator@x.invalid'])
        for (const path of ['/api/session', '/api/password-resets'] as const) {
          const body = path === '/api/session' ? { email: asked, password: 'wrong' } : { email: asked };
          const { status, text, headers } = await server.stranger().post(path, body);
          const names = [...headers].map(([name]) => name).sort();
          seen[path].add(`${status} ${text.replace(/"requestId":"[^"]*"/, '')} ${names}`);
        }
      for (const [path, answers] of Object.entries(seen)) expect([...answers], path).to.have.length(1);
    });
  });

  describe('a flood of resets', () => {
    it('from one address makes neither letters nor records without end', async () => {
      emptyOutbox(server.env.DATA_DIR);
      const people = await Promise.all(Array.from({ length: 4 }, () => server.as('funder')));
      const addresses = await UserModel.find({ _id: { $in: people.map(({ id }) => id) } }).distinct('email');
      await AttemptsModel.deleteMany({});
      const ask = (asked: string) =>
        server
          .stranger()
          .send('POST', '/api/password-resets', { email: asked }, { 'X-Forwarded-For': '198.51.100.77' });
      for (let round = 0; round < 60; round += 1)
        expect((await ask(`nobody-${round}@example.org`)).status).to.equal(202);
      for (const known of addresses) expect((await ask(known)).status).to.equal(202);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(readOutbox(server.env.DATA_DIR)).to.deep.equal([]);
      expect(await AttemptsModel.countDocuments()).to.be.lessThan(40);
    });
  });

  describe('one-time links', () => {
    it('altered, cut, doubled or of another kind, all answer the same and open nothing', async () => {
      const lead = await server.as('team_lead');
      const recipient = await organisation();
      const caseId = await logged(lead);
      await consented(lead, caseId, recipient);
      const referral = await referred(lead, caseId, recipient);
      const renewed = await lead.post(`/api/referrals/${referral}/link`);
      const token = (renewed.text.match(/answer\/([\w-]{43})/) ?? [])[1]!;
      expect(token, renewed.text).to.be.a('string');
      const flipped = `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`;
      const wrong = [flipped, token.split('').reverse().join(''), token.toLowerCase(), 'x'.repeat(43)];
      const misshapen = [
        token.slice(1),
        `${token}A`,
        `${token}%00`,
        `${token}%0a`,
        '$ne',
        '%ff',
        `${token}%2f..`,
      ];
      const stranger = server.stranger();
      const answers = new Set<string>();
      for (const one of [...wrong, ...misshapen])
        for (const [method, path, body] of [
          ['GET', `/api/answers/${one}`, undefined],
          [
            'POST',
            `/api/answers/${one}/moves`,
            { move: 'decline', version: 1, reason: 'no_capacity', note: '' },
          ],
          ['GET', `/api/answers/${one}/evidence/${newId()}`, undefined],
          ['POST', `/api/answers/${one}/identity/open`, {}],
          ['GET', `/api/invitations/${one}`, undefined],
          ['GET', `/api/password-resets/${one}`, undefined],
        ] as const) {
          const { status, body: said, text } = await stranger.send(method, path, body);
          expect(text, path).not.to.include(token);
          if (method === 'GET' && wrong.includes(one)) answers.add(`${status} ${said.error.code}`);
          else expect(status, path).to.be.within(400, 422);
        }
      expect([...answers]).to.deep.equal(['404 link.unknown']);
      // The right token of one kind is none of another.
      for (const path of ['invitations', 'password-resets'])
        expect((await stranger.get(`/api/${path}/${token}`)).body.error.code).to.equal('link.unknown');
      expect((await stranger.get(`/api/answers/${token}`)).status).to.equal(200);
    });
  });

  describe('the log', () => {
    it('keeps nothing of what a library quotes in its faults', async () => {
      const { lines, silence } = listenToLog();
      try {
        const secret = 'Quotedwhisper';
        report(new Error(`E11000 duplicate key error dup key: { email: "${secret} \\"x\\" ${secret}" }`));
        report(
          new Error(`550 5.1.1 <${secret}@example.org>: no such person, see https://x.example/${secret}`),
        );
        report(new Error(`Cast to string failed for value '${secret}' at path \`${secret}\``), {
          name: secret,
        });
        const email = (await UserModel.findById(activist.id))!.email;
        await UserModel.create({
          _id: newId(),
          email,
          name: secret,
          role: 'funder',
          language: 'en',
          invitedAt: new Date(),
        }).catch((error: unknown) => report(error, { where: 'test' }));
        report(Object.assign(new Error('x'), { code: `${secret} said no` }));
        report(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }));
        expect(lines).to.have.length(6);
        for (const line of lines) expect(line).not.to.include(secret).and.not.to.include(email);
        expect(lines[3]).to.include('E11000').and.to.include('    at ').and.to.include('"code":11000');
        expect(lines[5]).to.include('"code":"ECONNREFUSED"');
      } finally {
        silence();
      }
    });
  });
});
