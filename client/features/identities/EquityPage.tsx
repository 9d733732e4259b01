// Duty: the optional question, asked apart from every case; for coordinators the one sum of all answers below it.
import { Button, Checkbox, Table, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { EquityAnswerInput } from '../../../shared/equity.ts';
import {
  type Community,
  communities,
  type EquitySummary,
  equityThreshold,
} from '../../../shared/equityLists.ts';
import { api } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Inbox } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import classes from './panel.module.css';

export function EquityPage() {
  const { say } = useSpeech();
  const me = useMe();
  return (
    <Page narrow>
      <PageHead title={say('equity.title')} tabTitle={say('equity.title')} lead={say('equity.about')} />
      <EquityForm />
      {me.abilities.readEquity && <Summary />}
    </Page>
  );
}

/** Takes no case and no person: there is nothing to hand it. */
function EquityForm() {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const [chosen, setChosen] = useState<Community[]>([]);
  const [ownWords, setOwnWords] = useState('');
  const send = useMutation({
    gcTime: 0,
    mutationFn: (answer: EquityAnswerInput) => api.post<void>('/api/equity-answers', answer),
    onSuccess: () => {
      setChosen([]);
      setOwnWords('');
    },
  });
  if (send.isSuccess)
    return (
      <EmptyState
        icon={Inbox}
        title={say('equity.sent')}
        action={
          <Button variant="default" onClick={() => send.reset()}>
            {say('equity.another')}
          </Button>
        }
      />
    );
  const faults = send.error ? explain(send.error, ['communities', 'ownWords']) : null;
  /** "I prefer not to say" stands alone. */
  const choose = (values: string[]) => {
    const last = values.find((value) => !chosen.includes(value as Community));
    setChosen(
      (last === 'prefer_not_to_say'
        ? [last]
        : values.filter((value) => value !== 'prefer_not_to_say')) as Community[],
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ communities: chosen, ownWords: chosen.includes('other') ? ownWords : '' });
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate autoComplete="off">
      <FormError words={faults?.whole ?? null} />
      <Checkbox.Group
        label={say('equity.question')}
        value={chosen}
        onChange={choose}
        error={faults?.fields.communities}
      >
        <div className={classes.form} style={{ gap: '0.6rem', marginTop: '0.5rem' }}>
          {communities.map((community) => (
            <Checkbox key={community} value={community} label={say(`equity.community.${community}`)} />
          ))}
        </div>
      </Checkbox.Group>
      {chosen.includes('other') && (
        <TextInput
          label={say('equity.ownWords')}
          description={say('equity.ownWords.hint')}
          value={ownWords}
          maxLength={40}
          onChange={(event) => setOwnWords(event.currentTarget.value)}
          error={faults?.fields.ownWords}
          autoComplete="off"
        />
      )}
      <div className={classes.foot}>
        <Button type="submit" loading={send.isPending}>
          {say('equity.send')}
        </Button>
      </div>
    </form>
  );
}

function Summary() {
  const { say, number } = useSpeech();
  const summary = useQuery({
    queryKey: ['equity'],
    queryFn: ({ signal }) => api.get<{ data: EquitySummary }>('/api/equity-answers/summary', { signal }),
    select: (answer) => answer.data,
  });
  const count = (value: number | null) => (value === null ? say('equity.withheld') : number(value));
  if (!summary.data)
    return summary.error ? (
      <ErrorState error={summary.error} onRetry={() => void summary.refetch()} />
    ) : (
      <LoadingState />
    );
  const { months, answers, ownWords } = summary.data;
  return (
    <section className={classes.panel} style={{ marginTop: '2rem' }} aria-labelledby="equity-sum">
      <h2 id="equity-sum" style={{ fontSize: '1.0625rem', margin: 0 }}>
        {say('equity.summary')}
      </h2>
      <p className={classes.about}>{say('equity.summary.about', { threshold: equityThreshold })}</p>
      {!months ? (
        <p>{say('equity.summary.none')}</p>
      ) : (
        <>
          <p>{say('equity.summary.months', months)}</p>
          <Table>
            <Table.Tbody>
              {communities.map((community) => (
                <Table.Tr key={community}>
                  <Table.Th scope="row">{say(`equity.community.${community}`)}</Table.Th>
                  <Table.Td>{count(summary.data.communities[community])}</Table.Td>
                </Table.Tr>
              ))}
              {ownWords.map(({ words, count: many }) => (
                <Table.Tr key={words}>
                  <Table.Th scope="row">“{words}”</Table.Th>
                  <Table.Td>{number(many)}</Table.Td>
                </Table.Tr>
              ))}
              <Table.Tr>
                <Table.Th scope="row">{say('equity.summary.answers')}</Table.Th>
                <Table.Td>{count(answers)}</Table.Td>
              </Table.Tr>
            </Table.Tbody>
          </Table>
        </>
      )}
    </section>
  );
}
