// Duty: one draft while it is written: every change goes to the device at once, photos into its file store. Sending: useSend.ts.
import { useCallback, useMemo, useRef, useState } from 'react';
import { newId } from '../../../../shared/ids.ts';
import { ownFiles, ownTexts } from '../../../lib/ownStore.ts';
import { useMe } from '../../../lib/session.tsx';
import { type Draft, hasContent, makeDraftStore, newDraft } from './drafts.ts';

export function useDraftStore() {
  const me = useMe();
  return useMemo(() => makeDraftStore(ownTexts(me.id)), [me.id]);
}

export type DraftChange = Partial<Pick<Draft, 'step' | 'people' | 'photos' | 'identity' | 'sent'>> & {
  fields?: Draft['fields'];
};

export function useDraft(id: string) {
  const me = useMe();
  const store = useDraftStore();
  const [draft, setDraft] = useState<Draft>(
    () =>
      store.load(id) ?? newDraft(id, Date.now(), me.municipality ? { municipality: me.municipality } : {}),
  );
  const [kept, setKept] = useState(true);
  const newest = useRef(draft);
  const change = useCallback(
    (part: DraftChange) => {
      const before = newest.current;
      const after: Draft = {
        ...before,
        ...part,
        fields: { ...before.fields, ...part.fields },
        changedAt: Date.now(),
      };
      newest.current = after;
      setDraft(after);
      if (hasContent(after)) setKept(store.save(after));
    },
    [store],
  );
  const addPhoto = useCallback(
    async (file: File) => {
      const photo = { id: newId(), name: file.name || 'photo.jpg' };
      try {
        await ownFiles.put(me.id, photo.id, { blob: file, name: photo.name });
      } catch {
        setKept(false);
        return;
      }
      change({ photos: [...newest.current.photos, photo] });
    },
    [change, me.id],
  );
  const removePhoto = useCallback(
    (photoId: string) => {
      change({ photos: newest.current.photos.filter((one) => one.id !== photoId) });
      void ownFiles.remove(me.id, photoId).catch(() => {});
    },
    [change, me.id],
  );
  return { draft, change, kept, addPhoto, removePhoto };
}
