// Duty: the places in this feature's pages that another feature fills; app/routes.tsx puts the parts in. Nothing is drawn here.
import { type ComponentType, createContext, use } from 'react';
import type { IdentityField, OpenedIdentity, OpenReason } from '../../../shared/identityLists.ts';

export interface ReferralSlots {
  /** The vault fields that are shared: named, opened with a reason. */
  SharedIdentity?: ComponentType<{
    fields: IdentityField[];
    open: ((reason: OpenReason, fields: IdentityField[]) => Promise<OpenedIdentity>) | null;
    withoutReason?: boolean;
  }>;
  /** Writes down the person's yes to that organisation. */
  AskConsent?: ComponentType<{
    caseId: string;
    recipient: string;
    onDone: () => void;
    onClose: () => void;
  }>;
}

const SlotsContext = createContext<ReferralSlots>({});
export const ReferralSlotsProvider = SlotsContext;
export const useReferralSlots = (): ReferralSlots => use(SlotsContext);
