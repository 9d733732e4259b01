// Duty: one file on its way to a commitment: sent with an id of its own, what failed and why. No view.
import { useState } from 'react';
import { newId } from '../../../shared/ids.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useAddEvidence } from './useCommitments.ts';

export function useEvidenceUpload(
  commitmentId: string,
  onAdded: (evidence: string, version: number) => void,
) {
  const words = useErrorWords();
  const send = useAddEvidence(commitmentId);
  const [failed, setFailed] = useState<string | null>(null);
  return {
    sending: send.isPending,
    failed,
    async add(file: File) {
      const evidence = newId();
      setFailed(null);
      try {
        const { data } = await send.mutateAsync({ evidence, file });
        onAdded(evidence, data.version);
      } catch (error) {
        setFailed(words(error));
      }
    },
  };
}
