// Duty: the secret link of a campaign's calendar: made anew, revoked, looked up by its hash. What the calendar says: calendar.present.ts.
import { clock } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import { hashOfToken, makeLink } from '../../oneTimeLinks.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { type CampaignFile, CampaignModel } from './campaigns.model.ts';
import { mayWrite } from './campaigns.policy.ts';
import { changeCampaign } from './change.ts';

/** A fresh link; the one before is worthless from then on. The token is told once and kept nowhere. */
export async function makeCalendarLink(
  viewer: Viewer,
  id: string,
  now = clock.now(),
): Promise<{ campaign: CampaignFile; token: string }> {
  const { token } = makeLink(1);
  const calendar = { hash: hashOfToken(token), by: viewer.id, language: viewer.language, at: now };
  const campaign = await changeCampaign(
    viewer,
    id,
    (before) => {
      ensure(mayWrite, viewer, before);
      return { set: { calendar }, entry: { what: 'calendarMade' } };
    },
    now,
  );
  return { campaign, token };
}

export function revokeCalendarLink(viewer: Viewer, id: string): Promise<CampaignFile> {
  return changeCampaign(viewer, id, (before) => {
    ensure(mayWrite, viewer, before);
    return before.calendar ? { set: { calendar: null }, entry: { what: 'calendarRevoked' } } : null;
  });
}

/** The campaign behind a link; 404 for one that never was, was altered or was revoked. */
export async function campaignBehindLink(token: string): Promise<CampaignFile> {
  const campaign = await CampaignModel.findOne({
    'calendar.hash': hashOfToken(token),
  }).lean<CampaignFile>();
  if (!campaign) throw notFound();
  return campaign;
}
