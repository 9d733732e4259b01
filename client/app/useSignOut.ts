// Duty: leaving, here or on every device: what this device kept of the person goes too.
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ApiError, api } from '../lib/api.ts';
import { useOutbox } from '../lib/offline.tsx';
import { useSession } from '../lib/session.tsx';
import { paths } from './paths.ts';

export function useSignOut() {
  const { signedOut } = useSession();
  const outbox = useOutbox();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (where: 'here' | 'everywhere') => {
      try {
        await api.delete(where === 'here' ? '/api/session' : '/api/sessions', { quiet: true });
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
}
