// Duty: plant secrets in a referred case and its vault, drive everybody through every door, and search answers, sockets, mails, notices, log.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { settingsOf } from '../server/app.ts';
import { clock, dayAfter, dayOf } from '../server/clock.ts';
import { everythingTold } from '../server/features/notifications/telling.commands.ts';
import { allJobs } from '../server/jobs/jobs.ts';
import { runDueJobs } from '../server/jobs/runner.ts';
import { newId } from '../shared/api.ts';
import { type NotificationEvent, notificationEvents } from '../shared/notifications.ts';
import { inDays, logged, moved, triage } from './support/cases.ts';
import { planted, plantedTraces } from './support/consents.ts';
import { order } from './support/exports.ts';
import { listenToLog } from './support/logLines.ts';
import { emptyOutbox, readOutbox } from './support/outbox.ts';
import {
  accept,
  consented,
  movedReferral,
  organisation,
  referralInput,
  referred,
} from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

/** Of the case: `shared` was ticked, the others were not. */
const words = { shared: 'Titlewhisper', story: 'Storywhisper', need: 'Needwhisper', note: 'Notewhisper' };

describe('Privacy of referrals', () => {
  let server: TestServer;
  let lead: Person;
  let recipient: Person;
  let outsiders: Record<string, Person>;
  let insiders: Record<string, Person>;
  let log: ReturnType<typeof listenToLog>;
  let token: string;
  let withoutAccounts: string;
  const ids = { case: '', referral: '', linked: '' };
  const heard: string[] = [];

  before(async () => {
    server = await startTestServer();
    log = listenToLog();
    emptyOutbox(server.env.DATA_DIR);
    const partner = await organisation();
    withoutAccounts = await organisation({ contact: 'desk@partner.example' });
    lead = await server.as('activist');
    recipient = await server.as('cso_member', { organisation: partner });
    const teamLead = await server.as('team_lead');
    insiders = {
      lead,
      teamLead,
      coordinator: await server.as('coordinator'),
      mate: await server.as('activist'),
    };
    outsiders = {
      otherPartner: await server.as('cso_member', { organisation: await organisation() }),
      otherActivist: await server.as('activist', { municipality: 'peja' }),
      funder: await server.as('funder'),
      administrator: await server.as('administrator'),
      stranger: server.stranger(),
    };
    const everything = Object.fromEntries(
      notificationEvents.map((event): [NotificationEvent, string] => [event, 'mail']),
    );
    for (const person of [...Object.values({ ...insiders, ...outsiders }), recipient]) {
      if (!person.cookie) continue;
      (await person.socket()).onAny((...event) => heard.push(JSON.stringify(event)));
      await person.put('/api/notification-choices', { events: everything, quiet: null });
    }
    ids.case = await logged(lead, { title: words.shared, description: words.story, need: words.need });
    await lead.post(`/api/cases/${ids.case}/notes`, { id: newId(), text: words.note });
    const vault = await lead.put(`/api/cases/${ids.case}/identity`, { version: 0, fields: planted });
    expect(vault.status, vault.text).to.equal(200);
    await moved(teamLead, ids.case, triage(lead.id));
    await moved(lead, ids.case, { move: 'start' });
    for (const to of [partner, withoutAccounts])
      await consented(lead, ids.case, to, { fields: ['title', 'name', 'phone', 'point'] });
    ids.referral = await referred(lead, ids.case, partner, { sharedFields: ['title', 'name', 'phone'] });
    const linked = referralInput(withoutAccounts, { sharedFields: ['title', 'name'] });
    ids.linked = linked.id;
    const { body } = await lead.post(`/api/cases/${ids.case}/referrals`, linked);
    token = /\/answer\/([\w-]{43})/.exec(body.link.url ?? '')![1]!;
    await movedReferral(recipient, ids.referral, accept(recipient));
    await movedReferral(recipient, ids.referral, { move: 'begin' });
    const { data } = (await server.stranger().get(`/api/answers/${token}`)).body;
    const answered = await server.stranger().post(`/api/answers/${token}/moves`, {
      move: 'accept',
      workerName: 'Somebody',
      firstContactOn: inDays(1),
      version: data.version,
    });
    expect(answered.status).to.equal(200);
  });
  after(async () => {
    clock.stopAt(null);
    log.silence();
    await server.stop();
  });

  /** These end the very session that asks. */
  const endsSession = /\/api\/(session|sessions|me\/password)/;
  /** What would open, move or change something if it were allowed; `{}` elsewhere. */
  const bodies: Record<string, () => unknown> = {
    'post /api/referrals/:id/moves': () => ({ move: 'begin', version: 1 }),
    'post /api/referrals/bulk': () => ({ ids: [ids.referral], change: { move: 'begin' } }),
    'post /api/cases/:id/referrals': () => ({ ...referralInput(withoutAccounts), id: ids.referral }),
    'post /api/referrals/:id/case-outcome': () => ({ outcome: 'achieved', note: '' }),
    'post /api/notifications/read': () => ({ ids: [ids.referral] }),
  };
  /** Doors that open or end something with an empty body; each has tests of its own. */
  const leftOut = [
    'post /api/answers/:token/identity/open',
    'post /api/referrals/:id/link',
    'post /api/cases/:id/consents/withdraw',
    'post /api/notifications/read-all',
  ];

  async function drive(person: Person, link: string) {
    const answers: { what: string; status: number; text: string }[] = [];
    for (const { method, path } of server.app.endpoints) {
      const name = `${method} ${path}`;
      if (endsSession.test(path) || leftOut.includes(name)) continue;
      for (const referral of [ids.referral, ids.linked]) {
        const id = path.startsWith('/api/referrals') ? referral : ids.case;
        const filled = path.replace(':token', link).replace(/:[a-zA-Z]+/g, id);
        const query = path === '/api/referral-providers' ? `?caseId=${ids.case}` : '';
        const body = method === 'get' || method === 'delete' ? undefined : (bodies[name]?.() ?? {});
        // A guard may erase the vault: that door has tests of its own.
        if (method === 'delete') continue;
        const { status, text, headers } = await person.send(method.toUpperCase(), filled + query, body);
        answers.push({ what: `${name} → ${status}`, status, text: text + JSON.stringify([...headers]) });
      }
    }
    return answers;
  }

  for (const who of ['otherPartner', 'otherActivist', 'funder', 'administrator', 'stranger'])
    it(`tells ${who} nothing of the case, the vault or the referral`, async () => {
      const answers = await drive(outsiders[who]!, 'x'.repeat(43));
      for (const { what, status, text } of answers) {
        for (const secret of [...plantedTraces, ...Object.values(words)])
          expect(text, what).not.to.include(secret);
        expect(status, what).to.be.lessThan(500);
      }
      const doors = answers.filter(({ what }) => what.includes('/api/referrals/:id'));
      expect(doors).to.have.length.greaterThan(8);
      for (const { what, status } of doors)
        expect(who === 'stranger' ? [401] : [404, 422], what).to.include(status);
    }).timeout(30_000);

  for (const who of ['lead', 'teamLead', 'coordinator', 'mate'])
    it(`tells ${who}, who may see the case, nothing of the vault unopened`, async () => {
      for (const { what, status, text } of await drive(insiders[who]!, 'x'.repeat(43))) {
        for (const secret of plantedTraces) expect(text, what).not.to.include(secret);
        expect(status, what).to.be.lessThan(500);
      }
    }).timeout(30_000);

  it('tells the recipient, and who holds the link, the ticked words alone', async () => {
    const byAccount = await drive(recipient, 'x'.repeat(43));
    const byLink = await drive(server.stranger(), token);
    expect(byAccount.some(({ text }) => text.includes(words.shared))).to.equal(true);
    expect(byLink.some(({ text }) => text.includes(words.shared))).to.equal(true);
    for (const { what, status, text } of [...byAccount, ...byLink]) {
      for (const secret of [...plantedTraces, words.story, words.need, words.note])
        expect(text, what).not.to.include(secret);
      expect(status, what).to.be.lessThan(500);
    }
  }).timeout(30_000);

  it('opens to each the shared vault fields alone', async () => {
    const own = await recipient.post(`/api/referrals/${ids.referral}/identity/open`, { reason: 'visit' });
    expect(own.body.data.values).to.deep.equal({ name: planted.name, phone: planted.phone });
    const through = await server.stranger().post(`/api/answers/${token}/identity/open`, {});
    expect(through.body.data.values).to.deep.equal({ name: planted.name });
    for (const field of ['point', 'address', 'idNumber', 'guardian'])
      expect(
        (
          await recipient.post(`/api/referrals/${ids.referral}/identity/open`, {
            reason: 'visit',
            fields: [field],
          })
        ).status,
      ).to.equal(403);
  });

  it('puts none of it into exports, mails, notices, sockets, the log, or the records of referrals', async () => {
    await everythingTold();
    const noon = Date.parse(`${dayAfter(dayOf(new Date()), 4)}T11:00:00Z`);
    for (const minutes of [0, 2, 20]) {
      const moment = new Date(noon + minutes * 60_000);
      clock.stopAt(moment);
      await runDueJobs(allJobs(settingsOf(server.env)), moment);
    }
    await everythingTold();
    clock.stopAt(null);
    const mails = readOutbox(server.env.DATA_DIR);
    expect(mails.length).to.be.greaterThan(3);
    const db = mongoose.connection.db!;
    const records = await Promise.all(
      ['referrals', 'notifications', 'notificationChoices', 'jobs'].map((name) =>
        db.collection(name).find().toArray(),
      ),
    );
    expect(records[0]!.length).to.equal(2);
    expect(heard.length).to.be.greaterThan(10);
    expect(log.lines.filter((line) => line.includes('refused')).length).to.be.greaterThan(20);
    const kept = JSON.stringify(records);
    const told = [
      ...mails.map(({ subject, text, to }) => `${to} ${subject} ${text}`),
      ...heard,
      ...log.lines,
    ];
    for (const text of [kept, ...told])
      for (const secret of [...plantedTraces, ...Object.values(words)]) expect(text).not.to.include(secret);
    expect(kept + log.lines.join(''), 'the link is kept and logged as a hash at most').not.to.include(token);
    const exported = await recipient.post('/api/referrals/exports', order());
    for (const secret of [...plantedTraces, ...Object.values(words)])
      expect(exported.text).not.to.include(secret);
  }).timeout(30_000);
});
