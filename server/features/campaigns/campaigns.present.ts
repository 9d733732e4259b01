// Duty: a campaign as a row and as a page for whoever sees it. Of cases only numbers leave here; no document passes.
import { type DemandStatus, demandStatuses } from '../../../shared/campaignLists.ts';
import type {
  ActionView,
  CampaignAnswer,
  CampaignEntry,
  CampaignOfCase,
  CampaignRow,
  DemandView,
  HeadDemand,
  MilestoneView,
} from '../../../shared/campaignViews.ts';
import type { Colleague } from '../../../shared/directory.ts';
import type { Institution } from '../../../shared/institutions.ts';
import type { TextWarning } from '../../../shared/personalData.ts';
import { clock, dayOf } from '../../clock.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { casesBehind, themesBehind } from '../cases/behind.queries.ts';
import { organisationNamesByIds } from '../directory/organisations.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import type {
  CampaignFile,
  StoredAction,
  StoredCampaignEntry,
  StoredDemand,
  StoredMilestone,
} from './campaigns.model.ts';
import { campaignRules, mayChangeAction, mayWrite } from './campaigns.policy.ts';
import { campaignNamesFor } from './campaigns.queries.ts';
import { institutionName, institutionsById, issuesNamed } from './links.queries.ts';
import { isLive } from './uses.commands.ts';

type Institutions = ReadonlyMap<string, Institution>;
type Names = ReadonlyMap<string, { id: string; name: string }>;

const never = '9999-12-31';
const soonest = (a: StoredDemand, b: StoredDemand) => ((a.endsOn ?? never) < (b.endsOn ?? never) ? -1 : 1);

/** The open demand that ends first; where none is open, the first there is. */
function headOf(demands: readonly StoredDemand[]): StoredDemand | null {
  return demands.filter(({ status }) => status === 'open').toSorted(soonest)[0] ?? demands[0] ?? null;
}

const presentHead = (demand: StoredDemand, institutions: Institutions): HeadDemand => ({
  id: demand.id,
  text: demand.text,
  institution: institutionName(institutions, demand.institutionId),
  municipality: demand.municipality,
  endsOn: demand.endsOn,
  status: demand.status,
});

/** Every day on which something of the campaign is due; none once it is closed. */
function dueDaysOf(campaign: CampaignFile): string[] {
  if (campaign.stage === 'closed') return [];
  return [
    ...(campaign.reviewOn ? [campaign.reviewOn] : []),
    ...campaign.milestones.flatMap(({ due, doneOn }) => (doneOn ? [] : [due])),
    ...campaign.actions.flatMap(({ on, status }) => (status === 'planned' ? [on] : [])),
    ...campaign.demands.flatMap(({ endsOn, status }) => (endsOn && status === 'open' ? [endsOn] : [])),
  ].toSorted();
}

function presentRow(campaign: CampaignFile, institutions: Institutions, today: string): CampaignRow {
  const head = headOf(campaign.demands);
  const done = campaign.actions.filter(({ status }) => status === 'done');
  const [nextOn = null] = dueDaysOf(campaign);
  const counted = (status: DemandStatus) => campaign.demands.filter((one) => one.status === status).length;
  return {
    id: campaign._id,
    version: campaign.version,
    reference: campaign.reference,
    title: campaign.title,
    theme: campaign.theme,
    municipalities: campaign.municipalities,
    stage: campaign.stage,
    stageSince: campaign.stageSince.toISOString(),
    demand: head && presentHead(head, institutions),
    demands: Object.fromEntries(
      demandStatuses.map((status) => [status, counted(status)]),
    ) as CampaignRow['demands'],
    nextOn,
    late: nextOn !== null && nextOn < today,
    actionsDone: done.length,
    reached: done.reduce((sum, { reached }) => sum + (reached ?? 0), 0),
    result: campaign.result,
    changedAt: campaign.changedAt.toISOString(),
    example: campaign.example,
  };
}

export async function presentRows(
  viewer: Viewer,
  campaigns: readonly CampaignFile[],
): Promise<CampaignRow[]> {
  const institutions = await institutionsById(viewer);
  const today = dayOf(clock.now());
  return campaigns.map((campaign) => presentRow(campaign, institutions, today));
}

const presentDemand = (demand: StoredDemand, institutions: Institutions, today: string): DemandView => ({
  ...presentHead(demand, institutions),
  version: demand.version,
  audience: demand.audience,
  change: demand.change,
  policyStage: demand.policyStage,
  indicator: demand.indicator,
  startsOn: demand.startsOn,
  decidedOn: demand.decidedOn,
  note: demand.note,
  late: demand.status === 'open' && demand.endsOn !== null && demand.endsOn < today,
});

function presentAction(
  viewer: Viewer,
  campaign: CampaignFile,
  action: StoredAction,
  colleagues: ReadonlyMap<string, Colleague>,
  today: string,
): ActionView {
  const { evidence, by, ...rest } = action;
  return {
    ...rest,
    by: colleagues.get(by) ?? null,
    late: action.status === 'planned' && action.on < today,
    mayChange: campaign.stage !== 'closed' && mayChangeAction(viewer, { campaign, action }),
    evidence: evidence.map(({ id, kind, name, size, mediaType, at, thumbnail }) => ({
      id,
      kind,
      name,
      size,
      mediaType,
      at: at.toISOString(),
      hasThumbnail: thumbnail !== null,
    })),
  };
}

const presentMilestone = (milestone: StoredMilestone, today: string): MilestoneView => ({
  ...milestone,
  late: milestone.doneOn === null && milestone.due < today,
});

/** Lines about cases count them one by one, and those about the link tell who holds one: for coordinators alone. */
const forCoordinators: readonly string[] = [
  'caseChosen',
  'caseChecked',
  'caseEnded',
  'calendarMade',
  'calendarRevoked',
];

function presentEntry(
  entry: StoredCampaignEntry,
  colleagues: ReadonlyMap<string, Colleague>,
  organisations: Names,
): CampaignEntry {
  const by = entry.by ? colleagues.get(entry.by) : undefined;
  return {
    at: entry.at.toISOString(),
    by: by
      ? {
          name: by.name,
          organisation: by.organisation ? (organisations.get(by.organisation)?.name ?? null) : null,
          municipality: by.municipality,
        }
      : null,
    what: entry.what,
    move: entry.move ?? null,
    from: entry.from ?? null,
    to: entry.to ?? null,
    reason: entry.reason || null,
    fields: entry.fields ?? [],
  };
}

export async function presentCampaign(
  viewer: Viewer,
  campaign: CampaignFile,
  warnings: TextWarning[] = [],
): Promise<CampaignAnswer> {
  const behind = { campaign: campaign._id };
  const [institutions, colleagues, cases, byTheme, issues] = await Promise.all([
    institutionsById(viewer),
    colleaguesById(viewer),
    casesBehind(viewer, behind),
    themesBehind(viewer, behind),
    issuesNamed(viewer, campaign.issueIds),
  ]);
  const organisations = await organisationNamesByIds([
    ...campaign.partners,
    ...campaign.history.flatMap(({ by }) => (by && colleagues.get(by)?.organisation) || []),
  ]);
  const today = dayOf(clock.now());
  const writes = mayWrite(viewer, campaign);
  return {
    data: {
      ...presentRow(campaign, institutions, today),
      whyNow: campaign.whyNow,
      issues,
      team: campaign.team.flatMap((id) => colleagues.get(id) ?? []),
      partners: campaign.partners.map((id) => organisations.get(id) ?? { id, name: '' }),
      reviewOn: campaign.reviewOn,
      demandList: campaign.demands.map((demand) => presentDemand(demand, institutions, today)),
      actions: campaign.actions.map((action) => presentAction(viewer, campaign, action, colleagues, today)),
      milestones: campaign.milestones.map((milestone) => presentMilestone(milestone, today)),
      cases: {
        ...cases,
        byTheme: cases.total === null ? null : byTheme,
        toCheck: writes ? campaign.uses.filter((use) => isLive(use) && !use.check).length : null,
      },
      lessons: campaign.lessons,
      calendarSince: writes ? (campaign.calendar?.at.toISOString() ?? null) : null,
      history: campaign.history
        .filter(({ what }) => writes || !forCoordinators.includes(what))
        .map((entry) => presentEntry(entry, colleagues, organisations)),
    },
    abilities: abilitiesOf(campaignRules, viewer, campaign),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

/** The campaigns that use a case which the viewer sees: those of them that the viewer sees too. */
export async function campaignsOfCase(viewer: Viewer, ids: readonly string[]): Promise<CampaignOfCase[]> {
  const campaigns = await campaignNamesFor(viewer, ids);
  return campaigns.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
}
