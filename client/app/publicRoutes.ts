// Duty: which page stands at each address that anybody may open: signing in, links from letters, what is shared. The rest: routes.tsx.
import type { RouteObject } from 'react-router';
import { page } from './parts.ts';
import { paths } from './paths.ts';

export const publicRoutes: RouteObject[] = [
  {
    path: paths.shared.pattern,
    lazy: page(() => import('../features/summaries/SharedPage.tsx'), 'SharedPage', 'summaries'),
  },
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
