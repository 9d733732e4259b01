// Duty: the whole referral table against one written out by hand: every status × who × move, and what the recipient sees in each status.
import { expect } from 'chai';
import { catchUpCaseIndex } from '../server/features/cases/caseIndexFeed.ts';
import { CaseModel } from '../server/features/cases/cases.model.ts';
import { ReferralModel } from '../server/features/referrals/referrals.model.ts';
import { newId } from '../shared/api.ts';
import {
  type ReferralKind,
  type ReferralMoveName,
  type ReferralStatus,
  referralMoveNames,
  referralStatuses,
} from '../shared/referralMoves.ts';
import { inDays, logged, moved, triage } from './support/cases.ts';
import { planted } from './support/consents.ts';
import { consented, organisation, referred } from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

const people = [
  'lead',
  'teamActivist',
  'teamLead',
  'coordinator',
  'worker',
  'workersColleague',
  'otherPartner',
  'otherActivist',
  'otherTeamLead',
  'funder',
  'administrator',
] as const;
type Who = (typeof people)[number];

const blind: Who[] = ['otherPartner', 'otherActivist', 'otherTeamLead', 'funder', 'administrator'];
const senders: Who[] = ['lead', 'teamLead', 'coordinator'];
const recipients: Who[] = ['worker', 'workersColleague'];
/** To the recipient these are as if they were not there. */
const hidden: ReferralStatus[] = ['draft', 'recalled', 'consent_withdrawn'];

/** From the lifecycles. A transfer knows the first four, and being sent again. */
const table: Record<
  ReferralMoveName,
  { from: ReferralStatus[]; to: ReferralStatus | null; who: Who[]; transfer: boolean }
> = {
  send: { from: ['draft'], to: 'pending', who: senders, transfer: true },
  accept: { from: ['pending'], to: 'accepted', who: recipients, transfer: true },
  decline: { from: ['pending'], to: 'declined', who: recipients, transfer: true },
  recall: { from: ['draft', 'pending', 'accepted'], to: 'recalled', who: senders, transfer: true },
  begin: { from: ['accepted'], to: 'in_progress', who: recipients, transfer: false },
  complete: { from: ['in_progress'], to: 'completed', who: recipients, transfer: false },
  fail: { from: ['in_progress'], to: 'unsuccessful', who: recipients, transfer: false },
  reroute: {
    from: ['pending', 'accepted', 'in_progress'],
    to: 'rerouted',
    who: recipients,
    transfer: false,
  },
  confirm: { from: ['completed', 'unsuccessful'], to: null, who: senders, transfer: false },
  resend: { from: ['expired', 'declined', 'rerouted'], to: null, who: senders, transfer: true },
};

/** What of title, description, name and phone the recipient sees; title and name were ticked, of title, description and name consented. */
const seen: Record<ReferralStatus, string[]> = {
  draft: [],
  pending: [],
  accepted: ['title', 'name'],
  in_progress: ['title', 'name'],
  completed: ['title', 'name'],
  unsuccessful: ['title', 'name'],
  declined: [],
  recalled: [],
  expired: [],
  rerouted: [],
  consent_withdrawn: [],
};

describe('Who may do what to a referral', () => {
  let server: TestServer;
  let everybody: Record<Who, Person>;
  let caseId: string;
  let id: string;
  let recipient: string;
  let suggested: string;

  before(async () => {
    server = await startTestServer();
    recipient = await organisation();
    suggested = await organisation();
    everybody = {
      lead: await server.as('activist'),
      teamActivist: await server.as('activist'),
      teamLead: await server.as('team_lead'),
      coordinator: await server.as('coordinator'),
      worker: await server.as('cso_member', { organisation: recipient }),
      workersColleague: await server.as('cso_member', { organisation: recipient }),
      otherPartner: await server.as('cso_member', { organisation: suggested }),
      otherActivist: await server.as('activist', { municipality: 'peja' }),
      otherTeamLead: await server.as('team_lead', { municipality: 'peja' }),
      funder: await server.as('funder'),
      administrator: await server.as('administrator'),
    };
    caseId = await logged(everybody.lead, { title: 'Titlewhisper', description: 'Storywhisper' });
    await moved(everybody.teamLead, caseId, triage(everybody.lead.id));
    await consented(everybody.lead, caseId, recipient, { fields: ['title', 'description', 'name'] });
    const vault = await everybody.lead.put(`/api/cases/${caseId}/identity`, {
      version: 0,
      fields: { name: planted.name, phone: planted.phone },
    });
    expect(vault.status).to.equal(200);
    id = await referred(everybody.lead, caseId, recipient, { sharedFields: ['title', 'name'] });
  });
  after(() => server.stop());

  const hasEnded: ReferralStatus[] = ['completed', 'unsuccessful', 'declined', 'expired', 'rerouted'];

  /** Puts the referral where the test begins, behind the API's back, and takes away what earlier moves made. */
  async function stand(status: ReferralStatus, kind: ReferralKind = 'referral', endedDaysAgo = 0) {
    await ReferralModel.deleteMany({ _id: { $ne: id } });
    await CaseModel.updateOne(
      { _id: caseId },
      {
        $set: { lead: everybody.lead.id, sharedWith: [], collaborators: [], status: 'in_progress' },
        $inc: { version: 1 },
      },
    );
    await catchUpCaseIndex();
    const changed = await ReferralModel.findOneAndUpdate(
      { _id: id },
      {
        $set: {
          status,
          kind,
          after: null,
          received: null,
          suggestedOrganisation: null,
          leadPending: false,
          replyBy: inDays(3),
          worker: ['draft', 'pending', 'expired'].includes(status) ? null : everybody.worker.id,
          endedAt: hasEnded.includes(status) ? new Date(Date.now() - endedDaysAgo * 86_400_000) : null,
          history: [],
        },
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    ).lean();
    return changed!.version;
  }

  const inputs = (): Record<ReferralMoveName, Record<string, unknown>> => ({
    send: {},
    accept: { worker: everybody.worker.id, firstContactOn: inDays(1) },
    decline: { reasonCode: 'no_capacity', reason: 'Full' },
    recall: { reason: 'A mistake' },
    begin: {},
    complete: { given: 'A paper', givenOn: inDays(0) },
    fail: { reason: 'Not reached' },
    reroute: { suggestedOrganisation: suggested, reason: 'They can' },
    confirm: { received: 'yes' },
    resend: { id: newId(), recipient },
  });

  for (const kind of ['referral', 'transfer'] as const) {
    for (const moveName of referralMoveNames) {
      it(`${moveName} of a ${kind}: exactly the table`, async () => {
        const { from, to, who, transfer } = table[moveName];
        for (const status of referralStatuses) {
          // Who is refused has changed nothing: the next one finds it as it was.
          let version = await stand(status, kind);
          for (const person of people) {
            const answer = await everybody[person].post(`/api/referrals/${id}/moves`, {
              move: moveName,
              version,
              ...inputs()[moveName],
            });
            const unseen = blind.includes(person) || (recipients.includes(person) && hidden.includes(status));
            const open = from.includes(status) && (kind === 'referral' || transfer);
            const expected = unseen ? 404 : !who.includes(person) ? 403 : !open ? 409 : 200;
            expect(answer.status, `${person} in ${status}: ${answer.text.slice(0, 200)}`).to.equal(expected);
            if (expected === 409) expect(answer.body.error.code).to.equal('referral.notFromHere');
            const now = (await ReferralModel.findOne({ _id: id }).lean())!.status;
            expect(now).to.equal(expected === 200 ? (to ?? status) : status);
            if (expected === 200) version = await stand(status, kind);
          }
        }
      }).timeout(60_000);
    }
  }

  it('tells everybody beforehand which moves are theirs, in step with what is allowed', async () => {
    for (const kind of ['referral', 'transfer'] as const)
      for (const status of referralStatuses) {
        await stand(status, kind);
        for (const person of people) {
          const { status: found, body } = await everybody[person].get(`/api/referrals/${id}`);
          const unseen = blind.includes(person) || (recipients.includes(person) && hidden.includes(status));
          expect(found, `${person} in ${status}`).to.equal(unseen ? 404 : 200);
          if (unseen) continue;
          for (const move of referralMoveNames) {
            const { from, who, transfer } = table[move];
            const expected =
              from.includes(status) && who.includes(person) && (kind === 'referral' || transfer);
            expect(body.abilities[move], `${move} of ${person} in ${status} ${kind}`).to.equal(expected);
          }
        }
      }
  }).timeout(60_000);

  for (const days of [0, 13, 14])
    it(`shows the recipient exactly the open fields in every status, ${days} days after the end`, async () => {
      for (const status of referralStatuses) {
        await stand(status, 'referral', days);
        for (const person of people) {
          const page = await everybody[person].get(`/api/referrals/${id}`);
          const opened = await everybody[person].post(`/api/referrals/${id}/identity/open`, {
            reason: 'visit',
          });
          const isOver = hasEnded.includes(status) && days >= 14;
          const expected = isOver ? [] : seen[status];
          const isRecipient = recipients.includes(person);
          const where = `${person} in ${status}`;
          if (page.status === 200) {
            const shared = page.body.data.shared;
            expect(shared?.title, where).to.equal(expected.includes('title') ? 'Titlewhisper' : undefined);
            expect(shared?.inVault ?? [], where).to.deep.equal(expected.includes('name') ? ['name'] : []);
          }
          expect(page.text, where).not.to.include('Storywhisper');
          expect(page.text + opened.text, where).not.to.include(planted.phone);
          if (!(isRecipient && expected.includes('title')))
            if (isRecipient || blind.includes(person))
              expect(page.text, where).not.to.include('Titlewhisper');
          const mayOpen = isRecipient && expected.includes('name');
          if (mayOpen && opened.status !== 429)
            expect(opened.body.data.values, where).to.deep.equal({ name: planted.name });
          else expect(opened.text, where).not.to.include(planted.name);
          expect((await everybody[person].get(`/api/cases/${caseId}`)).status, where).to.equal(
            isRecipient || blind.includes(person) ? 404 : 200,
          );
        }
      }
    }).timeout(60_000);
});
