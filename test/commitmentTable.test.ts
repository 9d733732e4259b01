// Duty: the whole commitment table against one written out by hand: every status × who × move, who sees which, and what sockets and notices carry.
import { expect } from 'chai';
import { CommitmentModel } from '../server/features/commitments/commitments.model.ts';
import { NotificationModel } from '../server/features/notifications/notifications.model.ts';
import { everythingTold } from '../server/features/notifications/telling.commands.ts';
import { newId } from '../shared/api.ts';
import {
  type CommitmentMoveName,
  type CommitmentStatus,
  commitmentMoveNames,
  commitmentStatuses,
  type Formality,
  formalities,
  formalityStep,
} from '../shared/commitmentLists.ts';
import {
  check,
  inDays,
  moveCommitment,
  movedCommitment,
  recorded,
  withEvidence,
} from './support/commitments.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

const people = [
  'coordinator',
  'author',
  'teamLead',
  'otherActivist',
  'partner',
  'funder',
  'administrator',
] as const;
type Who = (typeof people)[number];

/** From the lifecycles: coordinators approve, close and move days; they and partners check; everybody else reads. */
const table: Record<
  CommitmentMoveName,
  { from: CommitmentStatus[]; to: CommitmentStatus | null; who: Who[] }
> = {
  approve: { from: ['proposed', 'declined'], to: 'open', who: ['coordinator'] },
  decline: { from: ['proposed'], to: 'declined', who: ['coordinator'] },
  formality: { from: ['open'], to: null, who: ['coordinator'] },
  report: { from: ['open'], to: null, who: ['coordinator', 'partner'] },
  check: { from: ['open'], to: null, who: ['coordinator', 'partner'] },
  deadline: { from: ['open'], to: null, who: ['coordinator'] },
  budget: { from: ['open'], to: null, who: ['coordinator'] },
  plan_check: { from: ['open'], to: null, who: ['coordinator', 'partner'] },
  close: { from: ['open'], to: 'closed', who: ['coordinator'] },
  reopen: { from: ['closed'], to: 'open', who: ['coordinator'] },
};

const sees: Record<CommitmentStatus, Who[]> = {
  proposed: ['coordinator', 'author'],
  declined: ['coordinator', 'author'],
  open: ['coordinator', 'author', 'teamLead', 'otherActivist', 'partner'],
  closed: ['coordinator', 'author', 'teamLead', 'otherActivist', 'partner'],
};

const inputs: Record<CommitmentMoveName, () => Record<string, unknown>> = {
  approve: () => ({ move: 'approve' }),
  decline: () => ({ move: 'decline', reason: 'Nobody promised this' }),
  formality: () => ({ move: 'formality', to: 'written' }),
  report: () => ({ move: 'report', completion: 'limited', reportedOn: inDays(0) }),
  check: () => check('no_evidence', []),
  deadline: () => ({ move: 'deadline', dueOn: inDays(90), reason: 'Winter' }),
  budget: () => ({ move: 'budget', budget: { promised: 1, approved: null, spent: null } }),
  plan_check: () => ({ move: 'plan_check', nextCheckOn: inDays(5) }),
  close: () => ({ move: 'close', closedAs: 'lapsed', reason: 'Replaced' }),
  reopen: () => ({ move: 'reopen', reason: 'It leaks' }),
};

describe('Who may do what to a commitment', () => {
  let server: TestServer;
  let everybody: Record<Who, Person>;
  let id: string;

  before(async () => {
    server = await startTestServer();
    everybody = {
      coordinator: await server.as('coordinator'),
      author: await server.as('activist'),
      teamLead: await server.as('team_lead', { municipality: 'gjakova' }),
      otherActivist: await server.as('activist', { municipality: 'prizren' }),
      partner: await server.as('cso_member'),
      funder: await server.as('funder'),
      administrator: await server.as('administrator'),
    };
    id = await recorded(everybody.author);
  });
  after(() => server.stop());

  let version = 1;
  /** Puts the commitment where it is wanted, as if nothing else had happened. */
  async function stand(status: CommitmentStatus) {
    version += 1;
    await CommitmentModel.updateOne(
      { _id: id },
      {
        $set: {
          status,
          version,
          closedAs: status === 'closed' ? 'lapsed' : null,
          formality: 'verbal',
          dueOn: inDays(60),
          checks: [],
          verified: null,
          authorityReported: null,
          nextCheckOn: '9999-12-31',
          budget: { promised: null, approved: null, spent: null },
        },
      },
    );
  }

  for (const status of commitmentStatuses)
    it(`when ${status}: every move, by everybody, as the table says, and the page offers exactly that`, async () => {
      for (const who of people)
        for (const move of commitmentMoveNames) {
          await stand(status);
          const person = everybody[who];
          const page = await person.get(`/api/commitments/${id}`);
          const isSeen = sees[status].includes(who);
          expect(page.status, `${who} sees ${status}`).to.equal(isSeen ? 200 : 404);
          const { from, to, who: hands } = table[move];
          const answer = await person.post(`/api/commitments/${id}/moves`, { ...inputs[move](), version });
          const said = `${who}: ${move} from ${status}: ${answer.text.slice(0, 200)}`;
          const expected = !isSeen ? 404 : !hands.includes(who) ? 403 : from.includes(status) ? 200 : 409;
          expect(answer.status, said).to.equal(expected);
          if (isSeen) expect(page.body.abilities[move], said).to.equal(expected === 200);
          if (expected === 200) {
            version += 1;
            expect(answer.body.data.status, said).to.equal(to ?? status);
          }
        }
    }).timeout(60_000);

  it('leads formality only as the lifecycle says', () => {
    const ends: Formality[] = ['refused', 'withdrawn_by_authority'];
    for (const [at, from] of formalities.entries())
      for (const [after, to] of formalities.entries()) {
        const expected = ends.includes(from)
          ? to === 'sought'
            ? 'reopening'
            : null
          : from === to || (from === 'sought' && to === 'withdrawn_by_authority')
            ? null
            : ends.includes(to)
              ? 'end'
              : after > at
                ? 'forward'
                : 'correction';
        expect(formalityStep(from, to), `${from} → ${to}`).to.equal(expected);
      }
  });

  it('tells those who see it, ids alone; a stranger hears nothing, and of a proposal only its author and coordinators', async () => {
    const secrets = ['Plantedpromise', 'Plantedofficial', 'Plantedtitle'];
    const heard: Record<string, string[]> = {};
    for (const [who, person] of Object.entries(everybody)) {
      heard[who] = [];
      (await person.socket()).onAny((...event) => heard[who]!.push(JSON.stringify(event)));
    }
    const mine = newId();
    await recorded(everybody.author, {
      id: mine,
      words: secrets[0]!,
      person: secrets[1]!,
      title: secrets[2]!,
    });
    const evidence = await withEvidence(everybody.author, mine);
    await everythingTold();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const who = () => people.filter((one) => heard[one]!.some((event) => event.includes(mine)));
    expect(who()).to.deep.equal(['coordinator', 'author']);
    await movedCommitment(everybody.coordinator, mine, { move: 'approve' });
    await movedCommitment(everybody.partner, mine, check('limited', [evidence]));
    await everythingTold();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(who()).to.deep.equal(['coordinator', 'author', 'teamLead', 'otherActivist', 'partner']);
    for (const events of Object.values(heard))
      for (const event of events) for (const secret of secrets) expect(event).not.to.include(secret);
    const notices = await NotificationModel.find({ 'subject.id': mine }).lean();
    expect(notices.map(({ event, user }) => [event, user])).to.have.deep.members([
      ['commitment.proposed', everybody.coordinator.id],
      ['commitment.approved', everybody.author.id],
    ]);
    for (const secret of secrets) expect(JSON.stringify(notices)).not.to.include(secret);
    expect(notices[0]!.reference).to.match(/^COM-/);
    expect((await moveCommitment(everybody.funder, mine, { move: 'approve', version: 3 })).status).to.equal(
      404,
    );
    for (const person of [everybody.funder, everybody.administrator])
      for (const path of ['', '/source-file', `/evidence/${evidence}`, `/evidence/${evidence}/thumbnail`])
        expect((await person.get(`/api/commitments/${mine}${path}`)).status).to.equal(404);
  });

  it('shows colleagues elsewhere as their organisation or team, never by name', async () => {
    const { body } = await everybody.otherActivist.get(`/api/commitments/${id}`);
    expect(body.data.author).to.deep.equal({ name: '', organisation: null });
  });
});
