// Duty: which cases a campaign uses. A case is chosen, then checked for harm, and only then used; the person's word ends it at once.
// Two documents move together, campaign first: `usesPending` says that cases have still to hear of it, and a job completes that.
import { campaignLimits, type UseEnding } from '../../../shared/campaignLists.ts';
import type { UseCheck, UseChoose } from '../../../shared/campaigns.ts';
import { clock } from '../../clock.ts';
import { type FieldFault, invalid, notFound } from '../../errors.ts';
import { report } from '../../log.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { caseFor } from '../cases/cases.queries.ts';
import { endCampaignUse, useInCampaign } from '../cases/links.commands.ts';
import { casesAmong } from '../cases/usedCases.queries.ts';
import { viewerNow } from '../directory/users.queries.ts';
import type { WithdrawalListener } from '../identities/consents.commands.ts';
import { casesWithLiveConsent, liveConsentFor } from '../identities/consents.queries.ts';
import { campaignChanged } from './campaigns.live.ts';
import { type CampaignFile, CampaignModel, type StoredUse } from './campaigns.model.ts';
import { mayWrite } from './campaigns.policy.ts';
import { changeCampaign, changeCampaignBySystem, refuseClosed } from './change.ts';

const purpose = 'advocacy_example';

export const isLive = ({ ended }: StoredUse) => ended === null;
export const isUsed = (use: StoredUse) => isLive(use) && use.check !== null;

/** All of them or none: each must be seen by whoever chooses, and its person must agree to being an example. Safe to repeat. */
export function chooseCases(
  viewer: Viewer,
  id: string,
  { caseIds }: UseChoose,
  now = clock.now(),
): Promise<CampaignFile> {
  return changeCampaign(
    viewer,
    id,
    async (campaign) => {
      ensure(mayWrite, viewer, campaign);
      refuseClosed(campaign);
      const live = campaign.uses.filter(isLive);
      const added = caseIds.filter((one) => !live.some(({ caseId }) => caseId === one));
      if (added.length === 0) return null;
      const faults = await choiceFaults(viewer, caseIds, added);
      if (live.length + added.length > campaignLimits.uses)
        faults.push({ path: ['caseIds'], code: 'too_many', params: { maximum: campaignLimits.uses } });
      if (faults.length > 0) throw invalid(faults, 'campaign.caseRefused');
      const kept = campaign.uses.filter(({ caseId }) => !added.includes(caseId));
      const chosen = added.map(
        (caseId): StoredUse => ({ caseId, chosenBy: viewer.id, chosenAt: now, check: null, ended: null }),
      );
      return { set: { uses: [...kept, ...chosen] }, entry: { what: 'caseChosen' } };
    },
    now,
  );
}

async function choiceFaults(
  viewer: Viewer,
  caseIds: readonly string[],
  added: readonly string[],
): Promise<FieldFault[]> {
  const seen = new Set((await casesAmong(viewer, added)).map(({ _id }) => _id));
  const consented = await casesWithLiveConsent(added, purpose);
  return added.flatMap((one): FieldFault[] => {
    const path = ['caseIds', caseIds.indexOf(one)];
    if (!seen.has(one)) return [{ path, code: 'not_found' }];
    return consented.has(one) ? [] : [{ path, code: 'advocacy_not_consented' }];
  });
}

/** The do-no-harm check: from then on the case is used. Again, it replaces the earlier answers. */
export async function checkUse(
  viewer: Viewer,
  id: string,
  caseId: string,
  input: UseCheck,
  now = clock.now(),
): Promise<CampaignFile> {
  const { aware: _aware, ...answers } = input;
  const checked = await changeCampaign(
    viewer,
    id,
    async (campaign) => {
      ensure(mayWrite, viewer, campaign);
      refuseClosed(campaign);
      const use = campaign.uses.find((one) => one.caseId === caseId && isLive(one));
      if (!use) throw notFound();
      const { concernsChild } = await caseFor(viewer, caseId);
      const faults = checkFaults(input, concernsChild);
      if (!(await liveConsentFor(caseId, purpose)))
        faults.push({ path: ['caseId'], code: 'advocacy_not_consented' });
      if (faults.length > 0) throw invalid(faults, 'campaign.caseRefused');
      const check = { ...answers, by: viewer.id, at: now };
      return {
        set: { uses: changedUse(campaign, { ...use, check }), usesPending: true },
        entry: { what: 'caseChecked' },
      };
    },
    now,
  );
  await settleUses(checked, viewer);
  // Consent that was withdrawn while the check was being written found nothing to end.
  if (!(await liveConsentFor(caseId, purpose))) {
    await endUse(id, caseId, 'consent_withdrawn', viewer.id, now);
    throw invalid([{ path: ['caseId'], code: 'advocacy_not_consented' }], 'campaign.caseRefused');
  }
  return checked;
}

function checkFaults(input: UseCheck, concernsChild: boolean): FieldFault[] {
  const faults: FieldFault[] = [];
  const complain = (field: keyof UseCheck, code: string) => faults.push({ path: [field], code });
  if (input.recognised !== 'no' && !input.byWhom) complain('byWhom', 'required');
  if (!input.aware) complain('aware', 'must_know');
  else if (!input.awareHow) complain('awareHow', 'required');
  if (concernsChild && input.detail === 'told_in_public') complain('detail', 'minor_not_public');
  return faults;
}

const changedUse = ({ uses }: CampaignFile, use: StoredUse): StoredUse[] =>
  uses.map((one) => (one.caseId === use.caseId ? use : one));

/** Taken out by a coordinator, also from a campaign that is closed: a person's wish must never wait. */
export async function takeOut(
  viewer: Viewer,
  id: string,
  caseId: string,
  now = clock.now(),
): Promise<CampaignFile> {
  const after = await changeCampaign(
    viewer,
    id,
    async (campaign) => {
      ensure(mayWrite, viewer, campaign);
      const use = campaign.uses.find((one) => one.caseId === caseId && isLive(one));
      if (!use) throw notFound();
      return endingOf(campaign, use, 'taken_out', viewer.id, now);
    },
    now,
  );
  await settleUses(after, viewer);
  return after;
}

const endingOf = (campaign: CampaignFile, use: StoredUse, why: UseEnding, by: string | null, now: Date) => ({
  set: { uses: changedUse(campaign, { ...use, ended: { why, at: now, by } }), usesPending: true },
  entry: { what: 'caseEnded' as const, reason: why },
});

/** Safe to repeat. */
async function endUse(
  id: string,
  caseId: string,
  why: UseEnding,
  by: string | null,
  now: Date,
): Promise<boolean> {
  let ended = false;
  const after = await changeCampaignBySystem(
    id,
    by,
    (campaign) => {
      const use = campaign.uses.find((one) => one.caseId === caseId && isLive(one));
      ended = use !== undefined;
      return use ? endingOf(campaign, use, why, by, now) : null;
    },
    now,
  );
  if (after) await settleUses(after, null);
  return ended;
}

/** Consent to being an example ended: every campaign drops the case. Answers how many did. */
async function endUsesOf(
  caseId: string,
  why: UseEnding,
  by: string | null,
  now = clock.now(),
): Promise<number> {
  const found = await CampaignModel.find({ uses: { $elemMatch: { caseId, ended: null } } }, { _id: 1 }).lean<
    CampaignFile[]
  >();
  let ended = 0;
  for (const { _id } of found) if (await endUse(_id, caseId, why, by, now)) ended += 1;
  return ended;
}

/** Of this campaign's uses, ends those whose consent has run out. Answers how many. */
export async function endExpiredUses(
  { _id, uses }: Pick<CampaignFile, '_id' | 'uses'>,
  now = clock.now(),
): Promise<number> {
  const ids = uses.filter(isLive).map(({ caseId }) => caseId);
  if (ids.length === 0) return 0;
  const consented = await casesWithLiveConsent(ids, purpose);
  let ended = 0;
  for (const caseId of ids)
    if (!consented.has(caseId) && (await endUse(_id, caseId, 'consent_expired', null, now))) ended += 1;
  return ended;
}

/** For the job: what ran out, in every campaign, and what a stop left half told. Safe to run twice and in two processes. */
export async function keepUsesRight(now = clock.now()): Promise<number> {
  let done = 0;
  const using = await CampaignModel.find({ 'uses.ended': null }, { uses: 1 }).lean<CampaignFile[]>();
  for (const campaign of using) done += await endExpiredUses(campaign, now);
  for (const campaign of await CampaignModel.find({ usesPending: true }).lean<CampaignFile[]>()) {
    await settleUses(campaign, null);
    done += 1;
  }
  return done;
}

/** Brings the cases in step with the campaign; what fails stays pending and is repeated. */
async function settleUses(campaign: CampaignFile, actor: Viewer | null): Promise<void> {
  try {
    for (const use of campaign.uses) {
      if (!isUsed(use)) await endCampaignUse(actor?.id ?? use.ended?.by ?? null, use.caseId, campaign._id);
      else {
        const viewer = actor ?? (await viewerNow(use.check!.by));
        // biome-ignore lint/correctness/useHookAtTopLevel: a command of cases, no hook
        if (viewer) await useInCampaign(viewer, use.caseId, campaign._id);
      }
    }
  } catch (error) {
    report(error, { where: 'campaign.uses', campaign: campaign._id });
    return;
  }
  // A version of its own: open pages counted the cases before these had heard.
  const { _id, version } = campaign;
  const settled = { usesPending: false, version: version + 1 };
  const written = await CampaignModel.updateOne({ _id, version }, { $set: settled });
  if (written.matchedCount > 0) campaignChanged(campaign, { ...campaign, ...settled }, actor?.id ?? null);
}

export const endWithConsent: WithdrawalListener = async ({ caseId, purpose: ended, by }) => {
  if (ended === purpose) await endUsesOf(caseId, 'consent_withdrawn', by);
};
