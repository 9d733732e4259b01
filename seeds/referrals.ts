// Duty: one composite case's way to the example partner and back, through the commands: consent, referral, acceptance, work, confirmation.
import { dayAfter, dayOf } from '../server/clock.ts';
import type { CaseFile } from '../server/features/cases/cases.model.ts';
import { identitySubjectOf } from '../server/features/cases/cases.queries.ts';
import { giveConsent } from '../server/features/identities/consents.commands.ts';
import { moveReferral } from '../server/features/referrals/referralMoves.commands.ts';
import { createReferral } from '../server/features/referrals/referrals.commands.ts';
import { referralFor } from '../server/features/referrals/referrals.queries.ts';
import type { Viewer } from '../server/policy.ts';
import { noticeVersion, type ShareableField } from '../shared/consents.ts';
import type { ReferralMoveInput } from '../shared/referralMoves.ts';
import type { Service } from '../shared/referrals.ts';
import type { Theme } from '../shared/themes.ts';
import { fixedId } from './facts.ts';

export interface ReferralToSeed {
  factsId: string;
  caseFile: CaseFile;
  activist: Viewer;
  partner: Viewer;
  /** A working hour so many days after logging. */
  at(days: number): Date;
}

const fields: ShareableField[] = ['title', 'description', 'need', 'settlement', 'people'];
const services: Record<Theme, Service> = {
  employment: 'employment_mediation',
  housing: 'housing_support',
  civil_registration: 'civil_documents',
  covid19: 'humanitarian_relief',
};

/** Does what happened until that day after logging; safe to repeat, goes on where it stands. */
export async function seedReferral(seeded: ReferralToSeed, { until }: { until: number }): Promise<void> {
  const { factsId, caseFile, activist, partner, at } = seeded;
  const recipient = partner.organisation!;
  const id = fixedId(`R${factsId}`);
  if (until < 4) return;
  await giveConsent(activist, identitySubjectOf(caseFile), {
    id: fixedId(`consent ${factsId}`),
    purpose: 'referral',
    recipient,
    fields,
    form: 'oral',
    language: caseFile.language,
    givenBy: caseFile.concernsChild ? 'guardian' : 'person',
    askedBy: activist.id,
    givenOn: dayOf(at(4)),
    expiresOn: dayAfter(dayOf(at(4)), 2 * 365),
    textVersion: noticeVersion,
    legalBasis: 'explicit_consent',
  });
  const { referral } = await createReferral(
    activist,
    caseFile._id,
    {
      id,
      kind: 'referral',
      recipient,
      service: services[caseFile.theme],
      sharedFields: fields,
      urgency: 'within_2_weeks',
      replyBy: dayAfter(dayOf(at(4)), 14),
      message: caseFile.need,
      send: true,
    },
    { now: at(4) },
  );
  const steps: [number, Viewer, Omit<ReferralMoveInput, 'version'>][] = [
    [5, partner, { move: 'accept', worker: partner.id, firstContactOn: dayOf(at(7)) } as ReferralMoveInput],
    [7, partner, { move: 'begin' }],
    [28, partner, { move: 'complete', given: caseFile.need, givenOn: dayOf(at(28)) } as ReferralMoveInput],
    [34, activist, { move: 'confirm', received: 'yes' } as ReferralMoveInput],
  ];
  let moves = referral.history.length - 1;
  for (const [day, who, input] of steps) {
    if (until < day) return;
    if (moves > 0) {
      moves -= 1;
      continue;
    }
    const { version } = await referralFor(who, id);
    await moveReferral(who, id, { ...input, version } as ReferralMoveInput, at(day));
  }
}
