// Duty: the cases of a campaign for whoever may see each of them, with the do-no-harm check for coordinators.

import type { UseStanding } from '../../../shared/campaignLists.ts';
import type { UseRow } from '../../../shared/campaignViews.ts';
import type { Colleague } from '../../../shared/directory.ts';
import type { Viewer } from '../../policy.ts';
import { casesAmong } from '../cases/usedCases.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import type { CampaignFile, StoredUse } from './campaigns.model.ts';
import { mayWrite } from './campaigns.policy.ts';
import { isUsed } from './uses.commands.ts';

/** Coordinators see those chosen and ended too; everybody else the used ones among the cases that they see. */
export async function presentUses(viewer: Viewer, campaign: CampaignFile): Promise<UseRow[]> {
  const writes = mayWrite(viewer, campaign);
  const uses = new Map(
    campaign.uses.filter((use) => writes || isUsed(use)).map((use): [string, StoredUse] => [use.caseId, use]),
  );
  const [cases, colleagues] = await Promise.all([
    casesAmong(viewer, [...uses.keys()]),
    colleaguesById(viewer),
  ]);
  return cases.map(({ _id, reference, title, theme, municipality, status, concernsChild }) => {
    const use = uses.get(_id)!;
    return {
      caseId: _id,
      reference,
      title,
      theme,
      municipality,
      status,
      concernsChild,
      standing: standingOf(use),
      detail: detailOf(use, concernsChild),
      check: writes ? checkOf(use, colleagues) : null,
      ended: use.ended && { why: use.ended.why, at: use.ended.at.toISOString() },
    };
  });
}

const standingOf = (use: StoredUse): UseStanding => (use.ended ? 'ended' : use.check ? 'checked' : 'chosen');

/** A case that turns out to be about a child is told in public no more, whatever was answered before. */
const detailOf = ({ check }: StoredUse, concernsChild: boolean) =>
  check && (concernsChild && check.detail === 'told_in_public' ? 'told_inside' : check.detail);

function checkOf({ check }: StoredUse, colleagues: ReadonlyMap<string, Colleague>): UseRow['check'] {
  if (!check) return null;
  const { recognised, byWhom, harm, awareHow, by, at } = check;
  return { recognised, byWhom, harm, awareHow, by: colleagues.get(by) ?? null, at: at.toISOString() };
}
