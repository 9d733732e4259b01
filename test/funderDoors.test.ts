// Duty: stand before every door there is as a funder, taken from the route table, with the true ids of everything, and hear only what is a funder's.
import { expect } from 'chai';
import { z } from 'zod';
import { CaseModel } from '../server/features/cases/cases.model.ts';
import { ReleaseModel } from '../server/features/summaries/releases.model.ts';
import type { Endpoint } from '../server/http/endpoint.ts';
import { newId } from '../shared/api.ts';
import { actionInput, activeCampaign, added, campaignOf } from './support/campaigns.ts';
import { caseInput, inDays, move, moved, triage } from './support/cases.ts';
import { commitmentInput, recorded, withEvidence } from './support/commitments.ts';
import { plantedTraces, planted as sealed } from './support/consents.ts';
import { caseAt, FigureDesk } from './support/figures.ts';
import { Dice, harmless, type Json, type Shape, sampleOf } from './support/fuzz.ts';
import { keep, open } from './support/identities.ts';
import { issueInput, setIssue } from './support/issues.ts';
import { letterInput, moveLetter, send } from './support/letters.ts';
import { consented, organisation, referralInput } from './support/referrals.ts';
import { type Person, type Reply, startTestServer, type TestServer } from './support/server.ts';

const words = {
  case: 'Casewhisper',
  note: 'Noteword',
  step: 'Stepword',
  referral: 'Referralwhisper',
  issue: 'Issuewhisper',
  letter: 'Letterwhisper',
  campaign: 'Campaignwhisper',
  action: 'Actionwhisper',
  commitment: 'Promisewhisper',
  owner: 'Ownerwhisper',
};

/** What answers a funder at all, and as what; a door that is not here must say that there is nothing. */
type Answered = 'own account' | 'public fact' | 'frozen release';
const answering: Record<string, Answered> = {
  'get /api/session': 'own account',
  'get /api/sessions': 'own account',
  'get /api/me': 'own account',
  'patch /api/me': 'own account',
  'get /api/notifications': 'own account',
  'post /api/notifications/read': 'own account',
  'post /api/notifications/read-all': 'own account',
  'get /api/notification-choices': 'own account',
  'put /api/notification-choices': 'own account',
  'get /api/push-key': 'own account',
  'post /api/push-subscriptions/end': 'own account',
  'get /api/my-week': 'own account',
  'delete /api/session': 'own account',
  'delete /api/sessions': 'own account',
  'get /api/instance': 'public fact',
  'get /api/municipalities': 'public fact',
  'get /api/colleagues': 'public fact',
  'get /api/organisations': 'public fact',
  'get /api/institutions': 'public fact',
  'get /api/map/shapes': 'public fact',
  'get /api/openapi.json': 'public fact',
  'get /api/progress': 'frozen release',
  'get /api/progress/:id': 'frozen release',
  'get /api/progress/:id/downloads/:format': 'frozen release',
};

const hearable = [
  'release.published',
  'notification.added',
  'notification.read',
  'viewer.changed',
  'viewer.signedOut',
];
const refusals = [400, 401, 403, 404, 409, 410, 413, 415, 422, 429];
/** These end the very session that asks. */
const endsSession = /^(delete|post) \/api\/(session|sessions|me\/password)/;

describe('A funder before every door', function () {
  this.timeout(90_000);
  let server: TestServer;
  let funder: Person;
  let coordinator: Person;
  let lead: Person;
  let activist: Person;
  const ids = {
    case: newId(),
    note: newId(),
    step: newId(),
    evidence: newId(),
    referral: newId(),
    issue: newId(),
    letter: newId(),
    campaign: '',
    demand: '',
    action: newId(),
    commitment: '',
    promiseEvidence: '',
    consent: '',
    draft: '',
    release: '',
    share: newId(),
    partner: '',
  };
  let reference = '';
  let shareToken = '';
  const heard: [string, { id?: string }][] = [];

  before(async () => {
    server = await startTestServer();
    coordinator = await server.as('coordinator', { name: 'Coordinatora Whisperova' });
    lead = await server.as('team_lead', { name: 'Leader Whisperova' });
    activist = await server.as('activist', { name: 'Activist Whisperova' });
    funder = await server.as('funder', { name: 'A Fund' });
    const socket = await funder.socket();
    socket.onAny((_, ...change) => heard.push(change as (typeof heard)[number]));
    await everythingHappens();
  });
  after(() => server.stop());

  const ok = async (answer: Promise<Reply<any>>): Promise<any> => {
    const { status, text, body } = await answer;
    if (status >= 300) throw new Error(`What a funder must not see could not be made: ${status} ${text}`);
    return body;
  };

  async function everythingHappens(): Promise<void> {
    ids.partner = await organisation();
    const told = await ok(
      activist.post('/api/cases', caseInput({ id: ids.case, title: words.case, description: words.case })),
    );
    reference = told.data.reference;
    await keep(activist, ids.case, sealed);
    await ok(open(lead, ids.case));
    await ok(activist.post(`/api/cases/${ids.case}/notes`, { id: ids.note, text: words.note }));
    await ok(
      activist.post(`/api/cases/${ids.case}/steps`, { id: ids.step, title: words.step, due: inDays(2) }),
    );
    await moved(lead, ids.case, triage(lead.id));
    ids.consent = await consented(lead, ids.case, ids.partner);
    const referral = referralInput(ids.partner, { id: ids.referral, message: words.referral });
    await ok(lead.post(`/api/cases/${ids.case}/referrals`, referral));
    const issue = issueInput({ id: ids.issue, title: words.issue, statement: words.issue });
    await ok(coordinator.post('/api/issues', issue));
    await ok(setIssue(lead, ids.case, ids.issue));
    const letter = letterInput({ id: ids.letter, ask: words.letter });
    await ok(coordinator.post('/api/letters', letter));
    await ok(moveLetter(coordinator, ids.letter, send()));
    ids.campaign = await activeCampaign(coordinator, { title: words.campaign });
    ids.demand = (await campaignOf(coordinator, ids.campaign)).demandList[0]!.id;
    const action = actionInput({ id: ids.action, title: words.action });
    await added(coordinator, `/api/campaigns/${ids.campaign}/actions`, action);
    ids.commitment = await recorded(
      activist,
      commitmentInput({ title: words.commitment, words: words.commitment, municipality: 'ferizaj' }),
    );
    ids.promiseEvidence = await withEvidence(activist, ids.commitment);
    await moved(lead, ids.case, { move: 'start' });
    await ok(move(lead, ids.case, { move: 'resolve', outcome: 'achieved', note: words.note }));
    const { data } = await ok(coordinator.get('/api/indicators'));
    await ok(
      coordinator.patch('/api/indicators/cases.logged', { version: data[0].version, owner: words.owner }),
    );
    await CaseModel.insertMany(Array.from({ length: 30 }, () => caseAt('2026-04-15', { title: words.case })));
    const desk = new FigureDesk(coordinator);
    ids.release = await desk.publish({ kind: 'quarter', from: '2026-04-01', to: '2026-06-30' });
    ids.draft = await desk.freeze({ kind: 'quarter', from: '2026-01-01', to: '2026-03-31' });
    const share = { id: ids.share, releaseId: ids.release, recipient: 'Sharewhisper', days: 7, once: false };
    const made = await ok(coordinator.post('/api/release-shares', share));
    shareToken = made.link.split('/').at(-1);
  }

  const secrets = (): string[] => [
    ...Object.values(words),
    ...plantedTraces,
    reference,
    'Whisperova',
    'Sharewhisper',
    shareToken,
    ...Object.entries(ids)
      .filter(([name]) => !['release', 'partner'].includes(name))
      .map(([, id]) => id),
    ...[coordinator, lead, activist].map(({ id }) => id),
  ];

  /** True ids for what each part of a path means; where nobody says, all of them. */
  const meant: Record<string, () => string[]> = {
    cases: () => [ids.case],
    referrals: () => [ids.referral],
    issues: () => [ids.issue],
    letters: () => [ids.letter],
    campaigns: () => [ids.campaign],
    commitments: () => [ids.commitment],
    releases: () => [ids.release, ids.draft],
    progress: () => [ids.release, ids.draft],
    'release-shares': () => [ids.share],
    users: () => [activist.id, coordinator.id],
    organisations: () => [ids.partner],
    municipalities: () => ['ferizaj'],
    institutions: () => ['urbanism'],
    indicators: () => ['cases.logged'],
    key: () => ['cases.logged'],
    token: () => ['x'.repeat(43)],
    format: () => ['csv', 'json', 'pdf'],
    note: () => [ids.note],
    step: () => [ids.step],
    evidence: () => [ids.evidence, ids.promiseEvidence],
    item: () => [ids.demand, ids.action],
  };
  const everyId = () => Object.values(ids).filter(Boolean);

  function pathsOf({ path }: Endpoint): string[] {
    const slice = path.split('/')[2]!;
    let paths = [path];
    for (const [part, name] of path.matchAll(/:(\w+)/g)) {
      const values = (meant[name!] ?? (name === 'id' ? meant[slice] : undefined) ?? everyId)();
      paths = paths.flatMap((one) => values.map((value) => one.replace(part!, value)));
    }
    return paths;
  }

  const shapeOf = (schema: z.ZodType): Shape =>
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;

  /** Without a body and with plausible ones that name what is planted. */
  function bodiesOf({ method, body }: Endpoint, dice: Dice): (Json | undefined)[] {
    if (method === 'get') return [undefined];
    if (!body) return [undefined];
    const quietHours = { from: ['22:00'], to: ['06:00'] };
    const pool = harmless(everyId(), {
      version: [1, 2, 3],
      ids: everyId(),
      municipality: ['ferizaj'],
      ...quietHours,
    });
    return [{}, ...Array.from({ length: 3 }, () => sampleOf(shapeOf(body), dice, pool))];
  }

  function queriesOf({ method, query }: Endpoint, dice: Dice): string[] {
    if (method !== 'get' || !query) return [''];
    const { properties = {} } = shapeOf(query);
    const named = {
      q: [words.case, reference],
      municipality: ['ferizaj'],
      issue: [ids.issue],
      campaign: [ids.campaign],
    };
    const all = Object.entries(properties).map(
      ([name, shape]) => [name, String(sampleOf(shape, dice, harmless(everyId(), named), name))] as const,
    );
    return [
      '',
      ...all.map((pair) => `?${new URLSearchParams([pair as [string, string]])}`),
      `?${new URLSearchParams(all as never)}`,
    ];
  }

  /** The machine that tests run on may be busy; that says nothing of anybody. */
  async function ask(by: Person, method: string, path: string, body: Json | undefined): Promise<Reply<any>> {
    const answer = await by.send(method.toUpperCase(), path, body);
    return answer.status === 503 ? ask(by, method, path, body) : answer;
  }

  it('is told that there is nothing, what is its own, facts, or what is out', async () => {
    const dice = new Dice(20_261_121);
    const nameOf = (item: Endpoint) => `${item.method} ${item.path}`;
    const endpoints = [...server.app.endpoints].sort(
      (a, b) => Number(endsSession.test(nameOf(a))) - Number(endsSession.test(nameOf(b))),
    );
    const answered = new Set<string>();
    const told: string[] = [];
    const unlike: string[] = [];
    for (const item of endpoints) {
      const name = nameOf(item);
      const facts: string[] = [];
      for (const path of pathsOf(item))
        for (const query of queriesOf(item, dice))
          for (const body of bodiesOf(item, dice)) {
            const by = endsSession.test(name) ? await server.as('funder', { name: 'A Fund' }) : funder;
            const answer = await ask(by, item.method, path + query, body);
            const said = `${name} ${path}${query} → ${answer.status}`;
            const all = answer.text + JSON.stringify([...answer.headers]);
            for (const secret of secrets()) if (all.includes(secret)) told.push(`${said}: ${secret}`);
            if (answer.status < 400) {
              answered.add(name);
              facts.push(answer.text);
              continue;
            }
            expect(refusals, said).to.include(answer.status);
            // Whether there is such a thing is not to be told either.
            const nowhere = everyId().reduce((found, id) => found.replaceAll(id, newId()), path);
            if (nowhere === path || query) continue;
            const other = await ask(by, item.method, nowhere, body);
            const refusal = ({ status, body: { error } }: Reply<any>) =>
              JSON.stringify([status, error.code, error.faults, error.extra]);
            if (refusal(answer) !== refusal(other))
              unlike.push(`${said}: ${refusal(answer)} ${refusal(other)}`);
          }
      if (answering[name] === 'public fact' && facts.length > 0)
        expect(facts, name).to.include((await ask(await anybody(), item.method, item.path, undefined)).text);
    }
    expect(told).to.deep.equal([]);
    expect(unlike).to.deep.equal([]);
    expect([...answered].sort()).to.deep.equal(Object.keys(answering).sort());
  });

  /** Who came a moment ago, whom nothing was shown. */
  let newcomer: Person | null = null;
  async function anybody(): Promise<Person> {
    newcomer ??= await server.as('funder', { name: 'Another Fund' });
    return newcomer;
  }

  it('reads the bytes that were frozen, and no draft', async () => {
    const { bytes } = (await ReleaseModel.findById(ids.release).lean())!;
    expect((await funder.get(`/api/progress/${ids.release}`)).text).to.equal(bytes!.funder);
    expect((await funder.get(`/api/progress/${ids.draft}`)).status).to.equal(404);
    const { data } = (await funder.get('/api/progress')).body;
    expect(data.newest).to.deep.equal(JSON.parse(bytes!.funder).data);
    expect((await funder.get('/api/organisations')).text).not.to.match(/email|phone/);
    expect((await funder.get('/api/colleagues')).body.data).to.deep.equal([]);
  });

  it('hears through its socket that a release is out and what is its own, whatever else happens', async () => {
    const own = (await funder.get('/api/notifications')).body.data.map(({ id }: { id: string }) => id);
    expect(heard.map(([name]) => name)).to.include('release.published');
    for (const [name, change] of heard) {
      expect(hearable).to.include(name);
      expect([ids.release, funder.id, ...own]).to.include(change.id);
      const said = JSON.stringify(change);
      for (const secret of secrets()) expect(said).to.not.include(secret);
    }
    const opens = async (by: Person, id: string) => {
      const socket = await by.socket();
      return new Promise((resolve) => socket.emit('openCase', id, resolve));
    };
    for (const id of everyId()) expect(await opens(funder, id), id).to.equal(false);
    expect(await opens(lead, ids.case)).to.equal(true);
  });

  it('would have been noticed if it were told: those it is for are', async () => {
    for (const [path, word] of [
      [`/api/cases/${ids.case}`, words.case],
      [`/api/referrals/${ids.referral}`, words.referral],
      [`/api/letters/${ids.letter}`, words.letter],
      [`/api/campaigns/${ids.campaign}`, words.campaign],
      [`/api/commitments/${ids.commitment}`, words.commitment],
      ['/api/indicators', words.owner],
    ])
      expect((await coordinator.get(path!)).text, path).to.include(word!);
  });
});
