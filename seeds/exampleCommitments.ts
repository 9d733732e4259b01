// Duty: clearly marked, invented promises in different standings, made through the commands: one kept with evidence, one disputed, one broken in Gjakova, one proposed.
import { dayAfter, dayOf } from '../server/clock.ts';
import { moveCommitment } from '../server/features/commitments/commitmentMoves.commands.ts';
import { recordCommitment } from '../server/features/commitments/commitments.commands.ts';
import { commitmentFor } from '../server/features/commitments/commitments.queries.ts';
import { addCommitmentEvidence } from '../server/features/commitments/evidence.commands.ts';
import { createSource } from '../server/features/commitments/sources.commands.ts';
import { exampleViewers } from '../server/features/directory/exampleAccounts.queries.ts';
import type { Viewer } from '../server/policy.ts';
import type { CommitmentMoveInput } from '../shared/commitmentMoves.ts';
import type { CommitmentCreate, SourceCreate } from '../shared/commitments.ts';
import { exampleCampaignId } from './campaigns.ts';
import { examplePicture } from './examplePicture.ts';
import { fixedId } from './facts.ts';
import { exampleIssueId } from './issues.ts';

type Input = CommitmentMoveInput extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'version'>
    : never
  : never;

interface Example {
  key: string;
  /** The example campaign that it answers, and the issue behind that. */
  campaign?: string;
  issue?: string;
  by: 'coordinator' | 'activist';
  /** Days ago. */
  promised: number;
  recorded: number;
  /** Days after the promise. */
  due: number;
  about: Pick<
    CommitmentCreate,
    | 'title'
    | 'words'
    | 'institutionId'
    | 'municipality'
    | 'themes'
    | 'person'
    | 'office'
    | 'place'
    | 'formality'
  >;
  budget: CommitmentCreate['budget'];
  source: Pick<SourceCreate, 'title' | 'kind' | 'issuedBy'> & { page: string };
  /** What happened, with how many days ago; a picture is added before each check. */
  moves: [number, 'coordinator' | 'partner', (day: (ago: number) => string, evidence: string) => Input][];
}

const nothing = { promised: null, approved: null, spent: null };

const examples: Example[] = [
  {
    key: 'housing-gjakova',
    campaign: 'kolonia',
    issue: 'tenure',
    by: 'coordinator',
    promised: 400,
    recorded: 396,
    due: 270,
    about: {
      title: 'Twelve flats for families in Kolonia',
      words:
        'Komuna do t’i ndërtojë dymbëdhjetë banesa për familjet e lagjes Kolonia dhe do t’ua dorëzojë çelësat para dimrit.',
      institutionId: 'urbanism',
      municipality: 'gjakova',
      themes: ['housing'],
      person: 'Drejtor Shembulli',
      office: 'Drejtor i Urbanizmit',
      place: 'Diskutim publik',
      formality: 'written',
    },
    budget: { promised: 420_000, approved: null, spent: null },
    source: {
      title: 'Procesverbal i diskutimit publik për strehim',
      kind: 'minutes',
      issuedBy: 'Komuna',
      page: '4',
    },
    moves: [
      [200, 'coordinator', () => ({ move: 'formality', to: 'decided' })],
      [
        140,
        'coordinator',
        (day) => ({ move: 'deadline', dueOn: day(45), reason: 'The municipality has found no contractor.' }),
      ],
      [
        60,
        'partner',
        (day, evidence) => ({
          move: 'check',
          id: fixedId('K1 housing-gjakova'),
          completion: 'not_started',
          checkedOn: day(60),
          evidence: [evidence],
          note: 'The plot is empty: no fence, no sign, no machine.',
          nextCheckOn: null,
        }),
      ],
    ],
  },
  {
    key: 'registration-prizren',
    by: 'coordinator',
    promised: 220,
    recorded: 219,
    due: 150,
    about: {
      title: 'A mobile team for late birth registration',
      words: 'Do të dërgojmë ekip mobil në lagje derisa të regjistrohet edhe fëmija i fundit.',
      institutionId: 'civil-status',
      municipality: 'prizren',
      themes: ['civil_registration'],
      person: '',
      office: 'Zyra e Gjendjes Civile',
      place: 'Takim në komunë',
      formality: 'verbal',
    },
    budget: nothing,
    source: { title: 'Shënime të takimit', kind: 'minutes', issuedBy: 'Komuna', page: '1' },
    moves: [
      [180, 'coordinator', () => ({ move: 'formality', to: 'written' })],
      [90, 'coordinator', (day) => ({ move: 'report', completion: 'complete', reportedOn: day(90) })],
      [
        80,
        'partner',
        (day, evidence) => ({
          move: 'check',
          id: fixedId('K2 registration'),
          completion: 'complete',
          checkedOn: day(80),
          evidence: [evidence],
          note: 'The list on the office’s door: every family that asked has its certificate.',
          nextCheckOn: null,
        }),
      ],
      [78, 'coordinator', () => ({ move: 'close', closedAs: 'complete' })],
    ],
  },
  {
    key: 'employment-ferizaj',
    by: 'coordinator',
    promised: 150,
    recorded: 149,
    due: 240,
    about: {
      title: 'Eight posts in the public enterprises',
      words:
        'Tetë vende pune në ndërmarrjet publike do të plotësohen nga komunitetet rom, ashkali dhe egjiptian.',
      institutionId: 'employment-office',
      municipality: 'ferizaj',
      themes: ['employment'],
      person: '',
      office: 'Kabineti i Kryetarit',
      place: 'Kuvendi komunal',
      formality: 'decided',
    },
    budget: { promised: 60_000, approved: 60_000, spent: 21_500 },
    source: { title: 'Vendim i kuvendit komunal', kind: 'decision', issuedBy: 'Kuvendi komunal', page: '2' },
    moves: [
      [30, 'coordinator', (day) => ({ move: 'report', completion: 'complete', reportedOn: day(30) })],
      [
        20,
        'partner',
        (day, evidence) => ({
          move: 'check',
          id: fixedId('K3 employment'),
          completion: 'limited',
          checkedOn: day(20),
          evidence: [evidence],
          note: 'Three of eight posts are filled; two contracts end next month.',
          nextCheckOn: day(-25),
        }),
      ],
    ],
  },
  {
    key: 'waste-ferizaj',
    by: 'activist',
    promised: 6,
    recorded: 4,
    due: 60,
    about: {
      title: 'Waste collected every week in the settlement',
      words: 'Mbeturinat do të mblidhen çdo javë, si në pjesën tjetër të qytetit.',
      institutionId: 'public-services',
      municipality: 'ferizaj',
      themes: ['housing'],
      person: '',
      office: 'Drejtoria e Shërbimeve Publike',
      place: 'Takim me banorët',
      formality: 'verbal',
    },
    budget: nothing,
    source: { title: 'Shënime nga takimi me banorët', kind: 'minutes', issuedBy: '', page: '' },
    moves: [],
  },
];

const day = 24 * 60 * 60_000;

async function seedExample(example: Example, viewers: readonly Viewer[], today: number): Promise<void> {
  const at = (ago: number) => new Date(today - ago * day);
  const dayAgo = (ago: number) => dayOf(at(ago));
  const find = (role: Viewer['role'], place: Viewer['municipality'] = null) =>
    viewers.find((viewer) => viewer.role === role && viewer.municipality === place);
  const coordinator = find('coordinator')!;
  const hands = {
    coordinator,
    partner: find('cso_member') ?? coordinator,
    activist: find('activist', example.about.municipality) ?? coordinator,
  };
  const id = fixedId(`E${example.key}`);
  const sourceId = fixedId(`Q${example.key}`);
  const { page, ...source } = example.source;
  const author = hands[example.by];
  await createSource(
    author,
    { id: sourceId, ...source, date: dayAgo(example.promised), language: 'sq', link: null },
    at(example.recorded),
  );
  const { commitment } = await recordCommitment(
    author,
    {
      id,
      ...example.about,
      language: 'sq',
      sourceId,
      page,
      promisedOn: dayAgo(example.promised),
      dueOn: dayAfter(dayAgo(example.promised), example.due),
      nextCheckOn: null,
      budget: example.budget,
      campaignIds: example.campaign ? [exampleCampaignId(example.campaign)] : [],
      issueIds: example.issue ? [exampleIssueId(example.issue)] : [],
      demandId: null,
    },
    at(example.recorded),
  );
  let done = commitment.history.filter(
    ({ by, event }) => by !== null && !['record', 'add_evidence'].includes(event),
  ).length;
  for (const [ago, who, input] of example.moves) {
    if (done > 0) {
      done -= 1;
      continue;
    }
    const evidence = fixedId(`V${example.key}`);
    const move = input(dayAgo, evidence);
    if (move.move === 'check') {
      await addCommitmentEvidence(hands[who], id, evidence, await examplePicture(example.key), at(ago));
    }
    const { version } = await commitmentFor(hands.coordinator, id);
    await moveCommitment(hands[who], id, { ...move, version } as CommitmentMoveInput, at(ago));
  }
}

/** Safe to repeat: goes on where it stands. */
export async function seedExampleCommitments(): Promise<void> {
  const viewers = await exampleViewers();
  const today = Date.now();
  for (const example of examples) await seedExample(example, viewers, today);
}
