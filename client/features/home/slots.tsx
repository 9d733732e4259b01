// Duty: the place on the home page that another feature fills; app/routes.tsx puts the part in. Nothing is drawn here.
import { type ComponentType, createContext, use } from 'react';

export interface HomeSlots {
  /** Above My week: what partner organisations are asked, or answered. */
  Referrals?: ComponentType;
}

const SlotsContext = createContext<HomeSlots>({});
export const HomeSlotsProvider = SlotsContext;
export const useHomeSlots = (): HomeSlots => use(SlotsContext);
