// Duty: the places on an issue's page that another feature fills; app/routes.tsx puts the parts in. Nothing is drawn here.
import { type ComponentType, createContext, use } from 'react';

export interface IssuePanelProps {
  issueId: string;
}
export interface IssueSlots {
  /** Campaigns that take it up. */
  Campaigns?: ComponentType<IssuePanelProps>;
  /** Promises that touch it. */
  Commitments?: ComponentType<IssuePanelProps>;
}

const SlotsContext = createContext<IssueSlots>({});
export const IssueSlotsProvider = SlotsContext;
export const useIssueSlots = (): IssueSlots => use(SlotsContext);
