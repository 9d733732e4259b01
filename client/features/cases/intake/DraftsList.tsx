// Duty: what this device still holds of logging: unfinished, waiting for the network, refused, and arrived with a receipt to pass on.
import { Button, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CaseLogged } from '../../../../shared/caseViews.ts';
import { paths } from '../../../app/paths.ts';
import { useSay } from '../../../lib/i18n.tsx';
import { useOutbox } from '../../../lib/offline.tsx';
import { ownFiles } from '../../../lib/ownStore.ts';
import { useMe } from '../../../lib/session.tsx';
import { CloudUpload, FilePen, Plus, Trash2, TriangleAlert } from '../../../ui/icons.ts';
import { useSaid } from '../../../ui/said.tsx';
import { RelativeTime } from '../../../ui/words.tsx';
import { type Draft, titleFrom } from './drafts.ts';
import classes from './intake.module.css';
import { useDraftStore } from './useDraft.ts';
import type { DraftState } from './useSend.ts';

const icons = { writing: FilePen, waiting: CloudUpload, refused: TriangleAlert } as const;

export function DraftsList(props: {
  drafts: { draft: Draft; state: DraftState }[];
  arrived: CaseLogged[];
  onFresh: () => void;
}) {
  const say = useSay();
  const me = useMe();
  const store = useDraftStore();
  const outbox = useOutbox();
  const { tell, said } = useSaid();
  const [, look] = useState(0);
  const titleOf = (draft: Draft) =>
    draft.fields.title || titleFrom(draft.fields.description ?? '') || say('case.log.draft.untitled');
  const throwAway = (draft: Draft) => {
    store.remove(draft.id);
    outbox.drop(draft.id);
    look((n) => n + 1);
    // The photos go only when bringing it back is no longer offered.
    const forget = setTimeout(() => {
      for (const photo of draft.photos) void ownFiles.remove(me.id, photo.id).catch(() => {});
    }, 8000);
    tell(say('case.log.draft.undo'), {
      label: say('case.log.draft.undoDo'),
      act: () => {
        clearTimeout(forget);
        store.save(draft);
        look((n) => n + 1);
      },
    });
  };
  return (
    <>
      <Button size="lg" fullWidth leftSection={<Plus size={20} aria-hidden />} onClick={props.onFresh}>
        {say('case.log.draft.new')}
      </Button>
      {props.arrived.length > 0 && (
        <section className={classes.held}>
          <Title order={2}>{say('case.log.receipt')}</Title>
          <ul>
            {props.arrived.map((logged) => (
              <li key={logged.id} className={classes.heldItem}>
                <span>{say('case.log.done', { reference: logged.reference })}</span>
                <Button component={Link} to={paths.case.href(logged.id)} variant="light">
                  {say('case.log.receipt')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {props.drafts.length > 0 && (
        <section className={classes.held}>
          <Title order={2}>{say('case.log.drafts')}</Title>
          <ul>
            {props.drafts.map(({ draft, state }) => {
              const Icon = icons[state];
              return (
                <li key={draft.id} className={classes.heldItem}>
                  <Icon size={22} aria-hidden />
                  <span className={classes.heldWords}>
                    <b>{titleOf(draft)}</b>
                    <span className={classes.hint}>
                      {state === 'waiting' && say('case.log.draft.waiting')}
                      {state === 'refused' && say('case.log.draft.refused')}
                      {state === 'writing' && (
                        <>
                          {draft.fields.theme && `${say(`theme.${draft.fields.theme}`)} · `}
                          <RelativeTime when={new Date(draft.changedAt).toISOString()} />
                        </>
                      )}
                    </span>
                  </span>
                  {state !== 'waiting' && (
                    <span className={classes.heldActions}>
                      <Button
                        component={Link}
                        to={`${paths.logCase.href()}?draft=${draft.id}`}
                        variant="light"
                      >
                        {say('case.log.draft.resume')}
                      </Button>
                      <Button
                        variant="subtle"
                        color="gray"
                        aria-label={say('case.log.draft.removeOf', { title: titleOf(draft) })}
                        leftSection={<Trash2 size={18} aria-hidden />}
                        onClick={() => throwAway(draft)}
                      >
                        {say('case.log.draft.remove')}
                      </Button>
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {said}
    </>
  );
}
