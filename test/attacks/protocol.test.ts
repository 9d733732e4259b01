// Duty: attack below the schemas: packed bodies, broken HTTP, endless heads, slow senders, paths out of the folder, conditions and ranges.
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { makeHttpServer } from '../../server/http/httpServer.ts';
import { logged } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

/** Sends bytes as they are and answers all that comes back until the connection closes. */
function raw(port: number, parts: (string | Uint8Array)[], pause = 0): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.on('data', (data) => {
      heard += data.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
    void (async () => {
      for (const part of parts) {
        if (!socket.writable) return;
        socket.write(part);
        if (pause) await new Promise((next) => setTimeout(next, pause));
      }
    })();
  });
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

describe('Hostile HTTP', () => {
  let server: TestServer;
  let activist: Person;
  let caseId: string;
  let port: number;

  before(async () => {
    server = await startTestServer();
    port = Number(new URL(server.url).port);
    activist = await server.as('activist');
    caseId = await logged(activist);
  });
  after(() => server.stop());

  const head = (line: string, ...headers: string[]) =>
    `${[`${line} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;

  it('when a body comes packed, refuses it unopened', async () => {
    const bomb = Buffer.from(JSON.stringify({ email: 'x'.repeat(50_000_000), password: 'x' }));
    const packed: [string, Uint8Array<ArrayBuffer>][] = [
      ['gzip', new Uint8Array(gzipSync(bomb))],
      ['deflate', new Uint8Array(deflateSync(bomb))],
      ['br', new Uint8Array(brotliCompressSync(bomb, { params: { 1: 1 } }))],
      ['gzip', new Uint8Array([1, 2, 3])],
      ['gzip, gzip', new Uint8Array(gzipSync(gzipSync(bomb)))],
      ['nonsense', new Uint8Array([1])],
    ];
    const before = process.memoryUsage().rss;
    for (const [encoding, content] of packed) {
      const answer = await server.stranger().send('POST', '/api/session', content, {
        'Content-Type': 'application/json',
        'Content-Encoding': encoding,
      });
      expect(answer.status, encoding).to.equal(415);
      expect(answer.body.error.code).to.equal('mediaType.unsupported');
    }
    expect(process.memoryUsage().rss - before).to.be.lessThan(100_000_000);
  });

  it('when a head is endless or no HTTP at all, answers in the one shape and hangs up', async () => {
    const attacks: [string, number, (string | Uint8Array)[]][] = [
      ['an over-long address', 431, [head(`GET /api/cases?q=${'x'.repeat(40_000)}`)]],
      ['an over-long header', 431, [head('GET /api/me', `X-Long: ${'x'.repeat(40_000)}`)]],
      [
        'very many headers',
        431,
        [head('GET /api/me', ...Array.from({ length: 3_000 }, (_, at) => `X-${at}: x`))],
      ],
      ['an over-long cookie', 431, [head('GET /api/me', `Cookie: kosint.sid=${'s'.repeat(20_000)}`)]],
      ['no HTTP', 400, ['\u0016\u0003\u0001 hello\r\n\r\n']],
      ['an unknown method', 400, [head('EVIL /api/me')]],
      ['a NUL in a header', 400, [head('GET /api/me', 'X-Nul: a\u0000b')]],
      ['a line broken into a header', 400, [head('GET /api/me', 'X-A: b\nX-B c')]],
      [
        'two lengths',
        400,
        [head('POST /api/session', 'X-Requested-With: x', 'Content-Length: 2', 'Content-Length: 3'), '{}'],
      ],
      [
        'a length and chunks',
        400,
        [
          head('POST /api/session', 'X-Requested-With: x', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
          '0\r\n\r\nGET /api/me HTTP/1.1\r\n\r\n',
        ],
      ],
      [
        'a broken chunk',
        400,
        [head('POST /api/session', 'X-Requested-With: x', 'Transfer-Encoding: chunked'), 'zz\r\n{}\r\n'],
      ],
      ['a space in the name', 400, [head('GET /api/me', 'X Y: z')]],
    ];
    for (const [what, status, parts] of attacks) {
      const answer = await raw(port, parts);
      expect(statusOf(answer), `${what}: ${answer.slice(0, 200)}`).to.equal(status);
      expect(answer.match(/HTTP\/1\.1/g), what).to.have.length(1);
      const { error } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
      expect(error.code, what).to.match(/^[a-zA-Z]+\.[a-zA-Z]+$/);
      expect(answer, what).to.match(/cache-control: no-store/i);
    }
    expect((await activist.get('/api/me')).status).to.equal(200);
  });

  it('when somebody sends a letter now and then, hangs up and serves the others meanwhile', async () => {
    const slow = makeHttpServer(server.app.express, { headTimeout: 300, silence: 500 });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const slowPort = (slow.address() as { port: number }).port;
    try {
      const letters = [
        ...'GET /api/me HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      ];
      const [drip, silent] = await Promise.all([
        raw(slowPort, letters, 30),
        raw(slowPort, [
          head(
            'POST /api/session',
            'X-Requested-With: x',
            'Content-Type: application/json',
            'Content-Length: 100',
          ),
          '{"e',
        ]),
        ...Array.from({ length: 20 }, () => raw(slowPort, ['GET /api/me HTTP/1.1\r\nHost: x\r\n'])),
      ]);
      expect(statusOf(drip!)).to.equal(408);
      // A body that stops in the middle gets nothing: there is nobody to tell.
      expect(silent).to.equal('');
    } finally {
      slow.closeAllConnections();
      slow.close();
    }
  });

  it('holds the real server to times in which nobody can keep it busy', () => {
    expect(server.http.headersTimeout).to.be.within(5_000, 30_000);
    expect(server.http.requestTimeout).to.be.within(60_000, 900_000);
    expect(server.http.timeout).to.be.within(30_000, 120_000);
    expect(server.http.maxHeadersCount === null || server.http.maxHeadersCount! <= 2_000).to.equal(true);
  });

  it('serves no file but those of the built client, however the path is written', async () => {
    const ways = [
      '/package.json',
      '/../package.json',
      '/..%2fpackage.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/%252e%252e%252fpackage.json',
      '/..%5c..%5cpackage.json',
      '/assets/../../../package.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/assets/%2e%2e%2fserver%2findex.js',
      '/assets/....//....//server/index.js',
      '//etc/passwd',
      '/%2fetc%2fpasswd',
      '/assets/..;/server/index.js',
      '/index.html%00.js',
      '/.vite/manifest.json',
      '/.env',
      '/server/index.js',
      '/server/index.js.map',
      '/data/session-secret',
      '/api/../package.json',
      '/api/..%2f..%2fpackage.json',
      '/socket.io/../package.json',
      '/%ff',
      '/%',
      '/assets/%',
      'http://127.0.0.1/../package.json',
    ];
    for (const way of ways) {
      const answer = await raw(port, [head(`GET ${way}`)]);
      expect(statusOf(answer), `${way} ${answer.slice(0, 300)}`).to.be.within(200, 499);
      for (const trace of [
        'kosint-tracker"',
        '"isEntry"',
        'root:',
        'express',
        'sourceMappingURL',
        'SESSION_',
      ])
        expect(answer, way).not.to.include(trace);
    }
  });

  it('finds no evidence by a path that leads elsewhere', async () => {
    const ids = [
      '..%2f..%2fetc%2fpasswd',
      '%2e%2e',
      '..%5c..%5cx',
      '%00',
      `${caseId}%2f..`,
      `${caseId}%00`,
      caseId.toUpperCase(),
      '$ne',
      '__proto__',
      '%ff',
      '%',
    ];
    for (const id of ids) {
      for (const path of [
        `/api/cases/${caseId}/evidence/${id}`,
        `/api/cases/${caseId}/evidence/${id}/thumbnail`,
        `/api/cases/${id}/evidence/${id}`,
        `/api/cases/${id}`,
      ]) {
        const answer = await raw(port, [head(`GET ${path}`, `Cookie: ${activist.cookie}`)]);
        expect(statusOf(answer), path).to.be.oneOf([400, 404]);
        expect(answer, path).to.match(
          /\r\n\r\n\{"error":\{"code":"[a-zA-Z.]+","requestId":"[0-9a-f-]{36}"\}\}$/,
        );
      }
      const sent = await activist.send('POST', `/api/cases/${caseId}/evidence?id=${id}`, new FormData());
      expect(sent.status, id).to.be.oneOf([400, 422]);
    }
  });

  it('when conditions and ranges make no sense, answers below 500', async () => {
    const oddities: [string, string][] = [
      ['Range', 'bytes=999999999-'],
      ['Range', 'bytes=-0,-0,-0,0-,0-,0-'],
      ['If-Match', '"nothing"'],
      ['If-Unmodified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
      ['If-None-Match', '*'],
      ['Accept', 'text/../../etc'],
      ['Accept-Encoding', 'gzip;q=NaN, *;q=0'],
      ['Accept-Language', '*'.repeat(2_000)],
      ['X-Forwarded-For', '<script>alert(1)</script>, 127.0.0.1'],
      ['X-HTTP-Method-Override', 'DELETE'],
      ['Upgrade', 'h2c'],
      ['Content-Length', '0'],
      ['Cookie', 'kosint.sid=s%3A%00; kosint.sid=%; kosint.device=<script>; __proto__=x'],
    ];
    for (const [name, value] of oddities)
      for (const path of [
        '/',
        '/assets/x.js',
        '/icon.svg',
        '/api/map/shapes',
        '/api/me',
        `/api/cases/${caseId}`,
        '/healthz',
      ]) {
        const answer = await raw(port, [
          head(
            `GET ${path}`,
            ...(name === 'Cookie' ? [] : [`Cookie: ${activist.cookie}`]),
            `${name}: ${value}`,
          ),
        ]);
        expect(statusOf(answer), `${path} with ${name}: ${answer.slice(0, 200)}`).to.be.within(200, 499);
        expect(answer, path).not.to.include('<script>alert');
      }
  });

  it('knows no method but those that are mounted', async () => {
    for (const method of ['PUT', 'TRACE', 'PROPFIND', 'SEARCH', 'OPTIONS', 'HEAD', 'LINK', 'PURGE']) {
      const answer = await raw(port, [
        head(`${method} /api/session`, `Cookie: ${activist.cookie}`, 'X-Requested-With: x'),
      ]);
      expect(statusOf(answer), method).to.be.within(200, 499);
      expect(answer, method).not.to.include(activist.cookie);
    }
    expect((await activist.get('/api/me')).status).to.equal(200);
  });

  it('tells a browser on every answer what this site never does', async () => {
    const paths = ['/api/me', '/api/cases', '/api/nothing', '/api/cases/x', '/healthz', '/', '/api/%ff'];
    for (const path of paths) {
      const { headers, status } = await activist.get(path);
      const said = `${path} ${status}`;
      expect(headers.get('x-content-type-options'), said).to.equal('nosniff');
      expect(headers.get('referrer-policy'), said).to.equal('no-referrer');
      expect(headers.get('cross-origin-resource-policy'), said).to.equal('same-origin');
      expect(headers.get('cross-origin-opener-policy'), said).to.equal('same-origin');
      expect(headers.get('x-frame-options'), said).to.match(/deny|sameorigin/i);
      expect(headers.get('permissions-policy'), said).to.include('camera=()');
      expect(headers.get('x-powered-by'), said).to.equal(null);
      expect(headers.get('access-control-allow-origin'), said).to.equal(null);
      const policy = headers.get('content-security-policy')!;
      expect(policy, said).to.include("default-src 'none'").and.to.include("frame-ancestors 'none'");
      expect(policy, said)
        .to.include("script-src 'self';")
        .and.not.to.match(/unsafe|\*|https?:/);
      if (path !== '/') expect(headers.get('cache-control'), said).to.equal('no-store');
    }
  });
});
