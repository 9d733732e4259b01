// Duty: write down the person's yes to one organisation, from a page that needs it: what was agreed before is ticked, nothing else.
import { ConsentDialog } from './ConsentDialog.tsx';
import { useConsents } from './useConsents.ts';

export interface AskConsentProps {
  caseId: string;
  recipient: string;
  onDone: () => void;
  onClose: () => void;
}

export function AskConsent({ caseId, recipient, onDone, onClose }: AskConsentProps) {
  const { data } = useConsents(caseId);
  if (!data) return null;
  const agreed = data.data.consents.find(
    (consent) =>
      consent.purpose === 'referral' && consent.recipient?.id === recipient && consent.standing === 'live',
  );
  return (
    <ConsentDialog
      caseId={caseId}
      asking={{ purpose: 'referral', recipient, fields: agreed?.fields ?? [] }}
      guardianNeeded={data.data.guardianNeeded}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
