// Duty: whether this device reaches the server, and the outbox of the signed-in person. What is put in the outbox is the features' choice.
import { createContext, type ReactNode, use, useEffect, useMemo, useSyncExternalStore } from 'react';
import { api } from './api.ts';
import { type Letter, type LetterStore, makeOutbox, type Outbox, type OutboxState } from './outbox.ts';
import { ownFiles, ownTexts } from './ownStore.ts';
import { useSession } from './session.tsx';

/** Letters of one person on this device; another person signing in neither sees nor sends them, and signing out wipes them. */
export function keptLetters(userId: string): LetterStore {
  const texts = ownTexts(userId);
  return {
    load() {
      try {
        return JSON.parse(texts.get('outbox') ?? '[]') as Letter[];
      } catch {
        return [];
      }
    },
    save: (letters) => void texts.set('outbox', letters.length > 0 ? JSON.stringify(letters) : null),
  };
}

const sendFor =
  (userId: string) =>
  async ({ id, method, path, body, file, text, keepAnswer }: Letter): Promise<unknown> => {
    if (file) {
      const own = await ownFiles.get(userId, file);
      const answer = own && (await api.upload(path, own.blob, own.name));
      if (own) await ownFiles.remove(userId, file);
      return answer;
    }
    if (text) {
      const own = ownTexts(userId);
      const kept = own.get(text);
      const answer = kept && (await api.put(path, JSON.parse(kept)));
      own.set(text, null);
      return answer;
    }
    const answer = method === 'POST' ? await api.post(path, body) : await api.patch(path, body);
    if (keepAnswer) ownTexts(userId).set(`answer.${id}`, JSON.stringify(answer));
    return answer;
  };

const OutboxContext = createContext<Outbox | null>(null);

const nowhere: LetterStore = { load: () => [], save: () => {} };

export function OutboxProvider({ children }: { children: ReactNode }) {
  const userId = useSession().me?.id;
  const outbox = useMemo(
    () => (userId ? makeOutbox(keptLetters(userId), sendFor(userId)) : makeOutbox(nowhere, async () => null)),
    [userId],
  );
  useEffect(() => {
    const flush = () => void outbox.flush();
    if (userId && outbox.state().count > 0) flush();
    addEventListener('online', flush);
    // Some networks come back without the browser saying so.
    const timer = setInterval(() => outbox.state().count > 0 && flush(), 30_000);
    return () => {
      removeEventListener('online', flush);
      clearInterval(timer);
    };
  }, [outbox, userId]);
  return <OutboxContext value={outbox}>{children}</OutboxContext>;
}

export function useOutbox(): Outbox {
  const outbox = use(OutboxContext);
  if (!outbox) throw new Error('useOutbox outside OutboxProvider');
  return outbox;
}

export function useOutboxState(): OutboxState {
  const outbox = useOutbox();
  return useSyncExternalStore(outbox.subscribe, outbox.state);
}

function subscribeToNetwork(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** False only when the browser knows that there is no network. */
export const useOnline = (): boolean => useSyncExternalStore(subscribeToNetwork, () => navigator.onLine);
