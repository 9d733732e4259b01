// Duty: what the browser makes of an answer: errors, waiting times, addresses. No server.
import { expect } from 'chai';
import {
  ApiError,
  api,
  errorOf,
  isUnreachable,
  onSessionLost,
  retryAfter,
  withQuery,
} from '../../client/lib/api.ts';
import { worthRetrying } from '../../client/lib/queryClient.ts';

const noHeaders = () => null;

describe('errorOf', () => {
  it('keeps code, faults, extra and the request number of our own errors', () => {
    const faults = [{ path: ['people', 'count'], code: 'too_large', params: { maximum: 5000 } }];
    const error = errorOf(422, { error: { code: 'input.invalid', requestId: 'r1', faults } }, noHeaders);
    expect(error).to.include({ status: 422, code: 'input.invalid', requestId: 'r1' });
    expect(error.faults).to.deep.equal(faults);
  });

  it('knows nothing of a page that a proxy made', () => {
    expect(errorOf(502, '<html>Bad gateway</html>', noHeaders)).to.include({
      status: 502,
      code: 'unexpected',
    });
    expect(errorOf(500, { error: 'broken' }, noHeaders).code).to.equal('unexpected');
    expect(errorOf(500, null, noHeaders).code).to.equal('unexpected');
  });

  it('reads how long to wait', () => {
    const headers = (name: string) => (name === 'Retry-After' ? '30' : null);
    expect(errorOf(429, { error: { code: 'tooMany', requestId: 'r' } }, headers).retryAfterSeconds).to.equal(
      30,
    );
  });
});

describe('retryAfter', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it('reads seconds and dates', () => {
    expect(retryAfter('7', now)).to.equal(7);
    expect(retryAfter('Sat, 21 Nov 2026 12:01:00 GMT', now)).to.equal(60);
    expect(retryAfter('Sat, 21 Nov 2026 11:00:00 GMT', now)).to.equal(0);
  });
  it('is null for nothing and for nonsense', () => {
    expect(retryAfter(null, now)).to.equal(null);
    expect(retryAfter('soon', now)).to.equal(null);
  });
});

describe('withQuery', () => {
  it('joins lists and leaves out what is empty', () => {
    const query = {
      theme: ['housing', 'covid19'],
      q: 'ujë & rrymë',
      lead: undefined,
      cursor: null,
      status: [],
      late: true,
    };
    expect(withQuery('/api/cases', query)).to.equal(
      '/api/cases?theme=housing%2Ccovid19&q=uj%C3%AB+%26+rrym%C3%AB&late=true',
    );
    expect(withQuery('/api/cases')).to.equal('/api/cases');
  });
});

describe('api', () => {
  const realFetch = globalThis.fetch;
  const sent: { url: string; init: RequestInit }[] = [];
  const answerWith = (...answers: (Response | Error)[]) => {
    globalThis.fetch = (async (url: string, init: RequestInit) => {
      sent.push({ url, init });
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    }) as typeof fetch;
  };
  const lost = () => Response.json({ error: { code: 'signIn.needed', requestId: 'r' } }, { status: 401 });
  const failing = (promise: Promise<unknown>) =>
    promise.then(
      () => expect.fail('no error'),
      (error: ApiError) => error,
    );

  beforeEach(() => {
    sent.length = 0;
  });
  afterEach(() => {
    globalThis.fetch = realFetch;
    onSessionLost(async () => false);
  });

  it('says that the page of this site asks, and sends JSON', async () => {
    answerWith(Response.json({ data: 1 }, { status: 201 }));
    expect(await api.post('/api/things', { name: 'ë' })).to.deep.equal({ data: 1 });
    expect(sent[0]!.init.headers).to.include({
      'X-Requested-With': 'kosint',
      'Content-Type': 'application/json',
    });
    expect(sent[0]!.init.body).to.equal('{"name":"ë"}');
  });

  it('answers nothing for 204', async () => {
    answerWith(new Response(null, { status: 204 }));
    expect(await api.delete('/api/session')).to.equal(undefined);
  });

  it('tells a network that broke from an answer', async () => {
    answerWith(new TypeError('Failed to fetch'));
    const error = await failing(api.get('/api/me'));
    expect(isUnreachable(error)).to.equal(true);
    expect(error.code).to.equal('network');
  });

  it('sends the same again after the person signed in again', async () => {
    onSessionLost(async () => true);
    answerWith(lost(), Response.json({ data: 'kept' }));
    expect(await api.patch('/api/cases/1', { title: 'typed' })).to.deep.equal({ data: 'kept' });
    expect(sent.map(({ init }) => init.body)).to.deep.equal(['{"title":"typed"}', '{"title":"typed"}']);
  });

  it('asks to sign in once only, and not for quiet requests', async () => {
    let asked = 0;
    onSessionLost(async () => {
      asked += 1;
      return true;
    });
    answerWith(lost(), lost());
    expect((await failing(api.get('/api/cases'))).status).to.equal(401);
    answerWith(lost());
    expect((await failing(api.get('/api/me', { quiet: true }))).status).to.equal(401);
    expect(asked).to.equal(1);
  });
});

describe('worthRetrying', () => {
  it('tries again only what may pass', () => {
    expect(worthRetrying(0, new ApiError(0, 'network'))).to.equal(true);
    expect(worthRetrying(1, new ApiError(503, 'unavailable'))).to.equal(true);
    expect(worthRetrying(2, new ApiError(503, 'unavailable'))).to.equal(false);
    for (const status of [400, 401, 403, 404, 409, 422, 429, 500])
      expect(worthRetrying(0, new ApiError(status, 'x')), String(status)).to.equal(false);
    expect(worthRetrying(0, new TypeError('bug'))).to.equal(false);
  });
});
