// Duty: propose a campaign and revise its own fields, links, team and partners. Stages, demands, actions and cases have files of their own.
import { isDeepStrictEqual } from 'node:util';
import type { CampaignCreate, CampaignRevise } from '../../../shared/campaigns.ts';
import { clock, dayOf } from '../../clock.ts';
import { conflict, type FieldFault, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { activeOrganisationExists } from '../directory/organisations.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { campaignChanged } from './campaigns.live.ts';
import { type CampaignFile, CampaignModel } from './campaigns.model.ts';
import { canBeOnTeam, mayWrite, mayWriteCampaigns } from './campaigns.policy.ts';
import { changeCampaign, refuseClosed, refuseFutureVersion, staleCampaign } from './change.ts';
import { issueFaults } from './links.queries.ts';

const duplicateKey = 11000;

/** Proposes a campaign, once however often it is asked for with the same id; `made` says whether by this request. */
export async function createCampaign(
  viewer: Viewer,
  input: CampaignCreate,
  now = clock.now(),
): Promise<{ campaign: CampaignFile; made: boolean }> {
  ensure(mayWriteCampaigns, viewer, null);
  const earlier = await CampaignModel.findOne({ _id: input.id }).lean<CampaignFile>();
  if (earlier) return { campaign: repeated(viewer, earlier), made: false };
  const faults = await issueFaults(viewer, input.issueIds);
  if (faults.length > 0) throw invalid(faults);
  const { id, ...fields } = input;
  for (;;) {
    const campaign: CampaignFile = {
      _id: id,
      version: 1,
      fieldVersions: {},
      reference: await nextReference(dayOf(now).slice(0, 4)),
      ...fields,
      team: [],
      partners: [],
      stage: 'proposed',
      stageSince: now,
      reviewOn: null,
      result: null,
      lessons: '',
      demands: [],
      actions: [],
      milestones: [],
      uses: [],
      usesPending: false,
      calendar: null,
      history: [{ at: now, by: viewer.id, what: 'created', to: 'proposed' }],
      createdAt: now,
      createdBy: viewer.id,
      changedAt: now,
      example: viewer.example,
    };
    try {
      await CampaignModel.create(campaign);
    } catch (error) {
      if ((error as { code?: number }).code !== duplicateKey) throw error;
      const first = await CampaignModel.findOne({ _id: id }).lean<CampaignFile>();
      if (first) return { campaign: repeated(viewer, first), made: false };
      continue;
    }
    campaignChanged(null, campaign, viewer.id);
    return { campaign, made: true };
  }
}

function repeated(viewer: Viewer, earlier: CampaignFile): CampaignFile {
  if (earlier.createdBy !== viewer.id) throw conflict('id.taken');
  return earlier;
}

/** `CAM-2026-0003`. Two who ask at once get the same; the unique index lets one of them save, the other asks again. */
async function nextReference(year: string): Promise<string> {
  const series = `CAM-${year}-`;
  const last = await CampaignModel.findOne(
    { reference: { $gte: series, $lt: `${series}~` } },
    { reference: 1 },
  )
    .sort({ reference: -1 })
    .lean<CampaignFile>();
  const number = last ? Number(last.reference.slice(series.length)) + 1 : 1;
  return `${series}${String(number).padStart(4, '0')}`;
}

type Revisable = Omit<CampaignRevise, 'version'>;

/**
 * Based on an older version, fields that nobody else changed since are merged silently; where both changed the same field,
 * nothing is saved and both sides come back. Who can no longer see the campaign leaves its team.
 */
export function reviseCampaign(
  viewer: Viewer,
  id: string,
  input: CampaignRevise,
  now?: Date,
): Promise<CampaignFile> {
  const { version, ...wanted } = input;
  return changeCampaign(
    viewer,
    id,
    async (campaign) => {
      ensure(mayWrite, viewer, campaign);
      refuseClosed(campaign);
      refuseFutureVersion(campaign, version);
      const changed = (Object.keys(wanted) as (keyof Revisable)[]).filter(
        (field) => wanted[field] !== undefined && !isDeepStrictEqual(wanted[field], campaign[field]),
      );
      if (changed.length === 0) return null;
      const both = changed.filter((field) => (campaign.fieldVersions[field] ?? 1) > version);
      if (both.length > 0)
        throw await staleCampaign(
          viewer,
          campaign,
          both.map((field) => ({
            field,
            yours: wanted[field],
            theirs: campaign[field],
            madeBy: ({ fields }) => fields?.includes(field) ?? false,
          })),
        );
      const set = Object.fromEntries(changed.map((field) => [field, wanted[field]])) as Partial<CampaignFile>;
      await ensureWhole(viewer, campaign, set);
      const team = await teamLeft({ ...campaign, ...set });
      return {
        set: { ...set, team },
        entry: {
          what: 'revised',
          fields: changed,
          ...(set.team ? { people: team.filter((one) => !campaign.team.includes(one)) } : {}),
        },
        touches: changed,
      };
    },
    now,
  );
}

async function ensureWhole(
  viewer: Viewer,
  campaign: CampaignFile,
  set: Partial<CampaignFile>,
): Promise<void> {
  const after = { ...campaign, ...set };
  const faults: FieldFault[] = [];
  if (set.issueIds) faults.push(...(await issueFaults(viewer, set.issueIds, campaign.issueIds)));
  if (campaign.stage !== 'proposed')
    for (const field of ['municipalities', 'issueIds', 'whyNow'] as const)
      if (after[field].length === 0) faults.push({ path: [field], code: 'required' });
  if (set.municipalities)
    for (const { municipality } of [...after.demands, ...after.actions])
      if (municipality && !set.municipalities.includes(municipality))
        faults.push({ path: ['municipalities'], code: 'still_needed' });
  for (const [at, organisation] of (set.partners ?? []).entries())
    if (!campaign.partners.includes(organisation) && !(await activeOrganisationExists(organisation)))
      faults.push({ path: ['partners', at], code: 'not_found' });
  if (set.team) {
    const colleagues = await colleaguesById(viewer);
    for (const [at, id] of set.team.entries())
      if (!campaign.team.includes(id) && !canBeOnTeam(colleagues.get(id), after))
        faults.push({ path: ['team', at], code: 'not_of_this_campaign' });
  }
  if (faults.length > 0) throw invalid(faults);
}

async function teamLeft(after: CampaignFile): Promise<string[]> {
  const colleagues = await colleaguesById({ role: 'coordinator' });
  return after.team.filter((id) => canBeOnTeam(colleagues.get(id), after));
}
