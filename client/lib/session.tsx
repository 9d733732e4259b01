// Duty: who is signed in here, and what they may do; the way back in when the session ends. The forms are in features/directory.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Answer } from '../../shared/api.ts';
import type { Me, MeAbility } from '../../shared/directory.ts';
import { ApiError, api, onFactorOwed, onSessionLost } from './api.ts';
import { openOwn, wipeOwn } from './ownStore.ts';

const meKey = ['me'] as const;

async function fetchMe(): Promise<Me | null> {
  try {
    const me = (await api.get<Answer<Me>>('/api/me', { quiet: true })).data;
    // Pages read what they keep here at once, so it is unsealed before any of them is shown.
    await openOwn(me.id);
    return me;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

let asked: Promise<Me | null> | null = null;

/** Asks before there is anything to show the answer on: the first look at who is there takes this one. */
export function askWhoIsThere(): void {
  asked = fetchMe();
  // Whoever takes it hears of its fault.
  asked.catch(() => undefined);
}

function whoIsThere(): Promise<Me | null> {
  const answer = asked ?? fetchMe();
  asked = null;
  return answer;
}

/** The session was ended from elsewhere, perhaps while this device could not be told: what it keeps of that person goes now. */
async function endedElsewhere(): Promise<boolean> {
  try {
    const { data } = await api.get<{ data: { endedFor: string | null } }>('/api/session', { quiet: true });
    if (data.endedFor) wipeOwn(data.endedFor);
    return data.endedFor !== null;
  } catch {
    return false;
  }
}

interface Session {
  /** Null: nobody is signed in. Undefined: not known yet. */
  me: Me | null | undefined;
  /** Why it is not known. */
  error: unknown;
  retry(): void;
  /** The session ended under a page that is still open: ask for the password over it. */
  lost: boolean;
  /** After the sign-in form succeeded, over a page or on its own. */
  signedIn(): Promise<void>;
  /** The session is over: forget everything that was read with it. */
  signedOut(): void;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [lost, setLost] = useState(false);
  const waiting = useRef<{ promise: Promise<boolean>; settle: (again: boolean) => void } | null>(null);

  const recover = useCallback(() => {
    if (!client.getQueryData(meKey)) return Promise.resolve(false);
    if (!waiting.current) {
      let settle: (again: boolean) => void = () => {};
      const promise = new Promise<boolean>((resolve) => {
        settle = resolve;
      });
      waiting.current = { promise, settle };
      void endedElsewhere().then((ended) => {
        if (!ended) return setLost(true);
        waiting.current = null;
        client.setQueryData(meKey, null);
        client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
        settle(false);
      });
    }
    return waiting.current.promise;
  }, [client]);
  useEffect(() => onSessionLost(recover), [recover]);
  const {
    data: me,
    error,
    refetch,
  } = useQuery({
    queryKey: meKey,
    queryFn: async () => {
      const found = await whoIsThere();
      if (found) return found;
      if (!client.getQueryData(meKey)) {
        await endedElsewhere();
        return null;
      }
      // Somebody was here: the page with what they typed stays until they decide.
      return (await recover()) ? fetchMe() : null;
    },
    staleTime: 5 * 60_000,
  });

  useEffect(() => onFactorOwed(() => void refetch()), [refetch]);

  const settle = useCallback((again: boolean) => {
    waiting.current?.settle(again);
    waiting.current = null;
    setLost(false);
  }, []);

  const session = useMemo<Session>(
    () => ({
      me,
      error,
      retry: () => void refetch(),
      lost,
      async signedIn() {
        const before = client.getQueryData<Me | null>(meKey);
        const now = await fetchMe();
        // Another person at the same screen must not see what the first one read, nor send what they typed.
        if (before && now?.id !== before.id) {
          settle(false);
          client.clear();
        }
        client.setQueryData(meKey, now);
        settle(true);
        await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
      },
      signedOut() {
        settle(false);
        const before = client.getQueryData<Me | null>(meKey);
        if (before) wipeOwn(before.id);
        client.setQueryData(meKey, null);
        client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
      },
    }),
    [me, error, refetch, lost, client, settle],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession outside SessionProvider');
  return session;
}

/** The office asks for a second factor in their role, and they have none: nothing else is open to them. */
export const owesFactor = ({ secondFactor }: Me): boolean => secondFactor.required && !secondFactor.since;

/** The signed-in person; only for pages behind the sign-in. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error('useMe on a page that anybody may open');
  return me;
}

/** Shows its children to those who may. Without `abilities` it asks what the person may do at all. */
export function Can<Ability extends string = MeAbility>(props: {
  do: NoInfer<Ability>;
  abilities?: Record<Ability, boolean>;
  children: ReactNode;
  otherwise?: ReactNode;
}) {
  const { me } = useSession();
  const abilities: Partial<Record<string, boolean>> = props.abilities ?? me?.abilities ?? {};
  return abilities[props.do] ? props.children : props.otherwise;
}
