// Duty: attack the list of cases through its words and cursors: expressions that never end, operators, forged places in a list, saved filters.
import { expect } from 'chai';
import { cursorAt } from '../../server/positions.ts';
import { newId } from '../../shared/api.ts';
import { caseSorts } from '../../shared/cases.ts';
import { logged } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Hostile searches and cursors', () => {
  let server: TestServer;
  let activist: Person;
  let elsewhere: Person;

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    elsewhere = await server.as('activist', { municipality: 'prizren' });
    await logged(activist, { title: `${'a'.repeat(100)}!` });
    for (let round = 0; round < 3; round += 1) await logged(elsewhere, { municipality: 'prizren' });
  });
  after(() => server.stop());

  const list = (query: Record<string, string>, by = activist) =>
    by.get(`/api/cases?${new URLSearchParams(query)}`);

  it('when the words are a regular expression, looks for words alone, and soon', async () => {
    const words = [
      '.*',
      '^',
      '[a',
      '(',
      '(a+)+$',
      '(?=(a+))\\1+!',
      `${'a'.repeat(60)}$|.*`,
      'a{1,99999}',
      '\\u{10ffff}',
      '$where:1',
      '/.*/i',
      '\u0000',
    ];
    for (const q of words) {
      for (const sort of caseSorts) {
        const began = performance.now();
        const { status, body } = await list({ q, sort });
        expect(status, q).to.equal(200);
        // Words hold letters and digits: what has none finds nothing rather than everything.
        if (!/[a-z0-9]{2}/i.test(q)) expect(body.total, q).to.equal(0);
        expect(body.data.length, q).to.be.lessThan(2);
        expect(performance.now() - began, q).to.be.lessThan(1_000);
      }
    }
  }).timeout(60_000);

  it('when a cursor is forged, answers 422 or a part of what the viewer may see', async () => {
    const values: unknown[] = [
      Number.MAX_SAFE_INTEGER,
      Number.MIN_SAFE_INTEGER,
      8.64e15,
      0,
      -1,
      '',
      'zzzz',
      '\u0000',
      null,
      true,
      { $gt: '' },
      [''],
    ];
    for (const sort of caseSorts) {
      let understood = 0;
      for (const first of values) {
        for (const second of values) {
          const last = sort === 'urgency' ? ['x'] : [];
          const forged = [sort, String(first), String(second), ...last];
          // As every list writes its cursors, and with values that none writes.
          const cursor =
            typeof first === 'object' || typeof second === 'object'
              ? Buffer.from(JSON.stringify([sort, first, second, ...last])).toString('base64url')
              : cursorAt(...forged);
          const { status, body, text } = await list({ sort, cursor });
          expect(status, `${sort} ${JSON.stringify([first, second])} ${text}`).to.be.oneOf([200, 422]);
          if (status === 422)
            expect(body.error.faults).to.deep.equal([{ path: ['cursor'], code: 'not_a_cursor' }]);
          else understood += 1;
          if (status === 200)
            expect(body.data.every((row: any) => row.municipality === 'ferizaj')).to.equal(true);
        }
      }
      expect(understood, sort).to.be.greaterThan(0);
    }
    for (const cursor of ['%', '{}', 'bnVsbA', 'W10', 'eyJsZW5ndGgiOjN9', '\u0000', 'A'.repeat(401)])
      expect((await list({ cursor })).status, cursor).to.equal(422);
  }).timeout(60_000);

  it('when a cursor of somebody else is used, shows no case of theirs', async () => {
    const theirs = await list({ limit: '1', municipality: 'prizren' }, elsewhere);
    expect(theirs.body.next).to.be.a('string');
    const { status, body } = await list({ cursor: theirs.body.next, municipality: 'prizren' });
    expect(status).to.equal(200);
    expect(body.data).to.deep.equal([]);
  });

  it('when days lie outside of time, answers and does not fall over', async () => {
    for (const from of ['0000-01-01', '0001-01-01', '9999-12-31', '2024-02-30', '275760-09-13'])
      for (const path of [
        '/api/cases',
        '/api/cases/counts',
        '/api/map/facets',
        '/api/map/areas',
        '/api/map/cases',
      ])
        for (const name of ['from', 'to']) {
          const { status, text } = await activist.get(`${path}?${name}=${from}`);
          expect(status, `${path} ${name}=${from} ${text}`).to.be.oneOf([200, 422]);
        }
  });

  it('keeps a saved filter as words, for its owner alone', async () => {
    const id = newId();
    const query = 'municipality=prizren&__proto__[x]=1&lead[$ne]=me#<script>alert(1)</script>';
    const saved = await activist.put(`/api/saved-filters/${id}`, { id, name: 'javascript:alert(1)', query });
    expect(saved.status).to.equal(200);
    const mine = (await activist.get('/api/saved-filters')).body.data;
    expect(mine).to.deep.equal([{ id, name: 'javascript:alert(1)', query }]);
    expect((await elsewhere.get('/api/saved-filters')).text).not.to.include(id);
    const taken = await elsewhere.put(`/api/saved-filters/${id}`, { id, name: 'x', query: '' });
    expect(taken.status).to.equal(409);
    expect((await elsewhere.delete(`/api/saved-filters/${id}`)).status).to.equal(404);
    expect((await activist.get(`/api/cases?${query}`)).status).to.equal(422);
  });
});
