// Duty: act without consent where life or health is at stake: coordinators only, with a reason, announced and reviewed.

import type { z } from 'zod';
import { type ConsentOverrideInput, overrideHours, type overrideReview } from '../../../shared/consents.ts';
import { clock } from '../../clock.ts';
import { conflict, invalid, notAllowed, notFound } from '../../errors.ts';
import { report } from '../../log.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { activeOrganisationExists } from '../directory/organisations.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { type ConsentOverride, ConsentOverrideModel } from './consents.model.ts';
import { newestConsent } from './consents.queries.ts';
import { consentChanged } from './identities.live.ts';
import { type IdentitySubject, mayOverrideConsent, mayReviewOverrides } from './identities.policy.ts';
import { placeOf } from './sealedPlaces.ts';
import { seal } from './sealing.ts';
import { tellShift } from './shifts.ts';
import { keyRing } from './vaultKeys.ts';
import { cascade } from './withdrawals.ts';

/** For those who must tell people: a notice to every other coordinator and to the lead. */
export type OverrideListener = (override: {
  id: string;
  caseId: string;
  lead: string | null;
  by: string;
  at: Date;
}) => Promise<void>;

const listeners = new Set<OverrideListener>();

export function onConsentOverridden(listener: OverrideListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const duplicateKey = 11000;

/** Counts for `overrideHours`, then closes by itself. A person who has said no is never overridden. */
export async function overrideConsent(
  viewer: Viewer,
  subject: IdentitySubject,
  input: ConsentOverrideInput,
): Promise<void> {
  ensure(mayOverrideConsent, viewer, subject);
  if (input.recipient && !(await activeOrganisationExists(input.recipient)))
    throw invalid([{ path: ['recipient'], code: 'not_found' }]);
  const said = await newestConsent(subject.caseId, input.purpose, input.recipient);
  if (said?.withdrawnAt) throw conflict('consent.personSaidNo');
  const at = clock.now();
  const override = {
    _id: input.id,
    caseId: subject.caseId,
    municipality: subject.municipality,
    purpose: input.purpose,
    recipient: input.recipient,
    fields: input.fields,
    reason: seal(keyRing(), placeOf('consentOverrides', input.id, 'reason'), input.reason),
    by: viewer.id,
    at,
    until: new Date(at.getTime() + overrideHours * 3600_000),
  };
  try {
    await ConsentOverrideModel.create(override);
  } catch (error) {
    if ((error as { code?: number }).code !== duplicateKey) throw error;
    if (await ConsentOverrideModel.exists({ _id: input.id, caseId: subject.caseId, by: viewer.id })) return;
    throw conflict('consent.idTaken');
  }
  for (const listener of listeners)
    await listener({ id: input.id, caseId: subject.caseId, lead: subject.lead, by: viewer.id, at }).catch(
      (error: unknown) => report(error, { where: 'consent.overridden', override: input.id }),
    );
  consentChanged('consent.overridden', override, 1, viewer.id);
  await tellShift(override, viewer.id);
}

/** Once, by another coordinator where there is one. Not justified: whatever rests on it ends as if consent were withdrawn. */
export async function reviewOverride(
  viewer: Viewer,
  id: string,
  { verdict, note }: z.output<typeof overrideReview>,
): Promise<void> {
  ensure(mayReviewOverrides, viewer, null);
  const override = await ConsentOverrideModel.findOne({ _id: id }).lean<ConsentOverride>();
  if (!override) throw notFound();
  if (override.review) throw conflict('override.reviewed');
  if (override.by === viewer.id && (await hasOtherCoordinator(viewer)))
    throw notAllowed('override.notByOneself');
  const refused = verdict === 'not_justified';
  const written = await ConsentOverrideModel.updateOne(
    { _id: id, review: null },
    {
      $set: {
        review: {
          verdict,
          note: note ? seal(keyRing(), placeOf('consentOverrides', id, 'reviewNote'), note) : null,
          by: viewer.id,
          at: clock.now(),
        },
        ...(refused ? { cascadePending: true } : {}),
      },
    },
  );
  if (written.matchedCount === 0) throw conflict('override.reviewed');
  if (refused) await cascade('override', override, viewer.id);
  consentChanged('consent.overridden', override, 2, viewer.id);
}

async function hasOtherCoordinator(viewer: Viewer): Promise<boolean> {
  const colleagues = await colleaguesById(viewer);
  return [...colleagues.values()].some(
    ({ id, role, active }) => role === 'coordinator' && active && id !== viewer.id,
  );
}
