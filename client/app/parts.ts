// Duty: how a page or a part of one is loaded, and which features' parts stand on whose pages. Which page stands where: routes.tsx.
import { type ComponentType, lazy } from 'react';
import type { CampaignSlots } from '../features/campaigns/slots.tsx';
import type { CaseSlots } from '../features/cases/slots.tsx';
import type { AccountSlots } from '../features/directory/slots.tsx';
import type { HomeSlots } from '../features/home/slots.tsx';
import type { InstitutionSlots } from '../features/institutions/slots.tsx';
import type { IssueSlots } from '../features/issues/slots.tsx';
import type { ReferralSlots } from '../features/referrals/slots.tsx';
import { openWords, type WordSlice } from '../lib/words.ts';

/** `page(() => import('…'), 'MapPage', 'map')`: a route that loads its page, with its words, and shows the named export. */
export const page =
  <Name extends string>(
    load: () => Promise<Record<Name, ComponentType>>,
    name: Name,
    ...words: WordSlice[]
  ) =>
  async () => {
    const [module] = await Promise.all([load(), openWords(...words)]);
    return { Component: module[name] };
  };

/** The same for a part of a page, loaded when it is first shown. */
export const part = <Props, Name extends string>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
  ...words: WordSlice[]
) =>
  lazy(async () => {
    const [module] = await Promise.all([load(), openWords(...words)]);
    return { default: module[name] };
  });

/** Other features' parts on the pages of cases. */
export const caseSlots: CaseSlots = {
  PlacePicker: part(() => import('../features/map/PlacePicker.tsx'), 'PlacePicker', 'map'),
  PlaceMap: part(() => import('../features/map/SmallPlaceMap.tsx'), 'SmallPlaceMap', 'map'),
  ConsentPanel: part(() => import('../features/identities/ConsentPanel.tsx'), 'ConsentPanel', 'identities'),
  IdentityPanel: part(
    () => import('../features/identities/IdentityPanel.tsx'),
    'IdentityPanel',
    'identities',
  ),
  ReadersPanel: part(() => import('../features/audit/ReadersPanel.tsx'), 'ReadersPanel', 'audit'),
  RetentionPanel: part(
    () => import('../features/retention/RetentionPanel.tsx'),
    'RetentionPanel',
    'retention',
  ),
  WithdrawalReceipt: part(
    () => import('../features/identities/WithdrawalReceipt.tsx'),
    'WithdrawalReceipt',
    'identities',
  ),
  IssueSection: part(() => import('../features/issues/IssueSection.tsx'), 'IssueSection', 'issues'),
  LettersSection: part(
    () => import('../features/institutions/CaseLetters.tsx'),
    'CaseLetters',
    'institutions',
  ),
  ReferralsSection: part(
    () => import('../features/referrals/ReferralsSection.tsx'),
    'ReferralsSection',
    'referrals',
    'identities',
  ),
  CampaignSection: part(
    () => import('../features/campaigns/CampaignSection.tsx'),
    'CampaignSection',
    'campaigns',
  ),
};

/** What the features above an issue show on its page. */
export const issueSlots: IssueSlots = {
  Campaigns: part(() => import('../features/campaigns/IssueCampaigns.tsx'), 'IssueCampaigns', 'campaigns'),
  Commitments: part(
    () => import('../features/commitments/CommitmentsPart.tsx'),
    'CommitmentsPart',
    'commitments',
  ),
};

export const homeSlots: HomeSlots = {
  Referrals: part(() => import('../features/referrals/HomeReferrals.tsx'), 'HomeReferrals', 'referrals'),
};

export const accountSlots: AccountSlots = {
  Notifications: part(
    () => import('../features/notifications/NotificationChoices.tsx'),
    'NotificationChoices',
    'notifications',
  ),
};

export const referralSlots: ReferralSlots = {
  SharedIdentity: part(
    () => import('../features/identities/SharedIdentity.tsx'),
    'SharedIdentity',
    'identities',
  ),
  AskConsent: part(() => import('../features/identities/AskConsent.tsx'), 'AskConsent', 'identities'),
};

export const campaignSlots: CampaignSlots = {
  Letters: part(
    () => import('../features/institutions/LettersSection.tsx'),
    'LettersSection',
    'institutions',
  ),
  Commitments: part(
    () => import('../features/commitments/CommitmentsPart.tsx'),
    'CommitmentsPart',
    'commitments',
  ),
};

export const institutionSlots: InstitutionSlots = {
  Commitments: part(
    () => import('../features/commitments/CommitmentsPart.tsx'),
    'CommitmentsPart',
    'commitments',
  ),
};
