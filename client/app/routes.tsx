// Duty: which page stands at which address; composes the features. Every page is loaded when it is first opened.
import { type ComponentType, lazy } from 'react';
import { createBrowserRouter, Outlet, type RouteObject } from 'react-router';
import { type CaseSlots, CaseSlotsProvider } from '../features/cases/slots.tsx';
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
};

const CaseBeside = part(() => import('../features/cases/CasePage.tsx'), 'CaseBeside');

async function mapPage() {
  const [{ MapPage }] = await Promise.all([import('../features/map/MapPage.tsx'), openWords('map')]);
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
    lazy: page(() => import('../features/identities/OverridesPage.tsx'), 'OverridesPage', 'identities'),
  },
  {
    path: paths.equity.pattern,
    lazy: page(() => import('../features/identities/EquityPage.tsx'), 'EquityPage', 'identities'),
  },
  {
    path: paths.account.pattern,
    lazy: page(() => import('../features/directory/AccountPage.tsx'), 'AccountPage', 'directory', 'accounts'),
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
