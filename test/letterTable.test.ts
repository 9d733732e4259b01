// Duty: the role table of letters: who sees which, every move × status × who, every other act × who, against a table written out by hand.
import { expect } from 'chai';
import {
  forgetLetterSubjects,
  letterSubjectsAre,
} from '../server/features/institutions/letterSubjects.commands.ts';
import { LetterModel } from '../server/features/institutions/letters.model.ts';
import { newId } from '../shared/api.ts';
import {
  type LetterMoveName,
  type LetterStatus,
  letterMoveNames,
  letterStatuses,
} from '../shared/letterLists.ts';
import { inDays } from './support/cases.ts';
import { drafted, letterInput, send } from './support/letters.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

const people = [
  'author',
  'teamActivist',
  'teamLead',
  'coordinator',
  'partner',
  'otherActivist',
  'otherTeamLead',
  'otherPartner',
  'funder',
  'administrator',
] as const;
type Who = (typeof people)[number];
const blind: Who[] = ['otherActivist', 'otherTeamLead', 'otherPartner', 'funder', 'administrator'];
const workers: Who[] = ['author', 'teamLead', 'coordinator'];

/** From the lifecycle: `silent` is the clock's alone; a late answer is still one. */
const from: Record<LetterMoveName, LetterStatus[]> = {
  send: ['to_send'],
  acknowledge: ['sent'],
  extend: ['sent', 'acknowledged'],
  answer: ['sent', 'acknowledged', 'silent', 'escalated'],
  refuse: ['sent', 'acknowledged', 'silent'],
  escalate: ['silent', 'refused'],
  withdraw: ['to_send', 'sent', 'acknowledged', 'silent'],
};

describe('Who may do what to a letter', () => {
  let server: TestServer;
  let everybody: Record<Who, Person>;
  let id: string;
  const campaignId = newId();
  const partner = newId();
  const heard: Who[] = [];

  before(async () => {
    server = await startTestServer();
    letterSubjectsAre({
      knowsCampaign: async () => true,
      campaignsOf: async (organisation) => (organisation === partner ? [campaignId] : []),
      partnersOf: async (campaign) => (campaign === campaignId ? [partner] : []),
    });
    everybody = {
      author: await server.as('activist'),
      teamActivist: await server.as('activist'),
      teamLead: await server.as('team_lead'),
      coordinator: await server.as('coordinator'),
      partner: await server.as('cso_member', { organisation: partner }),
      otherActivist: await server.as('activist', { municipality: 'prizren' }),
      otherTeamLead: await server.as('team_lead', { municipality: 'prizren' }),
      otherPartner: await server.as('cso_member'),
      funder: await server.as('funder'),
      administrator: await server.as('administrator'),
    };
    id = await drafted(everybody.author, { campaignId });
    for (const who of people) (await everybody[who].socket()).onAny(() => heard.push(who));
  });
  after(async () => {
    forgetLetterSubjects();
    await server.stop();
  });

  /** Puts the letter where the test begins, behind the API's back. */
  async function stand(status: LetterStatus): Promise<number> {
    const isSent = status !== 'to_send';
    const after = await LetterModel.findOneAndUpdate(
      { _id: id },
      {
        $set: {
          status,
          sentOn: isSent ? inDays(-5) : null,
          rule: isSent
            ? {
                days: 7,
                dayKind: 'calendar',
                extensionDays: 15,
                silence: 'refusal',
                law: { sq: 'L', sr: 'Z', en: 'L' },
                checked: false,
              }
            : null,
          dueOn: inDays(2),
          expectedBy: inDays(2),
          extendedOn: null,
          silentOn: null,
          answeredOn: null,
          after: null,
        },
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    ).lean();
    return after!.version;
  }

  const inputs = (): Record<LetterMoveName, Record<string, unknown>> => ({
    send: send(inDays(-1)),
    acknowledge: { on: inDays(0), protocol: 'K-1' },
    extend: { on: inDays(0) },
    answer: { on: inDays(0), summary: 'Po' },
    refuse: { on: inDays(0), summary: 'Jo' },
    escalate: { id: newId() },
    withdraw: { reason: 'Gabim' },
  });

  for (const move of letterMoveNames) {
    it(`${move}: exactly the table`, async () => {
      for (const status of letterStatuses) {
        for (const who of people) {
          const version = await stand(status);
          const answer = await everybody[who].post(`/api/letters/${id}/moves`, {
            ...inputs()[move],
            move,
            version,
          });
          const expected = blind.includes(who)
            ? 404
            : !workers.includes(who)
              ? 403
              : from[move].includes(status)
                ? 200
                : 409;
          expect(answer.status, `${who} in ${status}: ${answer.text.slice(0, 200)}`).to.equal(expected);
          const now = (await LetterModel.findOne({ _id: id }, { status: 1 }).lean())!.status;
          if (expected !== 200) expect(now).to.equal(status);
        }
      }
    }).timeout(60_000);
  }

  it('tells every viewer beforehand what they may do, in step with what is allowed', async () => {
    for (const status of letterStatuses) {
      await stand(status);
      for (const who of people) {
        const answer = await everybody[who].get(`/api/letters/${id}`);
        expect(answer.status, who).to.equal(blind.includes(who) ? 404 : 200);
        if (answer.status !== 200) continue;
        for (const move of letterMoveNames)
          expect(answer.body.abilities[move], `${move} of ${who} in ${status}`).to.equal(
            workers.includes(who) && from[move].includes(status),
          );
        expect(answer.body.abilities.edit).to.equal(workers.includes(who) && status === 'to_send');
      }
    }
  }).timeout(60_000);

  it('lists, prints and edits by the same scope', async () => {
    const version = await stand('to_send');
    for (const who of people) {
      const list = await everybody[who].get('/api/letters');
      const sees = !blind.includes(who);
      expect(list.status, who).to.equal(who === 'funder' || who === 'administrator' ? 404 : 200);
      if (list.status === 200) {
        expect(
          list.body.data.some((row: any) => row.id === id),
          who,
        ).to.equal(sees);
        expect(list.body.total > 0, who).to.equal(sees);
      }
      expect((await everybody[who].get(`/api/letters/${id}/letter.pdf`)).status, who).to.equal(
        sees ? 200 : 404,
      );
      expect((await everybody[who].get(`/api/letters/${id}/template?language=en`)).status, who).to.equal(
        sees ? 200 : 404,
      );
      const edit = await everybody[who].patch(`/api/letters/${id}`, { version: version + 50, body: 'x' });
      expect(edit.status, who).to.equal(sees ? (workers.includes(who) ? 422 : 403) : 404);
    }
  });

  it('lets only those write who may in that municipality', async () => {
    const expected: Record<Who, [here: number, prizren: number]> = {
      author: [201, 403],
      teamActivist: [201, 403],
      teamLead: [201, 403],
      coordinator: [201, 201],
      partner: [403, 403],
      otherActivist: [403, 201],
      otherTeamLead: [403, 201],
      otherPartner: [403, 403],
      funder: [404, 404],
      administrator: [404, 404],
    };
    for (const who of people) {
      const here = await everybody[who].post('/api/letters', letterInput());
      const there = await everybody[who].post('/api/letters', letterInput({ municipality: 'prizren' }));
      expect([here.status, there.status], who).to.deep.equal(expected[who]);
    }
    const whole = letterInput({ institutionId: 'aip', municipality: null });
    expect((await everybody.teamLead.post('/api/letters', whole)).status).to.equal(403);
    expect((await everybody.coordinator.post('/api/letters', whole)).status).to.equal(201);
  });

  it('tells a change to those who see the letter, by id alone, and to nobody else', async () => {
    const version = await stand('sent');
    heard.length = 0;
    await everybody.author.post(`/api/letters/${id}/moves`, {
      move: 'acknowledge',
      on: inDays(0),
      protocol: 'K',
      version,
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect([...new Set(heard)].sort()).to.deep.equal(people.filter((who) => !blind.includes(who)).toSorted());
  });

  it('hides from a partner of the campaign what was written for a case', async () => {
    await LetterModel.updateOne({ _id: id }, { $set: { caseId: newId() } });
    expect((await everybody.partner.get(`/api/letters/${id}`)).status).to.equal(404);
    const { data } = (await everybody.partner.get('/api/letters?limit=100')).body;
    expect(data.some((row: any) => row.id === id)).to.equal(false);
    // The case is not there: nobody sees it, and so nobody the letter.
    expect((await everybody.teamLead.get(`/api/letters/${id}`)).status).to.equal(404);
  });
});
