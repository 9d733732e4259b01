// Duty: what the API shows of campaigns: rows, the page, cases behind it, the timeline. Plain interfaces.
import type { Answer, Page } from './api.ts';
import type {
  ActionKind,
  ActionStatus,
  Audience,
  CampaignEvent,
  CampaignResult,
  CampaignStage,
  DemandStatus,
  PolicyStage,
  RecognisedAnswer,
  TacticChange,
  UseDetail,
  UseEnding,
  UseStanding,
} from './campaignLists.ts';
import type { CampaignMoveName } from './campaignMoves.ts';
import type { CaseStatus } from './caseLists.ts';
import type { CasesBehind, FieldConflict } from './caseViews.ts';
import type { Colleague, MunicipalitySlug } from './directory.ts';
import type { Theme } from './themeLists.ts';

export interface InstitutionName {
  id: string;
  names: { sq: string; sr: string; en: string };
}

/** A demand as a card and a page head show it: one sentence, to whom, until when. */
export interface HeadDemand {
  id: string;
  text: string;
  institution: InstitutionName;
  municipality: MunicipalitySlug | null;
  endsOn: string | null;
  status: DemandStatus;
}

export interface CampaignRow {
  id: string;
  version: number;
  reference: string;
  title: string;
  theme: Theme;
  municipalities: MunicipalitySlug[];
  stage: CampaignStage;
  stageSince: string;
  /** The open demand that ends first; where none is open, the first. */
  demand: HeadDemand | null;
  demands: Record<DemandStatus, number>;
  /** The next day something is due: a review, a milestone, a planned action, a demand's end; past when late. */
  nextOn: string | null;
  late: boolean;
  actionsDone: number;
  reached: number;
  result: CampaignResult | null;
  changedAt: string;
  example: boolean;
}

export interface DemandView extends HeadDemand {
  version: number;
  audience: Audience | null;
  change: TacticChange | null;
  policyStage: PolicyStage;
  indicator: string;
  startsOn: string;
  decidedOn: string | null;
  note: string;
  /** Open, and its end is past. */
  late: boolean;
}

export interface ActionEvidence {
  id: string;
  kind: 'photo' | 'document';
  name: string;
  size: number;
  mediaType: string;
  at: string;
  hasThumbnail: boolean;
}

export interface ActionView {
  id: string;
  version: number;
  kind: ActionKind;
  title: string;
  status: ActionStatus;
  on: string;
  municipality: MunicipalitySlug | null;
  place: string;
  demandId: string | null;
  reached: number | null;
  note: string;
  evidence: ActionEvidence[];
  by: Colleague | null;
  /** Planned, and its day is past. */
  late: boolean;
  /** The viewer's own, or the viewer coordinates. */
  mayChange: boolean;
}

export interface MilestoneView {
  id: string;
  version: number;
  title: string;
  due: string;
  doneOn: string | null;
  late: boolean;
}

/** How many cases stand behind it. What is null is withheld, so that no small number can be read or worked out. */
export interface CampaignCases extends CasesBehind {
  byTheme: Partial<Record<Theme, number>> | null;
  /** Chosen and not checked yet; for coordinators alone. */
  toCheck: number | null;
}

export interface CampaignEntry {
  at: string;
  by: { name: string; organisation: string | null; municipality: MunicipalitySlug | null } | null;
  what: CampaignEvent;
  move: CampaignMoveName | null;
  from: CampaignStage | null;
  to: CampaignStage | null;
  reason: string | null;
  fields: string[];
}

export interface CampaignPage extends CampaignRow {
  whyNow: string;
  issues: { id: string; reference: string; title: string }[];
  team: Colleague[];
  partners: { id: string; name: string }[];
  reviewOn: string | null;
  demandList: DemandView[];
  actions: ActionView[];
  milestones: MilestoneView[];
  cases: CampaignCases;
  lessons: string;
  /** A calendar link is alive; never the link itself. */
  calendarSince: string | null;
  history: CampaignEntry[];
}

export type CampaignAbility = CampaignMoveName | 'edit' | 'act' | 'useCases' | 'calendar';
export type CampaignAnswer = Answer<CampaignPage, CampaignAbility>;
export type CampaignListAbility = 'create';

export interface CampaignList extends Page<CampaignRow> {
  /** How many stand in each stage, on whichever page they are; where there are none, nothing. */
  byStage: Partial<Record<CampaignStage, number>>;
  abilities: Record<CampaignListAbility, boolean>;
}

/** What a conflict carries: where it stands now, and both sides of each field. */
export interface StaleCampaign {
  version: number;
  stage: CampaignStage;
  conflicts: FieldConflict[];
}

/** A case of the campaign, for those who may see that case. The check's words are for coordinators. */
export interface UseRow {
  caseId: string;
  reference: string;
  title: string;
  theme: Theme;
  municipality: MunicipalitySlug;
  status: CaseStatus;
  concernsChild: boolean;
  standing: UseStanding;
  detail: UseDetail | null;
  check: {
    recognised: RecognisedAnswer;
    byWhom: string;
    harm: string;
    awareHow: string;
    by: Colleague | null;
    at: string;
  } | null;
  ended: { why: UseEnding; at: string } | null;
}

export const timelineKinds = ['action', 'letter', 'milestone', 'demandEnd', 'review'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export interface TimelineEvent {
  /** Of the action, letter, milestone or demand. */
  id: string;
  campaignId: string;
  kind: TimelineKind;
  on: string;
  text: string;
  actionKind: ActionKind | null;
  done: boolean;
  late: boolean;
}

/** A campaign that uses a case, as the case's page names it. */
export interface CampaignOfCase {
  id: string;
  reference: string;
  title: string;
  stage: CampaignStage;
  theme: Theme;
}

/** Shown once; only the hash is kept. */
export interface CalendarLink {
  url: string;
}
