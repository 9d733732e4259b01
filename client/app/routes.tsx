// Duty: which page stands at which address; composes the features. Every page is loaded when it is first opened.
import { createBrowserRouter, Outlet, type RouteObject } from 'react-router';
import { CampaignSlotsProvider } from '../features/campaigns/slots.tsx';
import { CaseSlotsProvider } from '../features/cases/slots.tsx';
import { AccountSlotsProvider } from '../features/directory/slots.tsx';
import { HomeSlotsProvider } from '../features/home/slots.tsx';
import { InstitutionSlotsProvider } from '../features/institutions/slots.tsx';
import { IssueSlotsProvider } from '../features/issues/slots.tsx';
import { ReferralSlotsProvider } from '../features/referrals/slots.tsx';
import { ErrorPage, NotFound } from './ErrorPage.tsx';
import { mapPage } from './mapPage.tsx';
import {
  accountSlots,
  campaignSlots,
  caseSlots,
  homeSlots,
  institutionSlots,
  issueSlots,
  page,
  referralSlots,
} from './parts.ts';
import { paths } from './paths.ts';
import { publicRoutes } from './publicRoutes.ts';
import { SignedIn } from './SignedIn.tsx';

/** Pages of signed-in people; each feature adds its own lines. */
const inside: RouteObject[] = [
  {
    element: (
      <HomeSlotsProvider value={homeSlots}>
        <Outlet />
      </HomeSlotsProvider>
    ),
    children: [
      {
        path: paths.home.pattern,
        lazy: page(() => import('../features/home/HomePage.tsx'), 'HomePage', 'home'),
      },
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
        children: [
          { path: ':id', lazy: page(() => import('../features/cases/CasePage.tsx'), 'CasePage', 'logging') },
        ],
      },
      { path: paths.map.pattern, lazy: mapPage },
      {
        path: paths.logCase.pattern,
        lazy: page(() => import('../features/cases/intake/LogCasePage.tsx'), 'LogCasePage', 'logging'),
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
    path: paths.institutions.pattern,
    lazy: page(
      () => import('../features/institutions/InstitutionsPage.tsx'),
      'InstitutionsPage',
      'institutions',
    ),
  },
  {
    element: (
      <InstitutionSlotsProvider value={institutionSlots}>
        <Outlet />
      </InstitutionSlotsProvider>
    ),
    children: [
      {
        path: paths.institution.pattern,
        lazy: page(
          () => import('../features/institutions/InstitutionPage.tsx'),
          'InstitutionPage',
          'institutions',
        ),
      },
    ],
  },
  {
    path: paths.letters.pattern,
    lazy: page(() => import('../features/institutions/LettersPage.tsx'), 'LettersPage', 'institutions'),
  },
  {
    path: paths.newLetter.pattern,
    lazy: page(() => import('../features/institutions/NewLetterPage.tsx'), 'NewLetterPage', 'institutions'),
  },
  {
    path: paths.letter.pattern,
    lazy: page(() => import('../features/institutions/LetterPage.tsx'), 'LetterPage', 'institutions'),
  },
  {
    path: paths.replyRules.pattern,
    lazy: page(() => import('../features/institutions/ReplyRulesPage.tsx'), 'ReplyRulesPage', 'institutions'),
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
    path: paths.progress.pattern,
    lazy: page(() => import('../features/summaries/ProgressPage.tsx'), 'ProgressPage', 'summaries'),
  },
  {
    path: paths.figures.pattern,
    lazy: page(() => import('../features/summaries/FiguresPage.tsx'), 'FiguresPage', 'summaries'),
  },
  {
    path: paths.release.pattern,
    lazy: page(() => import('../features/summaries/ReleasePage.tsx'), 'ReleasePage', 'summaries'),
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
    path: paths.readLog.pattern,
    lazy: page(() => import('../features/audit/ReadLogPage.tsx'), 'ReadLogPage', 'audit'),
  },
  {
    path: paths.retention.pattern,
    lazy: page(() => import('../features/retention/RetentionPage.tsx'), 'RetentionPage', 'retention'),
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
      ...publicRoutes,
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
