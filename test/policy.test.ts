// Duty: the role table of cases: every move × status × who, and every other ability × who, against a table written out by hand.
import { expect } from 'chai';
import { AppError } from '../server/errors.ts';
import { catchUpCaseIndex } from '../server/features/cases/caseIndexFeed.ts';
import { CaseModel } from '../server/features/cases/cases.model.ts';
import { linkIssue } from '../server/features/cases/links.commands.ts';
import { viewerNow } from '../server/features/directory/users.queries.ts';
import { newId } from '../shared/api.ts';
import { type CaseMoveName, caseMoveNames } from '../shared/caseMoves.ts';
import { type CaseAbility, type CaseStatus, caseAbilities, caseStatuses } from '../shared/cases.ts';
import { caseInput, inDays, logged, pageOf } from './support/cases.ts';
import { sharedWithPartner } from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

/** Everybody's relation to one case of Ferizaj. */
const people = [
  'lead',
  'logger',
  'teamActivist',
  'teamLead',
  'coordinator',
  'partnerCollaborator',
  'partnerColleague',
  'otherActivist',
  'otherTeamLead',
  'otherPartner',
  'funder',
  'administrator',
] as const;
type Who = (typeof people)[number];

const blind: Who[] = ['otherActivist', 'otherTeamLead', 'otherPartner', 'funder', 'administrator'];
const team: Who[] = ['lead', 'logger', 'teamActivist', 'teamLead'];

/** From lifecycles: from where, and who. While no lead is named, the logger stands in the lead's place. */
const table: Record<CaseMoveName, { from: CaseStatus[]; who: Who[]; whoWithoutLead?: Who[] }> = {
  triage: { from: ['new'], who: ['teamLead', 'coordinator'] },
  dismiss: { from: ['new', 'triaged'], who: ['coordinator'] },
  start: { from: ['triaged'], who: ['lead'], whoWithoutLead: ['logger'] },
  wait: { from: ['in_progress'], who: ['lead'], whoWithoutLead: ['logger'] },
  resume: { from: ['waiting'], who: ['lead'], whoWithoutLead: ['logger'] },
  resolve: { from: ['in_progress', 'waiting'], who: ['lead'], whoWithoutLead: ['logger'] },
  close: { from: ['resolved'], who: ['lead', 'coordinator'], whoWithoutLead: ['logger', 'coordinator'] },
  reopen: { from: ['resolved', 'closed'], who: [...team, 'coordinator'] },
  withdraw: {
    from: ['new', 'triaged', 'in_progress', 'waiting'],
    who: ['lead'],
    whoWithoutLead: ['logger'],
  },
};

type OtherAbility = Exclude<CaseAbility, CaseMoveName>;
const works: Who[] = [...team, 'coordinator', 'partnerCollaborator'];
const others: Record<OtherAbility, { who: Who[]; whenClosed: boolean }> = {
  edit: { who: works, whenClosed: false },
  note: { who: works, whenClosed: true },
  plan: { who: works, whenClosed: false },
  assign: { who: ['teamLead', 'coordinator'], whenClosed: false },
  addEvidence: { who: works, whenClosed: false },
  removeEvidence: { who: works, whenClosed: false },
  linkIssue: { who: [...team, 'coordinator'], whenClosed: true },
};

describe('Who may do what to a case', () => {
  let server: TestServer;
  let everybody: Record<Who, Person>;
  let caseId: string;
  let otherCase: string;
  const partner = newId();
  const step = newId();

  before(async () => {
    server = await startTestServer();
    everybody = {
      lead: await server.as('activist'),
      logger: await server.as('activist'),
      teamActivist: await server.as('activist'),
      teamLead: await server.as('team_lead'),
      coordinator: await server.as('coordinator'),
      partnerCollaborator: await server.as('cso_member', { organisation: partner }),
      partnerColleague: await server.as('cso_member', { organisation: partner }),
      otherActivist: await server.as('activist', { municipality: 'prizren' }),
      otherTeamLead: await server.as('team_lead', { municipality: 'prizren' }),
      otherPartner: await server.as('cso_member'),
      funder: await server.as('funder'),
      administrator: await server.as('administrator'),
    };
    caseId = await logged(everybody.logger);
    otherCase = await logged(everybody.logger);
    await sharedWithPartner(caseId, everybody.partnerCollaborator, partner);
  });
  after(() => server.stop());

  /** Puts the case where the test begins, behind the API's back. */
  async function stand(status: CaseStatus, withLead = true): Promise<number> {
    const changed = await CaseModel.findOneAndUpdate(
      { _id: caseId },
      {
        $set: {
          status,
          lead: withLead ? everybody.lead.id : null,
          collaborators: [everybody.partnerCollaborator.id],
          sharedWith: [partner],
          outcome: null,
          duplicateOf: null,
          waitingOn:
            status === 'waiting' ? { party: 'authority', since: new Date(), until: inDays(5) } : null,
          closedAt: null,
          fieldVersions: {},
          plan: [{ id: step, title: 'Ask', due: inDays(3), doneAt: null, doneBy: null, version: 1 }],
          evidence: [],
          history: [],
          notes: [],
          changedAt: new Date(),
        },
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    ).lean();
    await catchUpCaseIndex();
    return changed!.version;
  }

  const inputs = (): Record<CaseMoveName, Record<string, unknown>> => ({
    triage: { urgency: 'high', lead: everybody.lead.id, inScope: true },
    dismiss: { outcome: 'duplicate', duplicateOf: otherCase, reason: 'The same tap' },
    start: {},
    wait: { party: 'authority', until: inDays(20) },
    resume: {},
    resolve: { outcome: 'achieved', note: 'Water runs' },
    close: { confirmedBy: 'person' },
    reopen: { reason: 'Dry again' },
    withdraw: {},
  });

  for (const withLead of [true, false]) {
    for (const moveName of caseMoveNames) {
      it(`${moveName}: exactly the table, ${withLead ? 'with a lead' : 'while no lead is named'}`, async () => {
        const { from, who, whoWithoutLead } = table[moveName];
        const allowed = withLead ? who : (whoWithoutLead ?? who);
        for (const status of caseStatuses) {
          // Who is refused has changed nothing: the next one finds it as it was.
          let version = await stand(status, withLead);
          for (const person of people) {
            const answer = await everybody[person].post(`/api/cases/${caseId}/moves`, {
              move: moveName,
              version,
              ...inputs()[moveName],
            });
            const expected = blind.includes(person)
              ? 404
              : !allowed.includes(person)
                ? 403
                : !from.includes(status)
                  ? 409
                  : 200;
            expect(answer.status, `${person} in ${status}: ${answer.text.slice(0, 200)}`).to.equal(expected);
            if (expected === 409) expect(answer.body.error.code).to.equal('move.notFromHere');
            const { status: now } = (await CaseModel.findOne({ _id: caseId }, { status: 1 }).lean())!;
            if (expected === 200) version = await stand(status, withLead);
            else expect(now).to.equal(status);
          }
        }
      }).timeout(60_000);
    }
  }

  it('tells every viewer beforehand what they may do, in step with what is allowed', async () => {
    for (const status of caseStatuses) {
      for (const withLead of [true, false]) {
        await stand(status, withLead);
        for (const person of people.filter((one) => !blind.includes(one))) {
          const { body } = await everybody[person].get(`/api/cases/${caseId}`);
          for (const ability of caseAbilities) {
            const move = table[ability as CaseMoveName];
            const other = others[ability as OtherAbility];
            const isOther = !move;
            const expected = isOther
              ? other.who.includes(person) && (other.whenClosed || status !== 'closed')
              : move.from.includes(status) &&
                (withLead ? move.who : (move.whoWithoutLead ?? move.who)).includes(person);
            expect(body.abilities[ability], `${ability} of ${person} in ${status}`).to.equal(expected);
          }
        }
      }
    }
  }).timeout(60_000);

  const acts: Record<OtherAbility, (by: Person, version: number) => Promise<{ status: number }>> = {
    edit: (by, version) => by.patch(`/api/cases/${caseId}`, { version, title: `Title ${newId()}` }),
    note: (by) => by.post(`/api/cases/${caseId}/notes`, { id: newId(), text: 'Heard' }),
    plan: (by) => by.post(`/api/cases/${caseId}/steps`, { id: newId(), title: 'Ask', due: inDays(4) }),
    assign: (by, version) =>
      by.post(`/api/cases/${caseId}/assignment`, {
        version,
        lead: everybody.teamActivist.id,
        collaborators: [everybody.partnerCollaborator.id],
      }),
    addEvidence: (by) => {
      const form = new FormData();
      form.append('file', new Blob(['no picture']), 'x');
      return by.send('POST', `/api/cases/${caseId}/evidence?id=${newId()}`, form);
    },
    removeEvidence: (by) => by.delete(`/api/cases/${caseId}/evidence/${newId()}`),
    // Its door belongs to issues, which come later; the rule is here.
    async linkIssue(by) {
      const viewer = (await viewerNow(by.id))!;
      try {
        await linkIssue(viewer, caseId, { id: newId(), reference: 'ISS-2026-0001' });
        return { status: 200 };
      } catch (error) {
        if (error instanceof AppError) return error;
        throw error;
      }
    },
  };
  /** What the allowed hear where the act itself cannot succeed: a file of no type, a file that is not there. */
  const whenAllowed: Partial<Record<OtherAbility, number>> = { addEvidence: 415, removeEvidence: 404 };

  for (const ability of Object.keys(others) as OtherAbility[]) {
    it(`${ability}: exactly those who work on the case`, async () => {
      const { who, whenClosed } = others[ability];
      for (const status of ['new', 'in_progress', 'closed'] as const) {
        for (const person of people) {
          const version = await stand(status);
          const answer = await acts[ability](everybody[person], version);
          const expected = blind.includes(person)
            ? 404
            : !who.includes(person)
              ? 403
              : status === 'closed' && !whenClosed
                ? 409
                : (whenAllowed[ability] ?? 200);
          expect(answer.status, `${person} in ${status}`).to.equal(expected);
        }
      }
    }).timeout(60_000);
  }

  it('lets only those log cases who may in that municipality', async () => {
    const expected: Record<Who, [number, number]> = {
      lead: [201, 403],
      logger: [201, 403],
      teamActivist: [201, 403],
      teamLead: [201, 403],
      coordinator: [201, 201],
      partnerCollaborator: [403, 403],
      partnerColleague: [403, 403],
      otherPartner: [403, 403],
      otherActivist: [403, 201],
      otherTeamLead: [403, 201],
      funder: [404, 404],
      administrator: [404, 404],
    };
    for (const person of people) {
      const found = [];
      for (const municipality of ['ferizaj', 'prizren'] as const)
        found.push((await everybody[person].post('/api/cases', caseInput({ municipality }))).status);
      expect(found, person).to.deep.equal(expected[person]);
    }
  });

  it('names as lead only an active colleague who sees the case; another organisation is asked instead', async () => {
    const left = await server.as('activist');
    const gone = await everybody.administrator.patch(`/api/users/${left.id}`, {
      name: 'Gone',
      role: 'activist',
      municipality: 'ferizaj',
      organisation: null,
      language: 'en',
      active: false,
      version: 1,
    });
    expect(gone.status).to.equal(200);
    await refusesLead(left.id, 'inactive');
    for (const person of ['otherActivist', 'otherPartner', 'funder', 'administrator'] as const)
      await refusesLead(everybody[person].id, person);
    await refusesLead(newId(), 'nobody');
    const newcomer = await everybody.coordinator.post(`/api/cases/${caseId}/assignment`, {
      version: await stand('new'),
      lead: everybody.lead.id,
      collaborators: [everybody.otherPartner.id],
    });
    expect(newcomer.status).to.equal(422);
    expect((await everybody.otherPartner.get(`/api/cases/${caseId}`)).status).to.equal(404);
    const triage = { move: 'triage', urgency: 'high', lead: everybody.otherPartner.id, inScope: true };
    const triaged = await everybody.coordinator.post(`/api/cases/${caseId}/moves`, {
      ...triage,
      version: await stand('new'),
    });
    expect(triaged.status).to.equal(422);
    const version = await stand('new');
    const within = await everybody.coordinator.post(`/api/cases/${caseId}/assignment`, {
      version,
      lead: everybody.partnerColleague.id,
      collaborators: [],
    });
    expect(within.status, 'the organisation works on the case already').to.equal(200);
    expect((await pageOf(everybody.partnerCollaborator, caseId)).lead?.id).to.equal(
      everybody.partnerColleague.id,
    );

    async function refusesLead(lead: string, what: string) {
      const answer = await everybody.coordinator.post(`/api/cases/${caseId}/assignment`, {
        version: await stand('new'),
        lead,
        collaborators: [],
      });
      expect(answer.status, what).to.equal(422);
      expect(answer.body.error.faults).to.deep.equal([{ path: ['lead'], code: 'cannot_be_named' }]);
    }
  });
});
