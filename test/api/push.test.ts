// Duty: web push: whom, what and when, through a pusher of the test's own; nothing leaves this machine.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { everythingPushed, pushThrough } from '../../server/features/notifications/push.commands.ts';
import { PushKeysModel, PushSubscriptionModel } from '../../server/features/notifications/push.model.ts';
import { keptPushKeys } from '../../server/features/notifications/pushKeys.ts';
import { everythingTold } from '../../server/features/notifications/telling.commands.ts';
import { logged, moved, pageOf, triage } from '../support/cases.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Web push', () => {
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  const pushed: { endpoint: string; payload: string }[] = [];
  let answers: 'sent' | 'gone' = 'sent';

  const browser = (name: string) => ({
    endpoint: `https://fcm.googleapis.com/fcm/send/${name}`,
    keys: { p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) },
  });
  const subscribe = (by: Person, name: string) => by.post('/api/push-subscriptions', browser(name));
  async function assigned(): Promise<string> {
    const id = await logged(activist, { title: 'Titlewhisper' });
    await moved(lead, id, triage(activist.id));
    await everythingTold();
    await everythingPushed();
    return id;
  }

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    lead = await server.as('team_lead');
  });
  beforeEach(async () => {
    pushed.length = 0;
    answers = 'sent';
    await PushSubscriptionModel.deleteMany({});
    pushThrough({
      publicKey: async () => 'key',
      async send({ endpoint }, payload) {
        pushed.push({ endpoint, payload });
        return answers;
      },
    });
  });
  after(async () => {
    pushThrough(null);
    await server.stop();
  });

  it('goes to each of the reader’s browsers with the reference and a verb, and to nobody else’s', async () => {
    for (const [by, name] of [
      [activist, 'one'],
      [activist, 'two'],
      [lead, 'other'],
    ] as const)
      expect((await subscribe(by, name)).status).to.equal(204);
    const { reference } = await pageOf(activist, await assigned());
    expect(pushed.map(({ endpoint }) => endpoint.slice(-3)).sort()).to.deep.equal(['one', 'two']);
    const payload = JSON.parse(pushed[0]!.payload);
    expect(Object.keys(payload)).to.deep.equal(['text', 'tag']);
    expect(payload.text).to.equal(`${reference}: you lead it or work on it`);
  });

  it('ends with the subscription, with a browser that is gone, and with signing out everywhere', async () => {
    await subscribe(activist, 'one');
    await activist.post('/api/push-subscriptions/end', { endpoint: browser('one').endpoint });
    await assigned();
    expect(pushed).to.have.length(0);
    await subscribe(activist, 'two');
    answers = 'gone';
    await assigned();
    await assigned();
    expect(pushed).to.have.length(1);
    const other = await server.as('activist');
    await subscribe(other, 'three');
    expect((await other.delete('/api/sessions')).status).to.equal(204);
    await everythingPushed();
    expect(await PushSubscriptionModel.countDocuments({ user: other.id })).to.equal(0);
  });

  it('waits for nobody in quiet hours: the page has it', async () => {
    await subscribe(activist, 'one');
    await activist.put('/api/notification-choices', { events: {}, quiet: { from: '00:00', to: '23:59' } });
    await assigned();
    expect(pushed).to.have.length(0);
    await activist.put('/api/notification-choices', { events: {}, quiet: null });
  });

  it('goes to the browsers’ own services alone, and to ten browsers of a person at most', async () => {
    for (const endpoint of [
      'https://127.0.0.1/push',
      'https://fcm.googleapis.com.evil.example/x',
      'http://fcm.googleapis.com/x',
      'https://push.apple.com.internal/x',
    ])
      expect((await activist.post('/api/push-subscriptions', { ...browser('x'), endpoint })).status).to.equal(
        422,
      );
    for (let at = 0; at < 12; at += 1) await subscribe(activist, `many-${at}`);
    expect(await PushSubscriptionModel.countDocuments({ user: activist.id })).to.equal(10);
  });

  it('has one key pair in all processes, sealed in the database, also when several begin together', async () => {
    await PushKeysModel.deleteMany({});
    const settings = { secret: 'a secret of this installation', folder: server.env.DATA_DIR };
    const pairs = await Promise.all([1, 2, 3].map(() => keptPushKeys(settings)));
    expect(new Set(pairs.map((pair) => JSON.stringify(pair)))).to.have.property('size', 1);
    expect(await keptPushKeys(settings)).to.deep.equal(pairs[0]);
    expect(JSON.stringify(await PushKeysModel.find().lean())).not.to.include(pairs[0]!.privateKey);
    expect((await activist.get('/api/push-key')).body.data).to.deep.equal({ publicKey: 'key' });
    expect((await server.stranger().get('/api/push-key')).status).to.equal(401);
  });

  it('takes over the pair of an earlier version’s file, and makes another only where nobody can open the one there is', async () => {
    await PushKeysModel.deleteMany({});
    await subscribe(activist, 'one');
    const file = join(server.env.DATA_DIR, 'push-keys.json');
    const earlier = { publicKey: 'public', privateKey: 'private' };
    writeFileSync(file, JSON.stringify(earlier));
    const folder = server.env.DATA_DIR;
    expect(await keptPushKeys({ secret: 'one', folder })).to.deep.equal(earlier);
    expect(existsSync(file)).to.equal(false);
    expect(await PushSubscriptionModel.countDocuments()).to.equal(1);
    const anew = await keptPushKeys({ secret: 'another', folder });
    expect(anew.publicKey).not.to.equal(earlier.publicKey);
    expect(await keptPushKeys({ secret: 'another', folder })).to.deep.equal(anew);
    expect(await PushSubscriptionModel.countDocuments(), 'nobody is reached with the old one').to.equal(0);
  });
});
