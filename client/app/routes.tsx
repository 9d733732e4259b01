// Duty: which page stands at which address; composes the features. Every page is loaded when it is first opened.
import { type ComponentType, lazy } from 'react';
import { createBrowserRouter, Outlet, type RouteObject } from 'react-router';
import { type CampaignSlots, CampaignSlotsProvider } from '../features/campaigns/slots.tsx';
import { type CaseSlots, CaseSlotsProvider } from '../features/cases/slots.tsx';
import { type AccountSlots, AccountSlotsProvider } from '../features/directory/slots.tsx';
import { type HomeSlots, HomeSlotsProvider } from '../features/home/slots.tsx';
import { type IssueSlots, IssueSlotsProvider } from '../features/issues/slots.tsx';
import { type ReferralSlots, ReferralSlotsProvider } from '../features/referrals/slots.tsx';
import { openWords, type WordSlice } from '../lib/words.ts';
import { ErrorPage, NotFound } from './ErrorPage.tsx';
import { paths } from './paths.ts';
import { SignedIn } from './SignedIn.tsx';

/** `page(() => import('…'), 'MapPage', 'map')`: a route that loads its page, with its words, and shows the named export. */
const page =
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
const part = <Props, Name extends string>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
  ...words: WordSlice[]
) =>
  lazy(async () => {
    const [module] = await Promise.all([load(), openWords(...words)]);
    return { default: module[name] };
  });

/** Other features' parts on the pages of cases. */
const caseSlots: CaseSlots = {
  PlacePicker: part(() => import('../features/map/PlacePicker.tsx'), 'PlacePicker', 'map'),
  PlaceMap: part(() => import('../features/map/SmallPlaceMap.tsx'), 'SmallPlaceMap', 'map'),
  ConsentPanel: part(() => import('../features/identities/ConsentPanel.tsx'), 'ConsentPanel', 'identities'),
  IdentityPanel: part(
    () => import('../features/identities/IdentityPanel.tsx'),
    'IdentityPanel',
    'identities',
  ),
  WithdrawalReceipt: part(
    () => import('../features/identities/WithdrawalReceipt.tsx'),
    'WithdrawalReceipt',
    'identities',
  ),
  IssueSection: part(() => import('../features/issues/IssueSection.tsx'), 'IssueSection', 'issues'),
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
const issueSlots: IssueSlots = {
  Campaigns: part(() => import('../features/campaigns/IssueCampaigns.tsx'), 'IssueCampaigns', 'campaigns'),
  Commitments: part(
    () => import('../features/commitments/CommitmentsPart.tsx'),
    'CommitmentsPart',
    'commitments',
  ),
};

const homeSlots: HomeSlots = {
  Referrals: part(() => import('../features/referrals/HomeReferrals.tsx'), 'HomeReferrals', 'referrals'),
};

const accountSlots: AccountSlots = {
  Notifications: part(
    () => import('../features/notifications/NotificationChoices.tsx'),
    'NotificationChoices',
    'notifications',
  ),
};

const referralSlots: ReferralSlots = {
  SharedIdentity: part(
    () => import('../features/identities/SharedIdentity.tsx'),
    'SharedIdentity',
    'identities',
  ),
  AskConsent: part(() => import('../features/identities/AskConsent.tsx'), 'AskConsent', 'identities'),
};

const campaignSlots: CampaignSlots = {
  Commitments: part(
    () => import('../features/commitments/CommitmentsPart.tsx'),
    'CommitmentsPart',
    'commitments',
  ),
};

const CaseBeside = part(() => import('../features/cases/CasePage.tsx'), 'CaseBeside');

async function mapPage() {
  const [{ MapPage }] = await Promise.all([import('../features/map/MapPage.tsx'), openWords('map')]);
  return { element: <MapPage CaseBeside={CaseBeside} /> };
}

/** Pages of signed-in people; each feature adds its own lines. */
const inside: RouteObject[] = [
  {
    element: (
      <HomeSlotsProvider value={homeSlots}>
        <Outlet />
      </HomeSlotsProvider>
    ),
    children: [
      { path: paths.home.pattern, lazy: page(() => import('../features/home/HomePage.tsx'), 'HomePage') },
    ],
  },
  {
    path: paths.referrals.pattern,
    lazy: page(() => import('../features/referrals/ReferralsPage.tsx'), 'ReferralsPage', 'referrals'),
  },
  {
    path: paths.referral.pattern,
    lazy: page(
      () => import('../features/referrals/ReferralPage.tsx'),
      'ReferralPage',
      'referrals',
      'identities',
    ),
  },
  {
    path: paths.refer.pattern,
    lazy: page(() => import('../features/referrals/ReferPage.tsx'), 'ReferPage', 'referrals', 'identities'),
  },
  {
    element: (
      <CaseSlotsProvider value={caseSlots}>
        <Outlet />
      </CaseSlotsProvider>
    ),
    children: [
      {
        path: paths.cases.pattern,
        lazy: page(() => import('../features/cases/CasesPage.tsx'), 'CasesPage'),
        children: [{ path: ':id', lazy: page(() => import('../features/cases/CasePage.tsx'), 'CasePage') }],
      },
      { path: paths.map.pattern, lazy: mapPage },
      {
        path: paths.logCase.pattern,
        lazy: page(() => import('../features/cases/intake/LogCasePage.tsx'), 'LogCasePage'),
      },
    ],
  },
  {
    path: paths.issues.pattern,
    lazy: page(() => import('../features/issues/IssuesPage.tsx'), 'IssuesPage', 'issues'),
  },
  {
    element: (
      <IssueSlotsProvider value={issueSlots}>
        <Outlet />
      </IssueSlotsProvider>
    ),
    children: [
      {
        path: paths.issue.pattern,
        lazy: page(() => import('../features/issues/IssuePage.tsx'), 'IssuePage', 'issues'),
      },
    ],
  },
  {
    element: (
      <CampaignSlotsProvider value={campaignSlots}>
        <Outlet />
      </CampaignSlotsProvider>
    ),
    children: [
      {
        path: paths.campaigns.pattern,
        lazy: page(() => import('../features/campaigns/CampaignsPage.tsx'), 'CampaignsPage', 'campaigns'),
      },
      {
        path: paths.campaign.pattern,
        lazy: page(() => import('../features/campaigns/CampaignPage.tsx'), 'CampaignPage', 'campaigns'),
      },
    ],
  },
  {
    path: paths.commitments.pattern,
    lazy: page(() => import('../features/commitments/CommitmentsPage.tsx'), 'CommitmentsPage', 'commitments'),
  },
  {
    path: paths.recordCommitment.pattern,
    lazy: page(() => import('../features/commitments/RecordPage.tsx'), 'RecordPage', 'commitments'),
  },
  {
    path: paths.correctCommitment.pattern,
    lazy: page(() => import('../features/commitments/RecordPage.tsx'), 'CorrectPage', 'commitments'),
  },
  {
    path: paths.commitment.pattern,
    lazy: page(() => import('../features/commitments/CommitmentPage.tsx'), 'CommitmentPage', 'commitments'),
  },
  {
    path: paths.handOver.pattern,
    lazy: page(() => import('../features/cases/HandOverPage.tsx'), 'HandOverPage'),
  },
  {
    path: paths.withdrawals.pattern,
    lazy: page(() => import('../features/identities/WithdrawalPage.tsx'), 'WithdrawalPage', 'identities'),
  },
  {
    path: paths.overrides.pattern,
    lazy: page(() => import('../features/identities/OverridesPage.tsx'), 'OverridesPage', 'identities'),
  },
  {
    path: paths.equity.pattern,
    lazy: page(() => import('../features/identities/EquityPage.tsx'), 'EquityPage', 'identities'),
  },
  {
    path: paths.notifications.pattern,
    lazy: page(
      () => import('../features/notifications/NotificationsPage.tsx'),
      'NotificationsPage',
      'notifications',
    ),
  },
  {
    element: (
      <AccountSlotsProvider value={accountSlots}>
        <Outlet />
      </AccountSlotsProvider>
    ),
    children: [
      {
        path: paths.account.pattern,
        lazy: page(
          () => import('../features/directory/AccountPage.tsx'),
          'AccountPage',
          'directory',
          'accounts',
        ),
      },
    ],
  },
  {
    path: paths.users.pattern,
    lazy: page(() => import('../features/directory/UsersPage.tsx'), 'UsersPage', 'directory', 'accounts'),
  },
  {
    path: paths.organisations.pattern,
    lazy: page(
      () => import('../features/directory/OrganisationsPage.tsx'),
      'OrganisationsPage',
      'directory',
      'accounts',
    ),
  },
];

/** Pages that anybody may open. */
const outside: RouteObject[] = [
  {
    path: paths.signIn.pattern,
    lazy: page(() => import('../features/directory/SignInPage.tsx'), 'SignInPage', 'directory', 'accounts'),
  },
  {
    path: paths.invitation.pattern,
    lazy: page(
      () => import('../features/directory/InvitationPage.tsx'),
      'InvitationPage',
      'directory',
      'accounts',
    ),
  },
  {
    path: paths.forgot.pattern,
    lazy: page(() => import('../features/directory/ForgotPage.tsx'), 'ForgotPage', 'directory', 'accounts'),
  },
  {
    path: paths.reset.pattern,
    lazy: page(() => import('../features/directory/ResetPage.tsx'), 'ResetPage', 'directory', 'accounts'),
  },
  {
    path: paths.answer.pattern,
    lazy: page(() => import('../features/referrals/AnswerPage.tsx'), 'AnswerPage', 'referrals', 'identities'),
  },
];

export const routes: RouteObject[] = [
  {
    element: (
      <ReferralSlotsProvider value={referralSlots}>
        <Outlet />
      </ReferralSlotsProvider>
    ),
    errorElement: <ErrorPage />,
    HydrateFallback: () => null,
    children: [
      ...outside,
      {
        element: <SignedIn />,
        children: [
          { errorElement: <ErrorPage />, children: [...inside, { path: '*', element: <NotFound /> }] },
        ],
      },
    ],
  },
];

export const makeRouter = () => createBrowserRouter(routes);
