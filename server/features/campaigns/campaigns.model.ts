// Duty: how a campaign is kept: one document with demands, actions, milestones, the cases it uses and its history. No case's words are in it.
import { model, Schema } from 'mongoose';
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
} from '../../../shared/campaignLists.ts';
import type { CampaignMoveName } from '../../../shared/campaignMoves.ts';
import type { Language, MunicipalitySlug } from '../../../shared/directory.ts';
import type { Theme } from '../../../shared/themes.ts';
import type { KeptFile } from '../../files/kept.ts';

/** `version` of a part is the campaign's version at its last change: each part has its own edit conflicts. */
interface StoredPart {
  id: string;
  version: number;
}
export interface StoredDemand extends StoredPart {
  text: string;
  institutionId: string;
  municipality: MunicipalitySlug | null;
  audience: Audience | null;
  change: TacticChange | null;
  policyStage: PolicyStage;
  indicator: string;
  startsOn: string;
  endsOn: string | null;
  status: DemandStatus;
  decidedOn: string | null;
  note: string;
}
export interface StoredAction extends StoredPart {
  kind: ActionKind;
  title: string;
  status: ActionStatus;
  on: string;
  municipality: MunicipalitySlug | null;
  place: string;
  demandId: string | null;
  reached: number | null;
  note: string;
  by: string;
  evidence: KeptFile[];
}
export interface StoredMilestone extends StoredPart {
  title: string;
  due: string;
  doneOn: string | null;
}
/** The four answers of the do-no-harm check: a case without them is chosen, not used. */
export interface StoredCheck {
  recognised: RecognisedAnswer;
  byWhom: string;
  harm: string;
  awareHow: string;
  detail: UseDetail;
  by: string;
  at: Date;
}
export interface StoredUse {
  caseId: string;
  chosenBy: string;
  chosenAt: Date;
  check: StoredCheck | null;
  ended: { why: UseEnding; at: Date; by: string | null } | null;
}
export interface StoredCampaignEntry {
  at: Date;
  by: string | null;
  what: CampaignEvent;
  move?: CampaignMoveName;
  from?: CampaignStage;
  to?: CampaignStage;
  reason?: string;
  fields?: string[];
  /** Of the demand, action or milestone; never of a case. */
  item?: string;
  people?: string[];
}

export interface CampaignFile {
  _id: string;
  version: number;
  /** For each field ever changed, the version that changed it last. */
  fieldVersions: Record<string, number>;
  reference: string;
  title: string;
  theme: Theme;
  municipalities: MunicipalitySlug[];
  whyNow: string;
  issueIds: string[];
  team: string[];
  partners: string[];
  stage: CampaignStage;
  stageSince: Date;
  reviewOn: string | null;
  result: CampaignResult | null;
  lessons: string;
  demands: StoredDemand[];
  actions: StoredAction[];
  milestones: StoredMilestone[];
  uses: StoredUse[];
  /** The cases have not all heard yet which of them is used: a job makes up for a stop in between. */
  usesPending: boolean;
  /** Of the calendar link only a hash. */
  calendar: { hash: string; by: string; language: Language; at: Date } | null;
  history: StoredCampaignEntry[];
  createdAt: Date;
  createdBy: string;
  changedAt: Date;
  example: boolean;
}

const text = { type: String, required: true } as const;
const maybeText = { type: String, default: null } as const;
const { Mixed } = Schema.Types;

const campaignSchema = new Schema<CampaignFile>(
  {
    _id: text,
    version: { type: Number, required: true },
    fieldVersions: { type: Mixed, default: {} },
    reference: text,
    title: text,
    theme: text,
    municipalities: [String],
    whyNow: { type: String, default: '' },
    issueIds: [String],
    team: [String],
    partners: [String],
    stage: text,
    stageSince: { type: Date, required: true },
    reviewOn: maybeText,
    result: maybeText,
    lessons: { type: String, default: '' },
    demands: [Mixed],
    actions: [Mixed],
    milestones: [Mixed],
    uses: [Mixed],
    usesPending: { type: Boolean, default: false },
    calendar: { type: Mixed, default: null },
    history: [Mixed],
    createdAt: { type: Date, required: true },
    createdBy: text,
    changedAt: { type: Date, required: true },
    example: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'campaigns', minimize: false },
);
campaignSchema.index({ reference: 1 }, { unique: true });
campaignSchema.index({ municipalities: 1, createdAt: -1, _id: -1 });
campaignSchema.index({ partners: 1, createdAt: -1, _id: -1 });
campaignSchema.index({ createdAt: -1, _id: -1 });
/** A column of the board, and how many stand in each. */
campaignSchema.index({ stage: 1, createdAt: -1, _id: -1 });
campaignSchema.index({ municipalities: 1, stage: 1, createdAt: -1, _id: -1 });
campaignSchema.index({ partners: 1, stage: 1, createdAt: -1, _id: -1 });
campaignSchema.index({ issueIds: 1 });
campaignSchema.index({ 'uses.caseId': 1 });
campaignSchema.index({ 'calendar.hash': 1 });
campaignSchema.index({ usesPending: 1 });
campaignSchema.index({ changedAt: 1 });

export const CampaignModel = model<CampaignFile>('Campaign', campaignSchema);
