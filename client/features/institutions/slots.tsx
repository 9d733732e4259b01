// Duty: the places in this feature's pages that another feature fills; app/routes.tsx puts the parts in. Nothing is drawn here.
import { type ComponentType, createContext, use } from 'react';
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';

export interface InstitutionSlotProps {
  /** The documented institution or kind of office, as records name it. */
  institutionId: string;
  municipality?: MunicipalitySlug;
}

export interface InstitutionSlots {
  /** What it has promised. */
  Commitments?: ComponentType<InstitutionSlotProps>;
}

const SlotsContext = createContext<InstitutionSlots>({});
export const InstitutionSlotsProvider = SlotsContext;
export const useInstitutionSlots = (): InstitutionSlots => use(SlotsContext);
