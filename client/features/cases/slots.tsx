// Duty: the places in this feature's pages that another feature fills; app/routes.tsx puts the parts in. Nothing is drawn here.
import { type ComponentType, createContext, use } from 'react';
import type { MunicipalitySlug } from '../../../shared/directory.ts';

export interface PlacePickerProps {
  municipality: MunicipalitySlug;
  /** Id of the chosen settlement; null: only the municipality is known; undefined: not chosen yet. */
  value: string | null | undefined;
  onChange: (settlement: string | null) => void;
}
export interface PlaceMapProps {
  municipality: MunicipalitySlug;
  settlement: string | null;
}

export interface CasePanelProps {
  caseId: string;
  reference: string;
}

export interface WithdrawalReceiptProps {
  code: string;
  reference: string;
  onPut: () => void;
}

export interface CaseLettersProps extends CasePanelProps {
  /** Only then a letter may be written about it. */
  waitsOnAuthority: boolean;
}

export interface CaseSlots {
  /** What was written to institutions about it. */
  LettersSection?: ComponentType<CaseLettersProps>;
  /** What may be done with what the person told, each use by itself. */
  ConsentPanel?: ComponentType<CasePanelProps>;
  /** Who the person is, closed until opened with a reason. */
  IdentityPanel?: ComponentType<CasePanelProps>;
  /** Who has opened the case, for those who answer for it. */
  ReadersPanel?: ComponentType<CasePanelProps>;
  /** Until when it is kept, and what holds it. */
  RetentionPanel?: ComponentType<CasePanelProps>;
  /** The code that proves a person's withdrawal, until it was passed on. */
  WithdrawalReceipt?: ComponentType<WithdrawalReceiptProps>;
  /** Which organisations were asked for help, and what became of it. */
  ReferralsSection?: ComponentType<CasePanelProps>;
  /** The pattern that the case is an example of. */
  IssueSection?: ComponentType<CasePanelProps>;
  /** Which campaigns use it. */
  CampaignSection?: ComponentType<CasePanelProps>;
  /** Settlement list, "use my place", pin on the map. */
  PlacePicker?: ComponentType<PlacePickerProps>;
  /** A small map that shows one place and cannot be moved. */
  PlaceMap?: ComponentType<PlaceMapProps>;
}

const SlotsContext = createContext<CaseSlots>({});
export const CaseSlotsProvider = SlotsContext;
export const useCaseSlots = (): CaseSlots => use(SlotsContext);
