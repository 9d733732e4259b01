// Duty: a finished draft goes to the outbox, its photos behind it; what waits, what was refused, what arrived. Exactly once: by its id.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../../../shared/api.ts';
import { casePaths } from '../../../../shared/casePaths.ts';
import type { CaseLogged } from '../../../../shared/caseViews.ts';
import { newId } from '../../../../shared/ids.ts';
import { useSpeech } from '../../../lib/i18n.tsx';
import { useOutbox, useOutboxState } from '../../../lib/offline.tsx';
import { ownTexts } from '../../../lib/ownStore.ts';
import { useMe } from '../../../lib/session.tsx';
import { identityKey, identityPath, movedFromText, unsealedName } from '../../../lib/vault.ts';
import { allLogged, readLogged } from '../logged.ts';
import { caseFrom } from './complete.ts';
import type { Draft } from './drafts.ts';
import { useDraftStore } from './useDraft.ts';

export type Sent = { logged: CaseLogged } | { kept: true } | { error: unknown };

export function useSend() {
  const outbox = useOutbox();
  const store = useDraftStore();
  const client = useQueryClient();
  const me = useMe();
  const { language } = useSpeech();
  const [sending, setSending] = useState(false);
  /** Behind the case, by the vault's own door: what it takes stands in no letter, only its name in the sealed store. */
  const sealLater = ({ id, identity = {} }: Draft) => {
    if (Object.keys(identity).length === 0) return;
    ownTexts(me.id).set(unsealedName(id), JSON.stringify(movedFromText(identity)));
    outbox
      .post({ id: newId(), method: 'PUT', path: identityPath(id), body: null, text: unsealedName(id) })
      .catch(() => {})
      .finally(() => void client.invalidateQueries({ queryKey: identityKey(id) }));
  };
  const send = async (draft: Draft): Promise<Sent> => {
    setSending(true);
    // Marked before anything leaves: a browser killed now finds it waiting, not unfinished.
    store.save({ ...draft, sent: true });
    try {
      const answer = await outbox.post<Answer<CaseLogged>>({
        id: draft.id,
        method: 'POST',
        path: casePaths.cases,
        body: caseFrom(draft, language),
        keepAnswer: true,
      });
      for (const photo of draft.photos) {
        const path = `${casePaths.evidence(draft.id)}?id=${photo.id}`;
        outbox
          .post({ id: photo.id, method: 'POST', path, body: null, file: photo.id })
          .catch(() => {})
          .finally(() => void client.invalidateQueries({ queryKey: ['cases', 'one', draft.id] }));
      }
      sealLater(draft);
      if (!answer) return { kept: true };
      store.remove(draft.id);
      void client.invalidateQueries({ queryKey: ['cases'] });
      void client.invalidateQueries({ queryKey: ['my-week'] });
      return { logged: answer.data };
    } catch (error) {
      store.save({ ...draft, sent: false });
      return { error };
    } finally {
      setSending(false);
    }
  };
  return { send, sending };
}

export type DraftState = 'writing' | 'waiting' | 'refused';

/** What this device holds: drafts with where they stand, and cases that arrived by themselves with a receipt to pass on. */
export function useHeld(): { drafts: { draft: Draft; state: DraftState }[]; arrived: CaseLogged[] } {
  const me = useMe();
  const outbox = useOutbox();
  const { refused } = useOutboxState();
  const store = useDraftStore();
  const drafts = store.all().flatMap((draft) => {
    if (readLogged(me.id, draft.id)) {
      store.remove(draft.id);
      return [];
    }
    const state: DraftState = refused.some((one) => one.letter.id === draft.id)
      ? 'refused'
      : draft.sent && outbox.has(draft.id)
        ? 'waiting'
        : 'writing';
    return [{ draft, state }];
  });
  return { drafts, arrived: allLogged(me.id) };
}
