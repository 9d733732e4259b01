// Duty: how one command changes one campaign: read through the scope, decide, write if nobody was faster, else decide again; then tell.
import type { StaleCampaign } from '../../../shared/campaignViews.ts';
import type { FieldConflict } from '../../../shared/caseViews.ts';
import { clock } from '../../clock.ts';
import { conflict, invalid, unavailable } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { campaignChanged } from './campaigns.live.ts';
import { type CampaignFile, CampaignModel, type StoredCampaignEntry } from './campaigns.model.ts';
import { campaignFor } from './campaigns.queries.ts';

/** What a command wants of a campaign: new values, and the line of history that says so. */
export interface CampaignEdit {
  set: Partial<CampaignFile>;
  entry: Omit<StoredCampaignEntry, 'at' | 'by'>;
  /** Fields whose change others must not overwrite unseen. */
  touches?: readonly string[];
}

/** Decides what becomes of the campaign as it stands; null when there is nothing to change. May be asked again. */
export type Decide = (campaign: CampaignFile) => CampaignEdit | null | Promise<CampaignEdit | null>;

const mostAttempts = 8;

/** The campaign after the change. Throws 404 when the viewer does not see it, and whatever `decide` throws. */
export function changeCampaign(
  viewer: Viewer,
  id: string,
  decide: Decide,
  now = clock.now(),
): Promise<CampaignFile> {
  return changeBehind(viewer.id, () => campaignFor(viewer, id), decide, now);
}

/** The same without a viewer: consent that ended. */
export function changeCampaignBySystem(
  id: string,
  by: string | null,
  decide: Decide,
  now: Date,
): Promise<CampaignFile | null> {
  return changeBehind(by, () => CampaignModel.findOne({ _id: id }).lean<CampaignFile>(), decide, now);
}

async function changeBehind<Found extends CampaignFile | null>(
  actor: string | null,
  load: () => Promise<Found>,
  decide: Decide,
  now: Date,
): Promise<CampaignFile | Extract<Found, null>> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const before = await load();
    if (!before) return before as Extract<Found, null>;
    const edit = await decide(before);
    if (!edit) return before;
    const after = await write(before, edit, actor, now);
    if (!after) continue;
    campaignChanged(before, after, actor);
    return after;
  }
  throw unavailable(1, 'campaign.busy');
}

async function write(
  before: CampaignFile,
  edit: CampaignEdit,
  actor: string | null,
  now: Date,
): Promise<CampaignFile | null> {
  const version = before.version + 1;
  const fieldVersions = { ...before.fieldVersions };
  for (const field of edit.touches ?? []) fieldVersions[field] = version;
  const entry: StoredCampaignEntry = { at: now, by: actor, ...edit.entry };
  const set: Partial<CampaignFile> = { ...edit.set, version, fieldVersions, changedAt: now };
  const written = await CampaignModel.updateOne(
    { _id: before._id, version: before.version },
    { $set: set, $push: { history: entry } },
  );
  if (written.matchedCount === 0) return null;
  return { ...before, ...set, history: [...before.history, entry] };
}

/** A version that does not exist yet was never read. */
export function refuseFutureVersion({ version: present }: CampaignFile, version: number): void {
  if (version > present) throw invalid([{ path: ['version'], code: 'not_a_version' }]);
}

export function refuseClosed({ stage, version }: CampaignFile): void {
  if (stage === 'closed') throw conflict('campaign.closed', { stage, version });
}

export interface Side {
  field: string;
  yours: unknown;
  theirs: unknown;
  /** Finds the line of history that made theirs. */
  madeBy(entry: StoredCampaignEntry): boolean;
}

/** The 409 that carries both sides of each field. */
export async function staleCampaign(viewer: Viewer, campaign: CampaignFile, sides: readonly Side[]) {
  const names = await colleaguesById(viewer);
  const conflicts = sides.map(({ field, yours, theirs, madeBy }): FieldConflict => {
    const last = campaign.history.findLast(madeBy);
    return {
      field,
      yours,
      theirs,
      by: (last?.by && names.get(last.by)?.name) || null,
      at: (last?.at ?? campaign.changedAt).toISOString(),
    };
  });
  const extra: StaleCampaign = { version: campaign.version, stage: campaign.stage, conflicts };
  return conflict('campaign.stale', { ...extra });
}
