// Duty: which page stands at which address; composes the features. Every page is loaded when it is first opened.
import type { ComponentType } from 'react';
import { createBrowserRouter, Outlet, type RouteObject } from 'react-router';
import { ErrorPage, NotFound } from './ErrorPage.tsx';
import { paths } from './paths.ts';
import { SignedIn } from './SignedIn.tsx';

/** `page(() => import('…'), 'CasesPage')`: a route that loads its page and shows the named export. */
const page =
  <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  async () => ({ Component: (await load())[name] });

/** Pages of signed-in people; each feature adds its own lines. */
const inside: RouteObject[] = [];

/** Pages that anybody may open. */
const outside: RouteObject[] = [
  {
    path: paths.signIn.pattern,
    lazy: page(() => import('../features/directory/SignInPage.tsx'), 'SignInPage'),
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
