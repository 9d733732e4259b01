// Duty: a push as a browser's maker receives it: sealed for that browser alone, signed by this server, with a reference and a verb inside.
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { Agent } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { everythingPushed, pushThrough } from '../../server/features/notifications/push.commands.ts';
import { PushSubscriptionModel } from '../../server/features/notifications/push.model.ts';
import { makePusher, type Pusher } from '../../server/features/notifications/pusher.ts';
import { keptPushKeys } from '../../server/features/notifications/pushKeys.ts';
import { everythingTold } from '../../server/features/notifications/telling.commands.ts';
import { logged, moved, pageOf, triage } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

/** Connects every name to this machine, in the clear: TLS is Node's own, what is inside is ours. */
class LocalAgent extends Agent {
  readonly port: number;
  constructor(port: number) {
    super();
    this.port = port;
  }
  override createConnection() {
    return connect(this.port, '127.0.0.1');
  }
}

/** What a browser does with the body (RFC 8291, aes128gcm), with the keys it made when it subscribed. */
function opened(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20]!;
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32));
  const derive = (label: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${label}\0`), length));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  // The last record ends with a 2 and padding.
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}

describe('A push on its way', () => {
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  let maker: Server;
  let pusher: Pusher;
  let status = 201;
  const received: { host: string; path: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
  const browser = createECDH('prime256v1');
  const auth = Buffer.alloc(16, 7);

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    maker = createServer(async (request, response) => {
      const body = await buffer(request);
      received.push({ host: request.headers.host!, path: request.url!, headers: request.headers, body });
      response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await once(maker, 'listening');
    pusher = makePusher({
      keys: () => keptPushKeys({ secret: server.env.AUDIT_SECRET, folder: server.env.DATA_DIR }),
      contact: 'KOSINT <office@example.org>',
      agent: new LocalAgent((maker.address() as AddressInfo).port),
    });
    browser.generateKeys();
  });
  beforeEach(async () => {
    received.length = 0;
    status = 201;
    await PushSubscriptionModel.deleteMany({});
    pushThrough(pusher);
    const answer = await activist.post('/api/push-subscriptions', {
      endpoint: 'https://fcm.googleapis.com/fcm/send/one',
      keys: { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') },
    });
    expect(answer.status).to.equal(204);
  });
  after(async () => {
    pushThrough(null);
    maker.close();
    await server.stop();
  });

  async function assigned(): Promise<string> {
    const id = await logged(activist, { title: 'Titlewhisper' });
    await moved(lead, id, triage(activist.id));
    await everythingTold();
    await everythingPushed();
    return (await pageOf(activist, id)).reference;
  }

  it('is read by its browser alone: a reference and a verb', async () => {
    const reference = await assigned();
    expect(received.map(({ host, path }) => host + path)).to.deep.equal(['fcm.googleapis.com/fcm/send/one']);
    const [{ headers, body }] = received as [(typeof received)[number]];
    expect(headers).to.include({ 'content-encoding': 'aes128gcm', ttl: '86400' });
    for (const word of [reference, 'lead', 'text', 'Titlewhisper'])
      expect(body.includes(word), word).to.equal(false);
    const said = JSON.parse(opened(body, browser, auth));
    expect(said.text).to.equal(`${reference}: you lead it or work on it`);
    expect(Object.keys(said)).to.deep.equal(['text', 'tag']);
    const other = createECDH('prime256v1');
    other.generateKeys();
    expect(() => opened(body, other, auth)).to.throw();
  });

  it('is signed for that maker with the key that browsers subscribed with', async () => {
    await assigned();
    const [, token = '', key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(received[0]!.headers.authorization!)!;
    expect(key).to.equal(await pusher.publicKey());
    const [head, claims, signature] = token.split('.') as [string, string, string];
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString());
    expect(said).to.include({ aud: 'https://fcm.googleapis.com', sub: 'mailto:office@example.org' });
    const point = Buffer.from(key!, 'base64url');
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    const signed = Buffer.from(`${head}.${claims}`);
    const isTheirs = verify(
      'sha256',
      signed,
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    expect(isTheirs).to.equal(true);
  });

  it('is not tried again with a browser that is gone, and is with one whose maker is only ill', async () => {
    status = 503;
    await assigned();
    expect(await PushSubscriptionModel.countDocuments()).to.equal(1);
    status = 410;
    await assigned();
    expect(await PushSubscriptionModel.countDocuments()).to.equal(0);
  });

  it('reaches no name that is not a maker’s, whatever a browser says', async () => {
    for (const endpoint of [
      'https://127.0.0.1/x',
      'https://fcm.googleapis.com.evil.example/x',
      'https://localhost/x',
    ]) {
      const answer = await activist.post('/api/push-subscriptions', {
        endpoint,
        keys: { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') },
      });
      expect(answer.status, endpoint).to.equal(422);
    }
    await assigned();
    expect(new Set(received.map(({ host }) => host))).to.deep.equal(new Set(['fcm.googleapis.com']));
  });
});
