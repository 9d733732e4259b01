// Duty: the only socket: hears live changes while somebody is signed in. Changes carry ids only; whoever owns the id asks again by HTTP.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react';
import type { Socket } from 'socket.io-client';
import type { BrowserToServer, ChangeMap, ChangeName, ServerToBrowser } from '../../shared/live.ts';
import { forgetCase, forgetLostCases } from './forgetCase.ts';
import { useOutbox } from './offline.tsx';
import { owesFactor, useSession } from './session.tsx';

export type LiveSocket = Socket<ServerToBrowser, BrowserToServer>;
/** `off`: nobody is signed in. */
export type LiveStatus = 'off' | 'connecting' | 'on' | 'lost';

type Handler<Name extends ChangeName> = (change: ChangeMap[Name]) => void;

/** Handlers by change name; one registry per page load. */
function makeChangeRegistry() {
  const handlers = new Map<ChangeName, Set<Handler<ChangeName>>>();
  return {
    on<Name extends ChangeName>(name: Name, handler: Handler<Name>): () => void {
      const known = handlers.get(name) ?? new Set();
      handlers.set(name, known.add(handler as Handler<ChangeName>));
      return () => known.delete(handler as Handler<ChangeName>);
    },
    tell<Name extends ChangeName>(name: Name, change: ChangeMap[Name]): void {
      for (const handler of handlers.get(name) ?? []) (handler as Handler<Name>)(change);
    },
  };
}

interface Live {
  status: LiveStatus;
  socket: LiveSocket | null;
  registry: ReturnType<typeof makeChangeRegistry>;
}

const LiveContext = createContext<Live | null>(null);

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { me, signedOut } = useSession();
  const outbox = useOutbox();
  const [registry] = useState(makeChangeRegistry);
  const [socket, setSocket] = useState<LiveSocket | null>(null);
  const [status, setStatus] = useState<LiveStatus>('off');
  // Whoever owes a second factor is let in nowhere.
  const userId = me && !owesFactor(me) ? me.id : undefined;

  useEffect(() => {
    if (!userId) return;
    let closed = false;
    let opened: LiveSocket | null = null;
    let connectedBefore = false;
    setStatus('connecting');
    void import('socket.io-client').then(({ io }) => {
      if (closed) return;
      opened = io({ transports: ['websocket'], reconnectionDelayMax: 10_000 });
      opened.on('connect', () => {
        setStatus('on');
        // What happened while we were away was not told to us.
        if (connectedBefore) void client.invalidateQueries();
        void forgetLostCases(userId, outbox);
        connectedBefore = true;
      });
      opened.on('disconnect', (reason) => {
        setStatus('lost');
        // The server closed us: the session ended or its scope moved; asking again tells which.
        if (reason === 'io server disconnect') void client.invalidateQueries();
      });
      opened.on('connect_error', () => setStatus('lost'));
      opened.on('change', (name, change) => registry.tell(name, change));
      setSocket(opened);
    });
    return () => {
      closed = true;
      opened?.close();
      setSocket(null);
      setStatus('off');
    };
  }, [userId, client, registry, outbox]);

  useEffect(() => {
    const stop = [
      registry.on('viewer.changed', () => void client.invalidateQueries()),
      registry.on('case.withdrawn', ({ id }) => userId && forgetCase(userId, id, outbox)),
      registry.on('case.anonymised', ({ id }) => userId && forgetCase(userId, id, outbox)),
      registry.on('viewer.signedOut', () => {
        outbox.clear();
        signedOut();
      }),
    ];
    return () => {
      for (const end of stop) end();
    };
  }, [registry, client, signedOut, outbox, userId]);

  const live = useMemo(() => ({ status, socket, registry }), [status, socket, registry]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error('useLive outside LiveProvider');
  return live;
}

export const useLiveStatus = (): LiveStatus => useLive().status;

/** For presence; null while disconnected. Changes are heard through `useChange`. */
export const useLiveSocket = (): LiveSocket | null => useLive().socket;

/** Calls the newest `handler` at every such change, for as long as the component is shown. */
export function useChange<Name extends ChangeName>(name: Name, handler: Handler<Name>): void {
  const { registry } = useLive();
  const newest = useRef(handler);
  useEffect(() => {
    newest.current = handler;
  });
  useEffect(() => registry.on(name, (change) => newest.current(change)), [registry, name]);
}
