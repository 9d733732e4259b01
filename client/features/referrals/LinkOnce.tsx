// Duty: the one-time link of an organisation without accounts, shown once until it was passed on: copied, printed, with what it shows. Kept nowhere.
import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ShareableField } from '../../../shared/consentLists.ts';
import type { Service } from '../../../shared/referralLists.ts';
import type { ReferralAnswer } from '../../../shared/referrals.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { CopyAction } from '../../ui/CopyAction.tsx';
import { MailCheck, Printer } from '../../ui/icons.ts';
import { Paper } from '../../ui/Paper.tsx';
import classes from './referrals.module.css';
import { fieldWords } from './words.tsx';

interface Props {
  link: NonNullable<ReferralAnswer['link']>;
  reference: string;
  recipient: string;
  service: Service;
  sharedFields: ShareableField[];
  message: string;
  replyBy: string;
  onPut: () => void;
}

export function LinkOnce(props: Props) {
  const { say, date, list } = useSpeech();
  const { link, reference, recipient } = props;
  const [printing, setPrinting] = useState(false);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    place.current?.focus();
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const shows = [
    say(`service.${props.service}`),
    ...props.sharedFields.map((field) => fieldWords(say, field)),
  ];
  return (
    <section ref={place} tabIndex={-1} className={classes.link} aria-label={say('referrals.link.title')}>
      <h2 className={classes.boxTitle}>{say('referrals.link.title')}</h2>
      {link.url === null ? (
        <p>
          <MailCheck size={18} aria-hidden className={classes.inline} />{' '}
          {say('referrals.link.mailed', { name: recipient })}
        </p>
      ) : (
        <>
          <p>{say('referrals.link.about', { name: recipient })}</p>
          <TextInput
            aria-label={say('referrals.link.title')}
            value={link.url}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
        </>
      )}
      <p className={classes.faint}>
        {say('referrals.link.shows', { fields: list(shows) })}{' '}
        {say('referrals.link.until', { date: date(link.until) })}
      </p>
      <div className={classes.cardFoot}>
        {link.url !== null && (
          <>
            <CopyAction value={link.url} />
            <Button
              variant="default"
              leftSection={<Printer size={18} aria-hidden />}
              onClick={() => setPrinting(true)}
            >
              {say('referrals.link.print')}
            </Button>
          </>
        )}
        <Button variant="default" onClick={props.onPut}>
          {say('referrals.link.put')}
        </Button>
      </div>
      {printing && (
        <Paper onPrinted={() => setPrinting(false)}>
          <h1>{say('referrals.link.paper', { name: recipient })}</h1>
          <p>
            {reference}. {say(`service.${props.service}`)}.{' '}
            {say('referrals.link.answerBy', { date: date(props.replyBy) })}
          </p>
          {props.message && <p>{props.message}</p>}
          <p>{say('referrals.link.paper.open')}</p>
          <p>
            <strong>{link.url}</strong>
          </p>
          <p>{say('referrals.link.shows', { fields: list(shows) })}</p>
          <p>{say('referrals.link.until', { date: date(link.until) })}</p>
        </Paper>
      )}
    </section>
  );
}
