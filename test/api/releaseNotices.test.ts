// Duty: who is told of a release: coordinators when it is counted or could not be, they and funders when it is out; chosen, once, by reference and verb.
import { expect } from 'chai';
import { clock } from '../../server/clock.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { forgetViewer } from '../../server/features/directory/viewers.ts';
import { NotificationModel } from '../../server/features/notifications/notifications.model.ts';
import { everythingTold, tellWhatWasMissed } from '../../server/features/notifications/telling.commands.ts';
import { resumeFreezes } from '../../server/features/summaries/freeze.commands.ts';
import { ReleaseModel } from '../../server/features/summaries/releases.model.ts';
import { newId } from '../../shared/api.ts';
import { periodFrom, releaseReference } from '../../shared/periods.ts';
import { caseAt, FigureDesk, quarter } from '../support/figures.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Notices of releases', () => {
  let server: TestServer;
  let coordinator: Person;
  let other: Person;
  let funder: Person;
  let quiet: Person;
  let desk: FigureDesk;

  before(async () => {
    server = await startTestServer();
    clock.stopAt(new Date('2026-07-10T10:00:00Z'));
    coordinator = await server.as('coordinator');
    other = await server.as('coordinator');
    funder = await server.as('funder');
    quiet = await server.as('funder');
    desk = new FigureDesk(coordinator);
    await CaseModel.insertMany(
      Array.from({ length: 30 }, () => caseAt('2026-04-15', { title: 'Titlewhisper' })),
    );
  });
  after(async () => {
    clock.stopAt(null);
    await server.stop();
  });

  const newsOf = async (person: Person): Promise<[string, string][]> => {
    await everythingTold();
    const { body, text } = await person.get('/api/notifications');
    expect(text).not.to.include('Titlewhisper');
    return body.data.map(({ event, reference }: { event: string; reference: string }) => [event, reference]);
  };

  it('tell coordinators that it is counted, and all who read it that it is out, but who did it and who chose not to be', async () => {
    const off = { events: { 'release.published': 'off' }, quiet: null };
    expect((await quiet.put('/api/notification-choices', off)).status).to.equal(200);
    const id = await desk.freeze(quarter);
    expect(await newsOf(coordinator)).to.deep.equal([['release.counted', '2026-Q2']]);
    expect(await newsOf(other)).to.deep.equal([['release.counted', '2026-Q2']]);
    expect(await newsOf(funder)).to.deep.equal([]);
    for (const move of ['review', 'publish']) expect((await desk.move(id, move)).status).to.equal(200);
    expect(await newsOf(other)).to.deep.include(['release.published', '2026-Q2']);
    expect(await newsOf(funder)).to.deep.equal([['release.published', '2026-Q2']]);
    expect(await newsOf(quiet)).to.deep.equal([]);
    expect(await newsOf(coordinator)).to.have.length(1);
    const before = await NotificationModel.countDocuments();
    await tellWhatWasMissed(clock.now());
    expect(await NotificationModel.countDocuments()).to.equal(before);
  });

  it('tell of a count that failed, and make up for what a stop left untold', async () => {
    const gone = await server.as('coordinator');
    const id = newId();
    await gone.post('/api/releases', { id, period: periodFrom('quarter', '2026-01') });
    await ReleaseModel.updateOne(
      { _id: id },
      { $set: { status: 'freezing', holder: 'gone', heldUntil: new Date('2026-07-10T09:00:00Z') } },
    );
    await UserModel.updateOne({ _id: gone.id }, { $set: { active: false } });
    forgetViewer(gone.id);
    await resumeFreezes(clock.now());
    expect(await newsOf(other)).to.deep.include(['release.failed', '2026-Q1']);
    await NotificationModel.deleteMany({});
    await tellWhatWasMissed(clock.now());
    expect((await newsOf(other)).map(([event]) => event)).to.include.members([
      'release.failed',
      'release.published',
    ]);
    expect(await newsOf(funder)).to.deep.equal([['release.published', '2026-Q2']]);
  });

  it('name a period in any language, with its version from the second on', () => {
    const span = { kind: 'project', from: '2026-01-01', to: '2026-12-31' } as const;
    expect(
      [
        periodFrom('month', '2026-04'),
        periodFrom('quarter', '2026-10'),
        periodFrom('half_year', '2026-07'),
        span,
      ].map((period, at) => releaseReference(period, at + 1)),
    ).to.deep.equal(['2026-04', '2026-Q4 v2', '2026-H2 v3', '2026-01–2026-12 v4']);
  });
});
