// Duty: letters about one thing as a box on its page; from there a new one is begun. Which thing: the caller's.
import { Button } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { isGone } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { MailPlus } from '../../ui/icons.ts';
import classes from './institutions.module.css';
import { LetterItems } from './LetterItems.tsx';
import { type LetterFilter, useLetters, useLiveLetters } from './useLetters.ts';

interface Props {
  filter: LetterFilter;
  title: string;
  /** What a new letter begins with; null where writing is offered elsewhere. */
  query: Record<string, string> | null;
  about?: ReactNode;
}

export function LettersBox({ filter, title, query, about }: Props) {
  const { say } = useSpeech();
  const id = useId();
  useLiveLetters();
  const asked = useLetters(filter);
  if (asked.error && isGone(asked.error)) return null;
  const page = asked.data?.pages[0];
  return (
    <section className={classes.box} aria-labelledby={id}>
      <div className={classes.boxHead}>
        <h2 id={id} className={classes.boxTitle}>
          {title}
        </h2>
        {page?.abilities.write && query && (
          <Button
            component={Link}
            to={`${paths.newLetter.href()}?${new URLSearchParams(query)}`}
            variant="light"
            leftSection={<MailPlus size={18} aria-hidden />}
          >
            {say('letters.write')}
          </Button>
        )}
      </div>
      {about}
      <LetterItems filter={filter} empty={say('letters.of.none')} />
    </section>
  );
}
