// Duty: everybody's own notices: who is told of what, live, once; read; chosen; and nobody else's.
import { expect } from 'chai';
import { NotificationModel } from '../../server/features/notifications/notifications.model.ts';
import { everythingTold } from '../../server/features/notifications/telling.commands.ts';
import { newId } from '../../shared/api.ts';
import { logged, moved, triage } from '../support/cases.ts';
import { accept, consented, movedReferral, organisation, referred } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Notifications', () => {
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  let partner: Person;
  let colleague: Person;
  let recipient: string;
  let caseId: string;
  let referralId: string;
  const heard: unknown[][] = [];
  const overheard: unknown[][] = [];

  const inboxOf = async (person: Person, query = '') => {
    await everythingTold();
    const { status, body } = await person.get(`/api/notifications${query}`);
    expect(status).to.equal(200);
    return body;
  };

  before(async () => {
    server = await startTestServer();
    recipient = await organisation();
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    partner = await server.as('cso_member', { organisation: recipient });
    colleague = await server.as('cso_member', { organisation: recipient });
    const stranger = await server.as('cso_member');
    (await partner.socket()).on('change', (...change) => heard.push(change));
    (await stranger.socket()).on('change', (...change) => overheard.push(change));
    caseId = await logged(activist, { title: 'Titlewhisper' });
    await moved(lead, caseId, triage(activist.id));
    await consented(activist, caseId, recipient);
    referralId = await referred(activist, caseId, recipient);
    await everythingTold();
  });
  after(() => server.stop());

  it('tell every member of the organisation that is asked, with a reference and a verb, and lead to no case', async () => {
    for (const person of [partner, colleague]) {
      const { data, unread, total } = await inboxOf(person);
      expect([total, unread]).to.deep.equal([1, 1]);
      expect(data[0]).to.include({ event: 'referral.sent', referralId, caseId: null, readAt: null });
      expect(data[0].reference).to.match(/^FER-\d{4}-\d{4}$/);
      expect(JSON.stringify(data)).not.to.include('Titlewhisper');
    }
    const added = heard.filter(([name]) => name === 'notification.added');
    expect(added).to.have.length(1);
    expect(Object.keys(added[0]![1] as object)).to.deep.equal(['id']);
    expect(overheard).to.deep.equal([]);
  });

  it('tell who was named, and not who did it', async () => {
    const { data } = await inboxOf(activist);
    expect(data.map(({ event }: any) => event)).to.deep.equal(['case.assigned']);
    expect(data[0].caseId).to.equal(caseId);
    expect((await inboxOf(lead)).total).to.equal(0);
  });

  it('tell the sender of every answer, the worker alone of what follows', async () => {
    await movedReferral(partner, referralId, accept(partner));
    await movedReferral(activist, referralId, { move: 'recall', reason: 'A mistake' });
    expect((await inboxOf(activist)).data[0].event).to.equal('referral.accepted');
    expect((await inboxOf(partner)).data[0].event).to.equal('referral.recalled');
    expect((await inboxOf(colleague)).data[0].event).to.equal('referral.sent');
  });

  it('are read one by one or all, by their reader alone', async () => {
    const [first] = (await inboxOf(partner)).data;
    expect((await colleague.post('/api/notifications/read', { ids: [first.id] })).status).to.equal(204);
    expect((await inboxOf(partner)).unread).to.equal(2);
    expect((await partner.post('/api/notifications/read', { ids: [first.id] })).status).to.equal(204);
    expect((await inboxOf(partner)).unread).to.equal(1);
    expect((await partner.post('/api/notifications/read-all')).status).to.equal(204);
    expect((await inboxOf(partner)).unread).to.equal(0);
    expect((await server.stranger().get('/api/notifications')).status).to.equal(401);
    expect((await partner.post('/api/notifications/read', { ids: ['x'] })).status).to.equal(422);
  });

  it('come in pages, newest first, without a gap', async () => {
    const file = (await NotificationModel.findOne({ user: partner.id }).lean())!;
    await NotificationModel.insertMany(
      Array.from({ length: 7 }, (_, at) => ({
        ...file,
        _id: newId(),
        at: new Date(1e12 + Math.floor(at / 2)),
      })),
    );
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: any = await inboxOf(partner, `?limit=2${next ? `&cursor=${next}` : ''}`);
      seen.push(...page.data.map(({ id }: any) => id));
      next = page.next;
    }
    expect(new Set(seen).size).to.equal(9);
    expect(seen).to.have.length(9);
  });

  it('follow each person’s choices, which must be ones there are', async () => {
    const choices = { events: { 'referral.sent': 'digest' }, quiet: { from: '21:00', to: '07:30' } };
    expect((await partner.put('/api/notification-choices', choices)).body.data).to.deep.equal(choices);
    expect((await partner.get('/api/notification-choices')).body.data).to.deep.equal(choices);
    expect((await colleague.get('/api/notification-choices')).body.data).to.deep.equal({
      events: {},
      quiet: null,
    });
    for (const wrong of [
      { events: { 'referral.eaten': 'mail' }, quiet: null },
      { events: { 'referral.sent': 'pigeon' }, quiet: null },
      { events: {}, quiet: { from: '25:00', to: '07:00' } },
    ])
      expect((await partner.put('/api/notification-choices', wrong)).status).to.equal(422);
  });
});
