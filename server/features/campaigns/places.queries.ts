// Duty: which campaigns are under way in which municipalities, what holds one up, what each asks; for whoever sees them. For the map and its briefing.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { dayOf } from '../../clock.ts';
import type { Viewer } from '../../policy.ts';
import { type CampaignFile, CampaignModel, type StoredDemand } from './campaigns.model.ts';
import { seesCampaigns } from './campaigns.policy.ts';
import { campaignsVisibleTo, underWay } from './campaigns.queries.ts';

const told = {
  reference: 1,
  title: 1,
  stage: 1,
  stageSince: 1,
  municipalities: 1,
  team: 1,
  createdBy: 1,
  reviewOn: 1,
  demands: 1,
  milestones: 1,
  'actions.status': 1,
  'actions.on': 1,
} as const;
type Told = '_id' | 'reference' | 'title' | 'stage' | 'stageSince' | 'municipalities' | 'team' | 'createdBy';
export type CampaignHere = Pick<CampaignFile, Told | 'reviewOn' | 'demands' | 'milestones'> & {
  actions: Pick<CampaignFile['actions'][number], 'status' | 'on'>[];
};

const most = 2_000;

/** Newest first; closed ones are left out. */
export async function campaignsUnderWayIn(
  viewer: Viewer,
  municipalities: readonly MunicipalitySlug[],
): Promise<CampaignHere[]> {
  if (!seesCampaigns(viewer)) return [];
  const here = { municipalities: { $in: [...municipalities] }, ...underWay };
  return CampaignModel.find({ $and: [campaignsVisibleTo(viewer), here] }, told)
    .sort({ createdAt: -1, _id: -1 })
    .limit(most)
    .lean<CampaignHere[]>();
}

export interface HeldUp {
  why: 'campaign.ended' | 'campaign.review' | 'campaign.actionLate' | 'campaign.noAction';
  /** The day since when. */
  since: string;
  /** The user who is to move. */
  by: string;
}

/** The gravest of what holds it up; null while it goes on. Days that end are its author's to decide on, actions its team's. */
export function heldUpBy(campaign: CampaignHere, today: string): HeldUp | null {
  const { stage, demands, reviewOn, actions, milestones, team, createdBy, stageSince } = campaign;
  const doer = team[0] ?? createdBy;
  const ended = earliest(
    demands.filter(({ status }) => status === 'open').flatMap(({ endsOn }) => endsOn ?? []),
  );
  const counts = stage === 'active' || stage === 'paused' || stage === 'monitoring';
  if (counts && ended && ended < today) return { why: 'campaign.ended', since: ended, by: createdBy };
  if (stage === 'paused' && reviewOn && reviewOn < today)
    return { why: 'campaign.review', since: reviewOn, by: createdBy };
  if (stage !== 'planning' && stage !== 'active') return null;
  const planned = actions.filter(({ status }) => status === 'planned').map(({ on }) => on);
  const next = [...planned, ...milestones.flatMap(({ due, doneOn }) => (doneOn ? [] : due))];
  const late = earliest(next);
  if (late && late < today) return { why: 'campaign.actionLate', since: late, by: doer };
  if (next.length > 0) return null;
  const done = actions.filter(({ status }) => status === 'done').map(({ on }) => on);
  return { why: 'campaign.noAction', since: latest([...done, dayOf(stageSince)]), by: doer };
}

const earliest = (days: readonly string[]): string | undefined => [...days].sort()[0];
const latest = (days: readonly string[]): string => [...days].sort().at(-1)!;

/** Asked of offices in that municipality by campaigns that have begun, and not decided; what ends first comes first. */
export async function demandsOpenIn(viewer: Viewer, municipality: MunicipalitySlug): Promise<StoredDemand[]> {
  const asked = (await campaignsUnderWayIn(viewer, [municipality])).filter(
    ({ stage }) => stage !== 'proposed' && stage !== 'planning',
  );
  return asked
    .flatMap(({ demands }) => demands)
    .filter((demand) => demand.status === 'open' && demand.municipality === municipality)
    .sort((a, b) => ((a.endsOn ?? '9') < (b.endsOn ?? '9') ? -1 : 1));
}
