// Duty: a case's consents as the lines a person would count: one per purpose, and one per organisation. Pure.
import {
  type ConsentPurpose,
  type ConsentRow,
  consentPurposes,
  needsRecipient,
} from '../../../shared/consentLists.ts';

export interface ConsentLine {
  purpose: ConsentPurpose;
  recipient: { id: string; name: string } | null;
  /** The newest word on it; null when it was never given. */
  newest: ConsentRow | null;
}

/** `consents` come newest first. Referrals without any organisation have no line. */
export function linesOf(consents: readonly ConsentRow[]): ConsentLine[] {
  return consentPurposes.flatMap((purpose): ConsentLine[] => {
    const ofPurpose = consents.filter((consent) => consent.purpose === purpose);
    if (!needsRecipient(purpose)) return [{ purpose, recipient: null, newest: ofPurpose[0] ?? null }];
    const recipients = new Map(ofPurpose.toReversed().map((consent) => [consent.recipient?.id, consent]));
    return [...recipients.values()]
      .toReversed()
      .map((newest) => ({ purpose, recipient: newest.recipient, newest }));
  });
}

export const isLive = (line: ConsentLine): boolean => line.newest?.standing === 'live';
