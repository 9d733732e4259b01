// Duty: one colleague's open work given to another in one go, with the result of each case.
import { Button, Checkbox, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { limits } from '../../../shared/caseLists.ts';
import type { HandOverWork } from '../../../shared/caseWork.ts';
import { refusalWords, useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useColleagues, usePlaceName } from '../../lib/places.ts';
import { stepTitle } from '../../lib/stepTitle.ts';
import { FormError } from '../../ui/FormError.tsx';
import { ArrowRightLeft, CircleCheck, CircleX } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { StatusWord } from '../../ui/StatusWord.tsx';
import { useSaid } from '../../ui/said.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { CaseLink } from '../../ui/words.tsx';
import { ColleagueSelect } from './ColleagueSelect.tsx';
import classes from './handOver.module.css';
import { useHandOver, useHandOverWork, useLiveLists } from './useCases.ts';

export function HandOverPage() {
  const { say } = useSpeech();
  const [params, setParams] = useSearchParams();
  const from = params.get('from');
  const work = useHandOverWork(from);
  const { tell, said } = useSaid();
  useLiveLists();
  return (
    <Page>
      <PageHead
        title={say('case.handOver')}
        tabTitle={say('case.handOver')}
        lead={say('case.handOver.about')}
      />
      <div className={classes.from}>
        <ColleagueSelect
          label={say('case.handOver.from')}
          municipality={null}
          value={from}
          left
          onChange={(id) => setParams(id ? { from: id } : {}, { replace: true })}
        />
      </div>
      {from &&
        (work.isError ? (
          <ErrorState error={work.error} onRetry={() => void work.refetch()} />
        ) : work.data ? (
          <Work key={from} work={work.data} onSaid={tell} />
        ) : (
          <LoadingState />
        ))}
      {said}
    </Page>
  );
}

function Work({ work, onSaid }: { work: HandOverWork; onSaid: (words: string) => void }) {
  const { say, speaker, date } = useSpeech();
  const placeName = usePlaceName();
  const words = useErrorWords();
  const { data: colleagues = [] } = useColleagues();
  const handOver = useHandOver();
  const [to, setTo] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const refused = new Map(
    handOver.data?.data.filter((one) => !one.ok).map((one) => [one.id, one.code]) ?? [],
  );
  const chosen = work.cases.filter((row) => !left.has(row.id)).slice(0, limits.bulk);
  const municipalities = new Set(chosen.map((row) => row.municipality));
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!to || chosen.length === 0) return;
    handOver.mutate(
      { from: work.person.id, to, ids: chosen.map((row) => row.id) },
      {
        onSuccess: ({ data }) =>
          onSaid(
            say('case.handOver.done', {
              count: data.filter((one) => one.ok).length,
              name: colleagues.find((one) => one.id === to)?.name ?? '',
            }),
          ),
      },
    );
  };
  if (work.cases.length === 0)
    return <EmptyState icon={CircleCheck} title={say('case.handOver.nothing', { name: work.person.name })} />;
  return (
    <form onSubmit={send}>
      <Stack>
        <FormError words={handOver.error ? words(handOver.error) : null} />
        <fieldset className={classes.fieldset}>
          <legend>
            {work.person.name}: {say('case.handOver.open', { count: work.cases.length })}
          </legend>
          <ul className={classes.rows}>
            {work.cases.map((row) => {
              const code = refused.get(row.id);
              return (
                <li key={row.id} className={classes.row}>
                  <Checkbox
                    checked={!left.has(row.id)}
                    aria-label={say('case.list.select', { reference: row.reference })}
                    onChange={() =>
                      setLeft((before) => {
                        const after = new Set(before);
                        if (!after.delete(row.id)) after.add(row.id);
                        return after;
                      })
                    }
                  />
                  <ThemeMark theme={row.theme} iconOnly />
                  <span className={classes.words}>
                    <CaseLink id={row.id} reference={row.reference} title={row.title} />
                    <span className={classes.faint}>
                      {placeName(row.municipality, row.settlement)} ·{' '}
                      {say(row.as === 'lead' ? 'case.handOver.asLead' : 'case.handOver.asCollaborator')}
                      {row.nextStep && ` · ${stepTitle(speaker, row.nextStep)}, ${date(row.nextStep.due)}`}
                    </span>
                    {code && (
                      <span className={classes.refused}>
                        <CircleX size={16} aria-hidden />{' '}
                        {say('case.bulk.refused', { why: refusalWords(speaker, code) })}
                      </span>
                    )}
                  </span>
                  <StatusWord status={row.status} />
                </li>
              );
            })}
          </ul>
        </fieldset>
        <div className={classes.to}>
          <ColleagueSelect
            label={say('case.handOver.to')}
            municipality={municipalities.size === 1 ? [...municipalities][0]! : null}
            value={to}
            onChange={setTo}
            without={[work.person.id]}
          />
          <Button
            type="submit"
            loading={handOver.isPending}
            disabled={!to || chosen.length === 0}
            leftSection={<ArrowRightLeft size={18} aria-hidden />}
          >
            {say('case.handOver.go', { count: chosen.length })}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
