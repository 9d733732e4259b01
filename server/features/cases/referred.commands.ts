// Duty: what a referral does to its case: the lead passes with a transfer and returns with its end; a recipient says the outcome.
// Whoever calls has proved the referral; the case's own scope is not asked, for the recipient is not in it.
import type { CaseOutcome } from '../../../shared/cases.ts';
import { conflict } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { organisationsOf } from './cases.commands.ts';
import type { CaseFile } from './cases.model.ts';
import { canBeNamed } from './cases.policy.ts';
import { caseBehindReferral } from './cases.queries.ts';
import { changeCaseBehind, oneByOne } from './change.ts';
import { resolve } from './moves.commands.ts';

export { onCaseClosing } from './closing.ts';

/** No change of the case begins before the work is done: what it sees of the case stays so, within this process. */
export function whileCaseStands<Result>(
  id: string,
  work: (caseFile: CaseFile) => Promise<Result>,
): Promise<Result> {
  return oneByOne(id, async () => work(await caseBehindReferral(id)));
}

/** The worker who accepted a transfer leads from now on. Safe to repeat. */
export async function leadPasses(
  viewer: Viewer | null,
  caseId: string,
  worker: string,
  now: Date,
): Promise<void> {
  const colleagues = await colleaguesById(viewer ?? { role: 'coordinator' });
  await changeCaseBehind(
    viewer?.id ?? null,
    caseId,
    () => caseBehindReferral(caseId),
    (caseFile) => {
      if (caseFile.lead === worker) return null;
      const collaborators = caseFile.collaborators.filter((id) => id !== worker);
      const sharedWith = organisationsOf([worker, ...collaborators], colleagues);
      return {
        set: { lead: worker, collaborators, sharedWith },
        entry: { what: 'assigned', person: worker },
        touches: ['lead', 'collaborators'],
      };
    },
    now,
  );
}

/**
 * A transfer ended after it was accepted: nobody of that organisation leads or works on the case any more. The lead goes back
 * to who sent it, where they may lead, else to nobody. Safe to repeat.
 */
export async function leadReturns(
  viewer: Viewer | null,
  caseId: string,
  { organisation, sender }: { organisation: string; sender: string },
  now: Date,
): Promise<void> {
  const colleagues = await colleaguesById(viewer ?? { role: 'coordinator' });
  await changeCaseBehind(
    viewer?.id ?? null,
    caseId,
    () => caseBehindReferral(caseId),
    (caseFile) => {
      const isTheirs = (id: string | null) =>
        id !== null && colleagues.get(id)?.organisation === organisation;
      const collaborators = caseFile.collaborators.filter((id) => !isTheirs(id) && id !== sender);
      const isLed = isTheirs(caseFile.lead);
      if (!isLed && collaborators.length === caseFile.collaborators.length) return null;
      const returns = canBeNamed(colleagues.get(sender), { ...caseFile, sharedWith: [] }) ? sender : null;
      const lead = isLed ? returns : caseFile.lead;
      return {
        set: { lead, collaborators, sharedWith: organisationsOf([lead, ...collaborators], colleagues) },
        entry: isLed && lead ? { what: 'assigned', person: lead } : { what: 'collaborators' },
        touches: ['lead', 'collaborators'],
      };
    },
    now,
  );
}

/** In progress or waiting becomes resolved, as if the lead had said so; 409 from anywhere else. */
export async function resolveReferredCase(
  viewer: Viewer,
  caseId: string,
  input: { outcome: CaseOutcome; note: string },
  now: Date,
): Promise<CaseFile> {
  return changeCaseBehind(
    viewer.id,
    caseId,
    () => caseBehindReferral(caseId),
    (caseFile) => {
      if (caseFile.status !== 'in_progress' && caseFile.status !== 'waiting')
        throw conflict('move.notFromHere', { status: caseFile.status });
      const effect = resolve({ caseFile, now }, input as Parameters<typeof resolve>[1]);
      return {
        set: { ...effect.set, status: 'resolved' },
        entry: { what: 'moved', move: 'resolve', from: caseFile.status, to: 'resolved', ...effect.entry },
        touches: ['status'],
      };
    },
    now,
  );
}
