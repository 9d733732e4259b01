// Duty: what the example campaigns ask, do and reach, in days ago (negative: still to come). Invented, like the cases behind them.
import type { ActionKind, CampaignResult, RecognisedAnswer, UseDetail } from '../shared/campaignLists.ts';
import type { DemandCreate } from '../shared/campaigns.ts';
import type { MunicipalitySlug } from '../shared/directory.ts';
import type { Theme } from '../shared/themes.ts';

type Demand = Omit<DemandCreate, 'id' | 'startsOn' | 'endsOn'> & {
  key: string;
  starts: number;
  ends: number | null;
  decided?: { ago: number; note: string };
};

export interface ExampleCampaign {
  key: string;
  title: string;
  theme: Theme;
  municipalities: MunicipalitySlug[];
  whyNow: string;
  issue: string;
  began: number;
  /** The example partner takes part, with a team. */
  shared: boolean;
  stages: {
    planned?: number;
    active?: number;
    monitoring?: number;
    closed?: { ago: number; result: CampaignResult; lessons: string };
  };
  demands: Demand[];
  actions: {
    key: string;
    ago: number;
    kind: ActionKind;
    title: string;
    place: string;
    municipality: MunicipalitySlug | null;
    reached: number | null;
  }[];
  milestones: { key: string; due: number; title: string }[];
  cases: {
    caseId: string;
    chosen: number;
    /** Null: waits for its check. */
    check: {
      recognised: RecognisedAnswer;
      byWhom: string;
      harm: string;
      awareHow: string;
      detail: UseDetail;
    } | null;
  }[];
}

export const exampleCampaigns: readonly ExampleCampaign[] = [
  {
    key: 'kolonia',
    title: 'Keys and titles for Kolonia',
    theme: 'housing',
    municipalities: ['gjakova'],
    whyNow:
      'The families built on land that the municipality gave, and winters without a title keep them from water, loans and repairs. The budget for the coming year is being written.',
    issue: 'tenure',
    began: 440,
    shared: true,
    stages: { planned: 436, active: 425, monitoring: 388 },
    demands: [
      {
        key: 'kolonia flats',
        text: 'Build twelve flats for the families of Kolonia and hand over the keys before the winter.',
        institutionId: 'urbanism',
        municipality: 'gjakova',
        audience: 'decision_makers',
        change: 'action',
        policyStage: 'adoption',
        indicator: 'Twelve families with keys',
        starts: 430,
        ends: 130,
        decided: { ago: 398, note: 'Said in the public discussion and written into its minutes.' },
      },
      {
        key: 'kolonia titles',
        text: 'Enter the granted plots in the cadastre in the names of the families who live on them.',
        institutionId: 'cadastre',
        municipality: 'gjakova',
        audience: 'decision_makers',
        change: 'will',
        policyStage: 'agenda',
        indicator: 'Eighteen plots entered',
        starts: 120,
        ends: -60,
      },
    ],
    actions: [
      {
        key: 'kolonia letter',
        ago: 415,
        kind: 'letter',
        title: 'Request for the minutes of the assembly',
        place: '',
        municipality: 'gjakova',
        reached: null,
      },
      {
        key: 'kolonia petition',
        ago: 408,
        kind: 'petition',
        title: 'Petition of the neighbourhood',
        place: 'Kolonia',
        municipality: 'gjakova',
        reached: 180,
      },
      {
        key: 'kolonia discussion',
        ago: 400,
        kind: 'public_discussion',
        title: 'Public discussion about housing',
        place: 'Hall of the municipality',
        municipality: 'gjakova',
        reached: 85,
      },
      {
        key: 'kolonia visit',
        ago: 60,
        kind: 'meeting',
        title: 'Visit to the plot with the director',
        place: 'Kolonia',
        municipality: 'gjakova',
        reached: 14,
      },
      {
        key: 'kolonia media',
        ago: -12,
        kind: 'media',
        title: 'Local television: what was promised, what stands there',
        place: '',
        municipality: 'gjakova',
        reached: null,
      },
    ],
    milestones: [
      { key: 'kolonia contract', due: 150, title: 'A builder has the contract' },
      { key: 'kolonia keys', due: -90, title: 'The first four families have keys' },
    ],
    cases: [
      {
        caseId: 'EX-06',
        chosen: 30,
        check: {
          recognised: 'by_those_around',
          byWhom: 'Neighbours and the directorate: everybody there knows who built on granted land.',
          harm: 'Pressure to leave, or to sign for less land than was granted.',
          awareHow: 'At a meeting of the neighbourhood, with the notice read out; nobody is named.',
          detail: 'told_inside',
        },
      },
    ],
  },
  {
    key: 'late birth',
    title: 'A birth certificate within thirty days',
    theme: 'civil_registration',
    municipalities: ['fushe-kosove', 'gracanica'],
    whyNow: 'School begins in autumn, and without a certificate no diploma is written at its end.',
    issue: 'late birth',
    began: 32,
    shared: false,
    stages: { planned: 25 },
    demands: [
      {
        key: 'late birth period',
        text: 'Let the commission for late registration decide within thirty days and hear witnesses in place of lost papers.',
        institutionId: 'civil-status',
        municipality: 'fushe-kosove',
        audience: 'decision_makers',
        change: 'will',
        policyStage: 'development',
        indicator: '',
        starts: 24,
        ends: -120,
      },
    ],
    actions: [
      {
        key: 'late birth meeting',
        ago: -9,
        kind: 'meeting',
        title: 'Meeting with the head of civil status',
        place: 'Office for civil status',
        municipality: 'fushe-kosove',
        reached: null,
      },
    ],
    milestones: [{ key: 'late birth draft', due: -30, title: 'A draft of the instruction is on the table' }],
    cases: [{ caseId: 'EX-02', chosen: 12, check: null }],
  },
  {
    key: 'public posts',
    title: 'Count us in the job register',
    theme: 'employment',
    municipalities: ['gjakova', 'gracanica'],
    whyNow: 'The programme of public works opens in spring and takes only who is registered.',
    issue: 'public posts',
    began: 38,
    shared: false,
    stages: {
      planned: 36,
      active: 34,
      closed: {
        ago: 5,
        result: 'partly_won',
        lessons:
          'The office registers without a diploma in one municipality now. Two visits with the people themselves did more than four letters. Begin in the autumn next time.',
      },
    },
    demands: [
      {
        key: 'register without diploma',
        text: 'Register job seekers without a diploma in their own category.',
        institutionId: 'employment-office',
        municipality: 'gjakova',
        audience: 'influencers',
        change: 'action',
        policyStage: 'implementation',
        indicator: 'Forty people registered',
        starts: 35,
        ends: -20,
        decided: { ago: 8, note: 'The office agreed for its own branch.' },
      },
    ],
    actions: [
      {
        key: 'register visit',
        ago: 20,
        kind: 'meeting',
        title: 'Together at the counter of the employment office',
        place: 'Employment office',
        municipality: 'gjakova',
        reached: 26,
      },
    ],
    milestones: [],
    cases: [],
  },
  {
    key: 'devices',
    title: 'A device for every pupil',
    theme: 'covid19',
    municipalities: ['ferizaj'],
    whyNow: '',
    issue: 'telephones',
    began: 2,
    shared: false,
    stages: {},
    demands: [],
    actions: [],
    milestones: [],
    cases: [],
  },
];
