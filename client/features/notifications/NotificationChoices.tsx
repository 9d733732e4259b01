// Duty: on the account page: of what one is told, how, and not at which hours; and whether this browser is pushed to.
import { Button, NativeSelect, Paper, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import {
  eventsOf,
  type NotificationChannel,
  notificationChannels,
  usualChannel,
} from '../../../shared/notificationLists.ts';
import type { NotificationChoices as Choices } from '../../../shared/notifications.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import classes from './notifications.module.css';
import { PushHere } from './PushHere.tsx';
import { useChoices, useChoose } from './useNotifications.ts';

/** Where somebody begins who wants their nights. */
const usualNight = { from: '20:00', to: '07:00' };

/** Under which place of the menu an event stands; what is of none, with the cases. */
const places = {
  'nav.referrals': 'referral.',
  'nav.cases': 'case.',
  'nav.campaigns': 'campaign.',
  'nav.commitments': 'commitment.',
  'nav.letters': 'letter.',
  'nav.progress': 'release.',
} as const;
type Legend = keyof typeof places;
const placeOf = (event: string): Legend =>
  (Object.keys(places) as Legend[]).find((legend) => event.startsWith(places[legend])) ?? 'nav.cases';

export function NotificationChoices() {
  const { say } = useSpeech();
  const me = useMe();
  const { hash } = useLocation();
  const place = useRef<HTMLDivElement>(null);
  const asked = useChoices();
  const isHere = asked.data !== undefined;
  useEffect(() => {
    if (isHere && hash === '#notifications') place.current?.scrollIntoView();
  }, [hash, isHere]);
  if (eventsOf(me.role).length === 0) return null;
  return (
    <Paper
      ref={place}
      component="section"
      withBorder
      p="lg"
      radius="lg"
      aria-labelledby="my-notifications"
      className={classes.choices}
    >
      <Stack>
        <div>
          <Title order={2} id="my-notifications">
            {say('notifications.choices')}
          </Title>
          <Text c="dimmed">{say('notifications.choices.about')}</Text>
        </div>
        {asked.data ? (
          <Form choices={asked.data} />
        ) : asked.error ? (
          <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
        ) : (
          <LoadingState />
        )}
        <PushHere />
      </Stack>
    </Paper>
  );
}

function Form({ choices }: { choices: Choices }) {
  const { say } = useSpeech();
  const me = useMe();
  const explain = useFormFaults();
  const choose = useChoose();
  const [events, setEvents] = useState(choices.events);
  const [quiet, setQuiet] = useState(choices.quiet);
  const faults = choose.error ? explain(choose.error, ['quiet.from', 'quiet.to']) : null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    choose.mutate(
      { events, quiet },
      { onSuccess: () => notifications.show({ message: say('common.saved') }) },
    );
  };
  const groups = (Object.keys(places) as Legend[])
    .map((legend) => ({ legend, own: eventsOf(me.role).filter((event) => placeOf(event) === legend) }))
    .filter(({ own }) => own.length > 0);
  const channels = notificationChannels.map((value) => ({
    value,
    label: say(`notifications.channel.${value}`),
  }));
  return (
    <form onSubmit={send} noValidate>
      <Stack>
        <FormError words={faults?.whole ?? null} />
        {groups.map(({ legend, own }) => (
          <fieldset key={legend} className={classes.group}>
            <legend>{say(legend)}</legend>
            <div className={classes.events}>
              {own.map((event) => (
                <NativeSelect
                  key={event}
                  label={say(`notifications.event.${event}`)}
                  data={channels}
                  value={events[event] ?? usualChannel}
                  onChange={(change) =>
                    setEvents({ ...events, [event]: change.currentTarget.value as NotificationChannel })
                  }
                />
              ))}
            </div>
          </fieldset>
        ))}
        <Switch
          label={say('notifications.quiet')}
          description={say('notifications.quiet.about')}
          checked={quiet !== null}
          onChange={(event) => setQuiet(event.currentTarget.checked ? usualNight : null)}
        />
        {quiet && (
          <div className={classes.hours}>
            <TextInput
              type="time"
              label={say('notifications.quiet.from')}
              value={quiet.from}
              onChange={(event) => setQuiet({ ...quiet, from: event.currentTarget.value })}
              error={faults?.fields['quiet.from']}
            />
            <TextInput
              type="time"
              label={say('notifications.quiet.to')}
              value={quiet.to}
              onChange={(event) => setQuiet({ ...quiet, to: event.currentTarget.value })}
              error={faults?.fields['quiet.to']}
            />
          </div>
        )}
        <Button type="submit" loading={choose.isPending} style={{ alignSelf: 'start' }}>
          {say('common.save')}
        </Button>
      </Stack>
    </form>
  );
}
