// Duty: the door to every page that needs a person: waits for who it is, sends strangers to the sign-in page, asks again over a lost session.
import { lazy, Suspense } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '../lib/session.tsx';
import { openWords } from '../lib/words.ts';
import { ErrorState, LoadingState } from '../ui/states.tsx';
import { paths } from './paths.ts';
import { Shell } from './Shell.tsx';
import { usePersonsLanguage } from './useLanguageChoice.ts';
import { useReadyToLog } from './useReadyToLog.ts';

const SessionLost = lazy(async () => {
  const [{ SessionLost: Form }] = await Promise.all([
    import('../features/directory/SessionLost.tsx'),
    openWords('directory'),
  ]);
  return { default: Form };
});

export function SignedIn() {
  const { me, lost, error, retry } = useSession();
  const { pathname, search } = useLocation();
  usePersonsLanguage();
  useReadyToLog(me?.abilities.logCase ?? false);
  if (me)
    return (
      <>
        <Shell key={me.id} />
        <Suspense>{lost && <SessionLost />}</Suspense>
      </>
    );
  if (me === undefined) return error ? <ErrorState whole error={error} onRetry={retry} /> : <LoadingState />;
  const next = pathname === '/' ? '' : `?${new URLSearchParams({ next: pathname + search })}`;
  return <Navigate to={`${paths.signIn.href()}${next}`} replace />;
}
