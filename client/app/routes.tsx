// Duty: which page stands at which address; composes the features. Every page is loaded when it is first opened.
import { type ComponentType, lazy } from 'react';
import { createBrowserRouter, Outlet, type RouteObject } from 'react-router';
import { type CaseSlots, CaseSlotsProvider } from '../features/cases/slots.tsx';
import { ErrorPage, NotFound } from './ErrorPage.tsx';
import { paths } from './paths.ts';
import { SignedIn } from './SignedIn.tsx';

/** `page(() => import('…'), 'CasesPage')`: a route that loads its page and shows the named export. */
const page =
  <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  async () => ({ Component: (await load())[name] });

/** Other features' parts on the pages of cases, loaded when one of them is shown. */
const caseSlots: CaseSlots = {
  PlacePicker: lazy(async () => ({ default: (await import('../features/map/PlacePicker.tsx')).PlacePicker })),
  PlaceMap: lazy(async () => ({
    default: (await import('../features/map/SmallPlaceMap.tsx')).SmallPlaceMap,
  })),
  ConsentPanel: lazy(async () => ({
    default: (await import('../features/identities/ConsentPanel.tsx')).ConsentPanel,
  })),
  IdentityPanel: lazy(async () => ({
    default: (await import('../features/identities/IdentityPanel.tsx')).IdentityPanel,
  })),
};

const CaseBeside = lazy(async () => ({
  default: (await import('../features/cases/CasePage.tsx')).CaseBeside,
}));

async function mapPage() {
  const { MapPage } = await import('../features/map/MapPage.tsx');
  return { element: <MapPage CaseBeside={CaseBeside} /> };
}

/** Pages of signed-in people; each feature adds its own lines. */
const inside: RouteObject[] = [
  { path: paths.home.pattern, lazy: page(() => import('../features/home/HomePage.tsx'), 'HomePage') },
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
    path: paths.handOver.pattern,
    lazy: page(() => import('../features/cases/HandOverPage.tsx'), 'HandOverPage'),
  },
  {
    path: paths.overrides.pattern,
    lazy: page(() => import('../features/identities/OverridesPage.tsx'), 'OverridesPage'),
  },
  {
    path: paths.equity.pattern,
    lazy: page(() => import('../features/identities/EquityPage.tsx'), 'EquityPage'),
  },
  {
    path: paths.account.pattern,
    lazy: page(() => import('../features/directory/AccountPage.tsx'), 'AccountPage'),
  },
  {
    path: paths.users.pattern,
    lazy: page(() => import('../features/directory/UsersPage.tsx'), 'UsersPage'),
  },
  {
    path: paths.organisations.pattern,
    lazy: page(() => import('../features/directory/OrganisationsPage.tsx'), 'OrganisationsPage'),
  },
];

/** Pages that anybody may open. */
const outside: RouteObject[] = [
  {
    path: paths.signIn.pattern,
    lazy: page(() => import('../features/directory/SignInPage.tsx'), 'SignInPage'),
  },
  {
    path: paths.invitation.pattern,
    lazy: page(() => import('../features/directory/InvitationPage.tsx'), 'InvitationPage'),
  },
  {
    path: paths.forgot.pattern,
    lazy: page(() => import('../features/directory/ForgotPage.tsx'), 'ForgotPage'),
  },
  {
    path: paths.reset.pattern,
    lazy: page(() => import('../features/directory/ResetPage.tsx'), 'ResetPage'),
  },
];

export const routes: RouteObject[] = [
  {
    element: <Outlet />,
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
