// Duty: the place on the account page that another feature fills; app/routes.tsx puts the part in. Nothing is drawn here.
import { type ComponentType, createContext, use } from 'react';

export interface AccountSlots {
  /** Of what one is told, and how. */
  Notifications?: ComponentType;
}

const SlotsContext = createContext<AccountSlots>({});
export const AccountSlotsProvider = SlotsContext;
export const useAccountSlots = (): AccountSlots => use(SlotsContext);
