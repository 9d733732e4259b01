// Duty: what the vault and the consents hold of a person goes when the case may be kept no longer. Which case that is, others decide.
// What was agreed to stays as codes and days: it says on what ground the office acted, and who left the figures.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { ConsentModel, ConsentOverrideModel } from './consents.model.ts';
import { eraseIdentityOf } from './identities.commands.ts';

/** Safe to repeat: the record, the codes on papers that people hold, the words of overrides. */
export async function erasePersonOf(subject: {
  caseId: string;
  municipality: MunicipalitySlug;
}): Promise<void> {
  await eraseIdentityOf(subject);
  const { caseId } = subject;
  await ConsentModel.updateMany({ caseId }, { $unset: { receiptHash: 1 } });
  await ConsentOverrideModel.collection.updateMany({ caseId }, { $set: { reason: null } });
  await ConsentOverrideModel.collection.updateMany(
    { caseId, review: { $ne: null } },
    { $set: { 'review.note': null } },
  );
}
