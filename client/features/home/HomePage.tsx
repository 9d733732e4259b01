// Duty: "My week": what is to do, whom we wait for, what is new; the triage queue and what is stuck for those who answer for it. No charts.
import { Button } from '@mantine/core';
import { CalendarCheck, ClockAlert, FolderOpen } from 'lucide-react';
import { type ReactNode, Suspense, useId } from 'react';
import { Link } from 'react-router';
import type { CaseRow } from '../../../shared/caseViews.ts';
import type { MyWeek, WaitingRow } from '../../../shared/caseWork.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { stepTitle } from '../../lib/stepTitle.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { StatusWord, UrgencyWord } from '../../ui/StatusWord.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { CaseLink, ExampleBadge, RelativeTime } from '../../ui/words.tsx';
import classes from './home.module.css';
import { listHref } from './listHref.ts';
import { Stuck } from './Stuck.tsx';
import { useHomeSlots } from './slots.tsx';
import { useMyWeek } from './useHome.ts';

/** Rows shown before "see all". */
const short = 6;

export function HomePage() {
  const { say, date } = useSpeech();
  const me = useMe();
  const { Referrals } = useHomeSlots();
  const { data: week, error, refetch } = useMyWeek(me.abilities.listCases);
  return (
    <Page>
      <PageHead
        title={say('home.title')}
        tabTitle={say('home.title')}
        lead={`${say('home.greeting', { name: me.name })} · ${date(new Date())}`}
      />
      {Referrals && me.abilities.listCases && (
        <Suspense>
          <Referrals />
        </Suspense>
      )}
      {!me.abilities.listCases ? (
        <EmptyState
          icon={CalendarCheck}
          title={say('home.noCases')}
          text={say('home.noCases.text')}
          action={
            <>
              {me.abilities.manageUsers && (
                <Button component={Link} to={paths.users.href()}>
                  {say('nav.users')}
                </Button>
              )}
              {me.abilities.manageOrganisations && (
                <Button component={Link} to={paths.organisations.href()} variant="default">
                  {say('nav.organisations')}
                </Button>
              )}
            </>
          }
        />
      ) : week ? (
        <Week week={week} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingState />
      )}
    </Page>
  );
}

function Week({ week }: { week: MyWeek }) {
  const { say, speaker } = useSpeech();
  const me = useMe();
  const nothingAtAll =
    me.abilities.logCase &&
    week.toDo.length + week.waiting.length + week.fresh.length + (week.triage?.total ?? 0) === 0 &&
    week.since === null &&
    !week.stuck?.some((one) => one.open > 0);
  if (nothingAtAll)
    return (
      <EmptyState
        icon={FolderOpen}
        title={say('case.list.empty')}
        text={say('case.list.emptyHint')}
        action={
          me.abilities.logCase && (
            <Button component={Link} to={paths.logCase.href()} data-logs-case>
              {say('home.firstCase')}
            </Button>
          )
        }
      />
    );
  return (
    <div className={classes.week}>
      {week.triage && (
        <Block
          title={say('home.triage')}
          count={week.triage.total}
          about={say('home.triage.about')}
          empty={say('home.triage.empty')}
          all={listHref('status=new&sort=oldest')}
          rows={week.triage.rows.length}
          wide
        >
          {week.triage.rows.slice(0, short).map((row) => (
            <Row key={row.id} row={row} aside={<RelativeTime when={row.loggedAt} />} urgency />
          ))}
        </Block>
      )}
      {week.stuck && <Stuck stuck={week.stuck} />}
      <Block
        title={say('home.toDo')}
        count={week.toDo.length}
        about={say('home.toDo.about')}
        empty={say('home.toDo.empty')}
        all={listHref('lead=me&sort=next_step')}
        rows={week.toDo.length}
      >
        {week.toDo.slice(0, short).map((row) => (
          <Row
            key={row.id}
            row={row}
            step={row.nextStep ? stepTitle(speaker, row.nextStep) : undefined}
            aside={
              row.nextStep && (
                <span className={row.late ? classes.late : undefined}>
                  {row.late && (
                    <>
                      <ClockAlert size={16} aria-hidden /> {say('case.late')}:{' '}
                    </>
                  )}
                  <RelativeTime when={row.nextStep.due} />
                </span>
              )
            }
          />
        ))}
      </Block>
      <Block
        title={say('home.waiting')}
        count={week.waiting.length}
        empty={say('home.waiting.empty')}
        all={listHref('status=waiting')}
        rows={week.waiting.length}
      >
        {week.waiting.slice(0, short).map((row) => (
          <WaitingLine key={row.id} row={row} />
        ))}
      </Block>
      <Fresh week={week} />
    </div>
  );
}

function WaitingLine({ row }: { row: WaitingRow }) {
  const { say, relative } = useSpeech();
  return (
    <Row
      row={row}
      step={say('home.waiting.since', {
        party: say(`case.party.${row.waitingOn.party}`),
        when: relative(row.waitingOn.since),
      })}
      aside={say('home.waiting.until', { when: relative(row.waitingOn.until) })}
    />
  );
}

function Fresh({ week }: { week: MyWeek }) {
  const { say, relative } = useSpeech();
  return (
    <Block
      title={say('home.new')}
      count={week.fresh.length}
      empty={week.since ? say('home.new.empty', { when: relative(week.since) }) : say('home.new.emptyEver')}
      all={listHref('sort=changed')}
      rows={week.fresh.length}
    >
      {week.fresh.slice(0, short).map((row) => (
        <Row key={row.id} row={row} status aside={<RelativeTime when={row.changedAt} />} />
      ))}
    </Block>
  );
}

function Block(props: {
  title: string;
  count: number;
  about?: string;
  empty: string;
  all: string;
  rows: number;
  wide?: boolean;
  children: ReactNode;
}) {
  const { say, number } = useSpeech();
  const id = useId();
  return (
    <section className={classes.block} data-wide={props.wide || undefined} aria-labelledby={id}>
      <div className={classes.blockHead}>
        <h2 id={id}>
          {props.title} {props.count > 0 && <span className={classes.count}>{number(props.count)}</span>}
        </h2>
        {props.about && props.count > 0 && <p>{props.about}</p>}
      </div>
      {props.rows === 0 ? (
        <p className={classes.empty}>{props.empty}</p>
      ) : (
        <ul className={classes.rows}>{props.children}</ul>
      )}
      {props.count > Math.min(props.rows, short) && (
        <Link to={props.all} className={classes.all}>
          {say('home.all', { count: props.count })}
        </Link>
      )}
    </section>
  );
}

function Row(props: {
  row: CaseRow;
  step?: string | undefined;
  status?: boolean;
  urgency?: boolean;
  aside: ReactNode;
}) {
  const { row } = props;
  const placeName = usePlaceName();
  const glow = useGlow(row.version);
  return (
    <li className={`${classes.row} ${glow ?? ''}`}>
      <ThemeMark theme={row.theme} iconOnly />
      <span className={classes.words}>
        <CaseLink id={row.id} reference={row.reference} title={row.title} />
        {props.step && <span>{props.step}</span>}
        <span className={classes.faint}>
          {placeName(row.municipality, row.settlement)}
          {props.urgency && row.urgency !== 'normal' && <UrgencyWord urgency={row.urgency} />}
          {props.status && <StatusWord status={row.status} />}
          {row.example && <ExampleBadge />}
        </span>
      </span>
      <span className={classes.aside}>{props.aside}</span>
    </li>
  );
}
