// Duty: the door to every page that needs a person: waits for who it is, sends strangers to the sign-in page, asks again over a lost session.
import { lazy, Suspense, useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { owesFactor, useSession } from '../lib/session.tsx';
import { openWords } from '../lib/words.ts';
import { ErrorState, LoadingState } from '../ui/states.tsx';
import { paths } from './paths.ts';
import { Shell } from './Shell.tsx';
import { usePersonsLanguage } from './useLanguageChoice.ts';
import { useReadyToLog } from './useReadyToLog.ts';
import { useSignOut } from './useSignOut.tsx';

const SessionLost = lazy(async () => {
  const [{ SessionLost: Form }] = await Promise.all([
    import('../features/directory/SessionLost.tsx'),
    openWords('directory'),
  ]);
  return { default: Form };
});
const FactorOwed = lazy(async () => {
  const [{ FactorOwed: Page }] = await Promise.all([
    import('../features/directory/FactorOwed.tsx'),
    openWords('directory'),
  ]);
  return { default: Page };
});

export function SignedIn() {
  const { me, lost, error, retry } = useSession();
  const { pathname, search } = useLocation();
  const [settingUp, setSettingUp] = useState(false);
  usePersonsLanguage();
  useReadyToLog((me && !owesFactor(me) && me.abilities.logCase) ?? false);
  if (me) {
    const owes = owesFactor(me);
    // From then on until the person is done: the recovery codes are told once.
    if (owes && !settingUp) setSettingUp(true);
    return (
      <>
        {owes || settingUp ? <SetUpFirst onDone={() => setSettingUp(false)} /> : <Shell key={me.id} />}
        <Suspense>{lost && <SessionLost />}</Suspense>
      </>
    );
  }
  if (me === undefined) return error ? <ErrorState whole error={error} onRetry={retry} /> : <LoadingState />;
  const next = pathname === '/' ? '' : `?${new URLSearchParams({ next: pathname + search })}`;
  return <Navigate to={`${paths.signIn.href()}${next}`} replace />;
}

function SetUpFirst({ onDone }: { onDone: () => void }) {
  const { leave, question } = useSignOut();
  return (
    <Suspense fallback={<LoadingState />}>
      <FactorOwed onDone={onDone} onLeave={() => leave('here')} />
      {question}
    </Suspense>
  );
}
