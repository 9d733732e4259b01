// Duty: the workspace of letters: what waits for a reply (late first), what is to be sent, which ladder goes on, what has ended.
import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import type { LetterGroup } from '../../../shared/letterLists.ts';
import { paths } from '../../app/paths.ts';
import { useAddress } from '../../lib/address.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { FunnelX, Mail, Plus } from '../../ui/icons.ts';
import { NarrowToMunicipality } from '../../ui/narrowing.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState } from '../../ui/states.tsx';
import classes from './institutions.module.css';
import { LetterItems } from './LetterItems.tsx';
import { useLetters, useLiveLetters } from './useLetters.ts';

const open = ['waiting', 'drafts', 'to_escalate'] as const;

export function LettersPage() {
  const { say, number } = useSpeech();
  const me = useMe();
  const [search, change] = useAddress();
  const [endedShown, setEndedShown] = useState(false);
  const municipality = search.get('municipality') ?? '';
  const unanswered = search.get('unanswered') === 'true';
  const filter = municipality ? { municipality } : {};
  useLiveLetters();
  const first = useLetters({ ...filter, group: 'waiting' });
  const page = first.data?.pages[0];
  const none = page && Object.values(page.groups).every((count) => count === 0) && !municipality;
  const write = page?.abilities.write
    ? { label: say('letters.write'), icon: Plus, to: paths.newLetter.href() }
    : undefined;
  return (
    <Page>
      <PageHead
        title={say('letters.title')}
        tabTitle={say('letters.title')}
        lead={say('letters.about')}
        primary={write}
      />
      {me.role === 'coordinator' && !none && (
        <search className={classes.filters}>
          <NarrowToMunicipality
            label={say('letters.filter.municipality')}
            all={say('institutions.municipality.any')}
            none={say('letters.filter.central')}
            value={municipality}
            onChange={(one) => change({ municipality: one || null })}
          />
        </search>
      )}
      {none ? (
        <EmptyState icon={Mail} title={say('letters.empty')} text={say('letters.emptyText')} />
      ) : unanswered ? (
        <section>
          <div className={classes.groupHead}>
            <h2 className={classes.groupTitle}>{say('letters.filter.unanswered')}</h2>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<FunnelX size={17} aria-hidden />}
              onClick={() => change({ unanswered: null })}
            >
              {say('letters.toList')}
            </Button>
          </div>
          <LetterItems filter={{ ...filter, unanswered: 'true' }} empty={say('letters.group.none')} />
        </section>
      ) : (
        <div className={classes.groups}>
          {open.map((group) => (
            <Group key={group} group={group} filter={filter} count={page?.groups[group]} />
          ))}
          {endedShown ? (
            <Group group="ended" filter={filter} count={page?.groups.ended} />
          ) : (
            (page?.groups.ended ?? 0) > 0 && (
              <div>
                <Button variant="subtle" onClick={() => setEndedShown(true)}>
                  {say('letters.group.ended')} ({number(page?.groups.ended ?? 0)})
                </Button>
              </div>
            )
          )}
        </div>
      )}
    </Page>
  );
}

function Group({
  group,
  filter,
  count,
}: {
  group: LetterGroup;
  filter: { municipality?: string };
  count: number | undefined;
}) {
  const { say, number } = useSpeech();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={classes.groupTitle}>
        {say(`letters.group.${group}`)}{' '}
        {count ? <span className={classes.count}>{number(count)}</span> : null}
      </h2>
      <LetterItems filter={{ ...filter, group }} empty={say('letters.group.none')} />
    </section>
  );
}
