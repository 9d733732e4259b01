// Duty: vital-interest overrides as coordinators review them. Whether one counts is decided in consents.queries.ts.
import type { OverrideRow } from '../../../shared/consents.ts';
import type { Colleague } from '../../../shared/directory.ts';
import { clock } from '../../clock.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { organisationsFor } from '../directory/organisations.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { type ConsentOverride, ConsentOverrideModel } from './consents.model.ts';
import { mayReviewOverrides, type SubjectFor } from './identities.policy.ts';
import { placeOf } from './sealedPlaces.ts';
import { type Sealed, unseal } from './sealing.ts';
import { keyRing } from './vaultKeys.ts';

const mostListed = 200;

export function recipientOf(
  id: string | null | undefined,
  organisations: ReadonlyMap<string, string>,
): { id: string; name: string } | null {
  return id ? { id, name: organisations.get(id) ?? '' } : null;
}

/** Newest first; `open` are those nobody has reviewed. */
export async function overridesFor(
  viewer: Viewer,
  show: 'open' | 'all',
  subjectFor: SubjectFor,
): Promise<OverrideRow[]> {
  ensure(mayReviewOverrides, viewer, null);
  const [overrides, colleagues, organisations] = await Promise.all([
    ConsentOverrideModel.find(show === 'open' ? { review: null } : {})
      .sort({ at: -1 })
      .limit(mostListed)
      .lean<ConsentOverride[]>(),
    colleaguesById(viewer),
    organisationsFor(viewer),
  ]);
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  return Promise.all(
    overrides.map(async (override) => {
      const subject = await subjectFor(viewer, override.caseId).catch(() => null);
      return presentOverride(override, subject?.reference ?? null, colleagues, names);
    }),
  );
}

export function presentOverride(
  override: ConsentOverride,
  reference: string | null,
  colleagues: ReadonlyMap<string, Colleague>,
  organisations: ReadonlyMap<string, string>,
): OverrideRow {
  const { review } = override;
  return {
    id: override._id,
    caseId: override.caseId,
    reference,
    purpose: override.purpose,
    recipient: recipientOf(override.recipient, organisations),
    fields: override.fields,
    by: colleagues.get(override.by) ?? null,
    at: override.at.toISOString(),
    until: override.until.toISOString(),
    reason: wordsOf(override._id, 'reason', override.reason),
    review: review
      ? {
          verdict: review.verdict,
          note: review.note ? wordsOf(override._id, 'reviewNote', review.note) : null,
          by: colleagues.get(review.by) ?? null,
          at: review.at.toISOString(),
          byOneself: review.by === override.by,
        }
      : null,
    live: override.until > clock.now() && !override.endedAt && review?.verdict !== 'not_justified',
  };
}

/** Words that no longer open say so by being null; the rest of the row stays readable. */
function wordsOf(id: string, field: string, sealed: Sealed): string | null {
  try {
    return unseal(keyRing(), placeOf('consentOverrides', id, field), sealed);
  } catch {
    return null;
  }
}

/** Overrides from that moment on, oldest first, without their reasons: for a log that carries them on. */
export async function overridesSince(
  since: Date,
  most: number,
): Promise<Pick<ConsentOverride, '_id' | 'caseId' | 'by' | 'at' | 'purpose'>[]> {
  return ConsentOverrideModel.find({ at: { $gte: since } }, { caseId: 1, by: 1, at: 1, purpose: 1 })
    .sort({ at: 1 })
    .limit(most)
    .lean<ConsentOverride[]>();
}
