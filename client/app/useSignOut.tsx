// Duty: leaving, here or on every device. What this device kept goes too, and what nobody else has is asked about first.
import { Anchor } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ApiError, api } from '../lib/api.ts';
import { useSay } from '../lib/i18n.tsx';
import { useOutbox } from '../lib/offline.tsx';
import { useSession } from '../lib/session.tsx';
import { type Unsent, useUnsent } from '../lib/unsent.ts';
import { paths } from './paths.ts';

type Where = 'here' | 'everywhere';

// Few are ever asked, so a page does not carry the question.
const ConfirmDialog = lazy(async () => ({
  default: (await import('../ui/ConfirmDialog.tsx')).ConfirmDialog,
}));
const UnsentNote = lazy(async () => ({ default: (await import('../ui/UnsentNote.tsx')).UnsentNote }));

const endPush = async () => (await import('../features/notifications/push.ts')).endPushHere();

/** `question` is to be rendered where the menu's closing does not take it away; `onLook` when the person goes to see what is unsent. */
export function useSignOut(onLook?: () => void): { leave: (where: Where) => void; question: ReactNode } {
  const say = useSay();
  const { signedOut } = useSession();
  const outbox = useOutbox();
  const unsentHere = useUnsent();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<{ where: Where; unsent: Unsent } | null>(null);
  const leaving = useMutation({
    mutationFn: async (where: Where) => {
      // Whoever signs in here next must not be shown this person's notices.
      await endPush().catch(() => undefined);
      try {
        await api.delete(where === 'here' ? '/api/session' : '/api/sessions', undefined, { quiet: true });
      } catch (error) {
        // Already out is out.
        if (!(error instanceof ApiError && error.status === 401)) throw error;
      }
    },
    onSuccess: () => {
      outbox.clear();
      signedOut();
      void navigate(paths.signIn.href());
    },
  });
  const close = () => setAsked(null);
  return {
    leave(where) {
      const unsent = unsentHere();
      if (unsent) setAsked({ where, unsent });
      else leaving.mutate(where);
    },
    question: asked && (
      <Suspense>
        <ConfirmDialog
          opened
          title={say('shell.unsent.title')}
          confirm={say('shell.unsent.leave')}
          grave
          loading={leaving.isPending}
          onConfirm={() => leaving.mutate(asked.where)}
          onClose={close}
        >
          <UnsentNote unsent={asked.unsent} />
          <Anchor
            component={Link}
            to={paths.logCase.href()}
            onClick={() => {
              close();
              onLook?.();
            }}
          >
            {say('shell.unsent.look')}
          </Anchor>
        </ConfirmDialog>
      </Suspense>
    ),
  };
}
