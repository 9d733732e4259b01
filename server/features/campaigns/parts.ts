// Duty: what demands, actions and milestones share: one changes by itself, and two who change the same one are told of each other.
import { isDeepStrictEqual } from 'node:util';
import type { Viewer } from '../../policy.ts';
import type { CampaignFile } from './campaigns.model.ts';
import { refuseFutureVersion, staleCampaign } from './change.ts';

interface Part {
  id: string;
  version: number;
}

/** The part after the change and what of it changed; null when nothing does. */
export function editOf<Stored extends Part>(
  campaign: CampaignFile,
  part: Stored,
  wanted: Partial<Stored>,
): { after: Stored; fields: string[] } | null {
  const fields = (Object.keys(wanted) as (keyof Stored & string)[]).filter(
    (field) => wanted[field] !== undefined && !isDeepStrictEqual(wanted[field], part[field]),
  );
  if (fields.length === 0) return null;
  const set = Object.fromEntries(fields.map((field) => [field, wanted[field]])) as Partial<Stored>;
  return { after: { ...part, ...set, version: campaign.version + 1 }, fields };
}

export const changedPart = <Stored extends Part>(parts: readonly Stored[], after: Stored): Stored[] =>
  parts.map((part) => (part.id === after.id ? after : part));

export const removedPart = <Stored extends Part>(parts: readonly Stored[], id: string): Stored[] =>
  parts.filter((part) => part.id !== id);

/** 409 with both sides of every field that the later writer would overwrite unseen. */
export async function refuseStalePart<Stored extends Part>(
  viewer: Viewer,
  campaign: CampaignFile,
  part: Stored,
  version: number,
  wanted: Partial<Record<keyof Stored, unknown>>,
): Promise<void> {
  refuseFutureVersion(campaign, version);
  if (part.version <= version) return;
  const fields = (Object.keys(wanted) as (keyof Stored & string)[]).filter(
    (field) => wanted[field] !== undefined && !isDeepStrictEqual(wanted[field], part[field]),
  );
  if (fields.length === 0) return;
  throw await staleCampaign(
    viewer,
    campaign,
    fields.map((field) => ({
      field,
      yours: wanted[field],
      theirs: part[field],
      madeBy: ({ item }) => item === part.id,
    })),
  );
}
