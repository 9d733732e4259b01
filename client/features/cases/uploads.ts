// Duty: files on their way to a case: checked before sending, progress, cancelling, what failed and why. No view.
import { useEffect, useRef, useState } from 'react';
import { casePaths } from '../../../shared/casePaths.ts';
import { newId } from '../../../shared/ids.ts';
import { api } from '../../lib/api.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { useInstance } from '../../lib/places.ts';
import { type CaseAnswer, useKeepAnswer } from './useCases.ts';

export const accepted = 'image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf';

export interface Upload {
  id: string;
  name: string;
  /** 0 to 1. */
  share: number;
  failed: string | null;
}

export type FileFault = 'tooLarge' | 'wrongType';
/** What the server would refuse anyway, said before a slow line is used for it. While its limit is unknown, it decides. */
function fileFault(
  file: { size: number; type: string },
  largestMegabytes: number | undefined,
): FileFault | null {
  if (largestMegabytes && file.size > largestMegabytes * 1024 * 1024) return 'tooLarge';
  // Some phones name no type; the server looks inside.
  if (file.type && !/^image\/|^application\/pdf$/.test(file.type)) return 'wrongType';
  return null;
}

/** Why this file cannot be taken, in words; null when nothing speaks against it. */
export function useFileFaultWords(): (file: { size: number; type: string }) => string | null {
  const say = useSay();
  const { data: instance } = useInstance();
  const max = instance?.uploadMegabytes;
  return (file) => {
    const fault = fileFault(file, max);
    if (!fault) return null;
    return fault === 'tooLarge'
      ? say('case.evidence.tooLarge', { max: max! })
      : say('case.evidence.wrongType');
  };
}

export function useUploads(caseId: string, onAdded: (name: string) => void) {
  const words = useErrorWords();
  const faultWords = useFileFaultWords();
  const keep = useKeepAnswer(caseId);
  const [uploads, setUploads] = useState<Upload[]>([]);
  const controllers = useRef(new Map<string, AbortController>());
  const waiting = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    const running = controllers.current;
    const warn = (event: BeforeUnloadEvent) => {
      if (running.size > 0) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, []);
  const change = (id: string, part: Partial<Upload> | null) =>
    setUploads((before) =>
      part
        ? before.map((one) => (one.id === id ? { ...one, ...part } : one))
        : before.filter((one) => one.id !== id),
    );
  const send = async (id: string, file: File, controller: AbortController) => {
    if (controller.signal.aborted) return;
    try {
      const answer = await api.upload<CaseAnswer>(`${casePaths.evidence(caseId)}?id=${id}`, file, file.name, {
        signal: controller.signal,
        onProgress: (share) => change(id, { share }),
      });
      keep(answer);
      change(id, null);
      onAdded(file.name);
    } catch (error) {
      if (!controller.signal.aborted) change(id, { failed: words(error) });
    } finally {
      controllers.current.delete(id);
    }
  };
  return {
    uploads,
    /** One after the other: a slow line finishes one photo rather than none of five. */
    add(files: readonly File[]) {
      for (const file of files) {
        const id = newId();
        const failed = faultWords(file);
        setUploads((before) => [...before, { id, name: file.name, share: 0, failed }]);
        if (failed) continue;
        const controller = new AbortController();
        controllers.current.set(id, controller);
        waiting.current = waiting.current.then(() => send(id, file, controller));
      }
    },
    cancel(id: string) {
      controllers.current.get(id)?.abort();
      controllers.current.delete(id);
      change(id, null);
    },
  };
}
