// Duty: the places on a campaign's page that other features fill; app/routes.tsx puts the parts in. Nothing is drawn here.
import { type ComponentType, createContext, use } from 'react';

export interface CampaignSlots {
  /** What was asked in writing, when, and what they answered. */
  Letters?: ComponentType<{ campaignId: string }>;
  /** What was promised. */
  Commitments?: ComponentType<{ campaignId: string }>;
}

const SlotsContext = createContext<CampaignSlots>({});
export const CampaignSlotsProvider = SlotsContext;
export const useCampaignSlots = (): CampaignSlots => use(SlotsContext);
