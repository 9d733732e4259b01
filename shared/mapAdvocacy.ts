// Duty: what the map says of advocacy in each municipality: what stands there, what is stuck, who is to move. Plain data, no schemas.
import type { CampaignStage } from './campaignLists.ts';
import type { CommitmentRung } from './commitmentLists.ts';
import type { MunicipalitySlug, Role } from './directoryLists.ts';
import type { Rung } from './letterLists.ts';

export const advocacyPaths = {
  /** GET → { data: AdvocacyPlace[] }. */
  all: '/api/map/advocacy',
  /** GET: briefingQuery → application/pdf. */
  briefing: (municipality: string) => `/api/map/briefing/${municipality}`,
} as const;

/** In the order in which they are listed and drawn. */
export const advocacyLayers = ['commitments', 'letters', 'campaigns', 'issues'] as const;
export type AdvocacyLayer = (typeof advocacyLayers)[number];

export const stuckReasons = [
  'commitment.broken',
  'commitment.overdue',
  'letter.silent',
  'letter.refused',
  'letter.late',
  'campaign.ended',
  'campaign.review',
  'campaign.actionLate',
  'campaign.noAction',
  'issue.proposed',
] as const;
export type StuckReason = (typeof stuckReasons)[number];

export const briefingLanguages = ['sq', 'sr', 'en'] as const;
export type BriefingLanguage = (typeof briefingLanguages)[number];

type Names = Record<'sq' | 'sr' | 'en', string>;

/** Who is to move next: somebody by name where the viewer may know it, else whoever has that role. */
export interface Mover {
  role: Role | 'caseLead';
  name: string | null;
}

/** A record of one layer. */
export interface AdvocacyItem {
  id: string;
  reference: string;
  title: string | Names;
  /** The duty bearer it waits for, or concerns. */
  institution: Names | null;
  stage: CampaignStage | null;
  /** Null: it stands here, and nothing holds it up. */
  why: StuckReason | null;
  /** The day since when it is stuck. */
  since: string | null;
  days: number | null;
  /** What may be done next about an institution that does not move; never done by itself. */
  rung: Rung | CommitmentRung | null;
  /** Null where nobody is to move any more. */
  mover: Mover | null;
}

export interface AdvocacyGroup {
  count: number;
  /** Stuck ones first; no more than `mostShown`. */
  items: AdvocacyItem[];
}

export interface AdvocacyPlace {
  /** Null: what concerns no one municipality, central institutions. */
  municipality: MunicipalitySlug | null;
  cases: { untriaged: number; late: number; withoutLead: number; triager: Mover } | null;
  /** Overdue, and broken ones whether closed as such or still open. */
  commitments: AdvocacyGroup & { broken: number };
  /** Silent, refused, or past their day. */
  letters: AdvocacyGroup & { silent: number };
  /** Everything that is not closed. */
  campaigns: AdvocacyGroup & { byStage: Partial<Record<CampaignStage, number>> };
  issues: AdvocacyGroup;
}

/** Of one layer in one municipality; the count tells how many there are. */
export const mostShown = 25;
