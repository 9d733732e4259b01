// Duty: composite cases on their way to the example partner and back, through the commands: consent, referral, acceptance, work, confirmation.
import { dayAfter, dayOf } from '../server/clock.ts';
import type { CaseFile } from '../server/features/cases/cases.model.ts';
import { caseFor, identitySubjectOf } from '../server/features/cases/cases.queries.ts';
import { exampleViewers } from '../server/features/directory/exampleAccounts.queries.ts';
import { giveConsent } from '../server/features/identities/consents.commands.ts';
import { moveReferral } from '../server/features/referrals/referralMoves.commands.ts';
import { createReferral } from '../server/features/referrals/referrals.commands.ts';
import { referralFor } from '../server/features/referrals/referrals.queries.ts';
import type { Viewer } from '../server/policy.ts';
import { noticeVersion, type ShareableField } from '../shared/consents.ts';
import type { ReferralMoveInput } from '../shared/referralMoves.ts';
import { servicesByTheme } from '../shared/services.ts';
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

/** On which day each thing happens, as `at` counts; what is left out has not happened yet. */
interface Schedule {
  sent: number;
  accepted?: number;
  firstContact?: number;
  begun?: number;
  completed?: number;
  confirmed?: number;
}
const usual: Schedule = { sent: 4, accepted: 5, firstContact: 7, begun: 7, completed: 28, confirmed: 34 };

/** Does what happened until that day; safe to repeat, goes on where it stands. */
export async function seedReferral(
  seeded: ReferralToSeed,
  { until, schedule = usual }: { until: number; schedule?: Schedule },
): Promise<void> {
  const { factsId, caseFile, activist, partner, at } = seeded;
  const { sent, accepted, firstContact, begun, completed, confirmed } = schedule;
  const recipient = partner.organisation!;
  const id = fixedId(`R${factsId}`);
  if (until < sent) return;
  await giveConsent(activist, identitySubjectOf(caseFile), {
    id: fixedId(`consent ${factsId}`),
    purpose: 'referral',
    recipient,
    fields,
    form: 'oral',
    language: caseFile.language,
    givenBy: caseFile.concernsChild ? 'guardian' : 'person',
    askedBy: activist.id,
    givenOn: dayOf(at(sent)),
    expiresOn: dayAfter(dayOf(at(sent)), 2 * 365),
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
      service: servicesByTheme[caseFile.theme][0]!,
      sharedFields: fields,
      urgency: 'within_2_weeks',
      replyBy: dayAfter(dayOf(at(sent)), 14),
      message: caseFile.need,
      send: true,
    },
    { now: at(sent) },
  );
  const steps: [number | undefined, Viewer, () => Omit<ReferralMoveInput, 'version'>][] = [
    [accepted, partner, () => accept(partner, dayOf(at(firstContact!)))],
    [begun, partner, () => ({ move: 'begin' })],
    [completed, partner, () => complete(caseFile.need, dayOf(at(completed!)))],
    [confirmed, activist, () => ({ move: 'confirm', received: 'yes' }) as ReferralMoveInput],
  ];
  let moves = referral.history.length - 1;
  for (const [day, who, input] of steps) {
    if (day === undefined || until < day) return;
    if (moves > 0) {
      moves -= 1;
      continue;
    }
    const { version } = await referralFor(who, id);
    await moveReferral(who, id, { ...input(), version } as ReferralMoveInput, at(day));
  }
}

const accept = (worker: Viewer, firstContactOn: string) =>
  ({ move: 'accept', worker: worker.id, firstContactOn }) as ReferralMoveInput;
const complete = (given: string, givenOn: string) =>
  ({ move: 'complete', given, givenOn }) as ReferralMoveInput;

/** Days from today: one to answer, one whose first contact is late, one in work, one that the person is to be asked about. */
const waiting: Readonly<Record<string, Schedule>> = {
  'EX-15': { sent: -1 },
  'EX-13': { sent: -6, accepted: -5, firstContact: -2 },
  'EX-11': { sent: -15, accepted: -14, firstContact: -13, begun: -12 },
  'EX-12': { sent: -16, accepted: -15, firstContact: -14, begun: -14, completed: -2 },
};

/** What waits for somebody in the example partner's inbox, and in the teams' that asked. After the cases; safe to repeat. */
export async function seedWaitingReferrals(now = Date.now()): Promise<void> {
  const viewers = await exampleViewers();
  const partner = viewers.find(({ role }) => role === 'cso_member')!;
  const coordinator = viewers.find(({ role }) => role === 'coordinator')!;
  for (const [factsId, schedule] of Object.entries(waiting)) {
    const caseFile = await caseFor(coordinator, fixedId(factsId));
    await seedReferral(
      {
        factsId,
        caseFile,
        activist: viewers.find(({ id }) => id === caseFile.lead) ?? coordinator,
        partner,
        at: (days) => new Date(now + days * 24 * 3_600_000),
      },
      { until: 0, schedule },
    );
  }
}
