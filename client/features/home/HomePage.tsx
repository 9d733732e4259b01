// Duty: "My week": what is to do, whom we wait for, what is new; the triage queue and what is stuck for those who answer for it. No charts.
import { Button } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { Link } from 'react-router';
import type { CaseRow } from '../../../shared/caseViews.ts';
import type { WaitingRow } from '../../../shared/caseWork.ts';
import type { MyWeek, WeekItem } from '../../../shared/week.ts';
import { paths } from '../../app/paths.ts';
import { dayIn } from '../../lib/days.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { stepTitle } from '../../lib/stepTitle.ts';
import { CalendarCheck, ClockAlert, FolderOpen } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { RelativeTime } from '../../ui/words.tsx';
import { Block } from './Block.tsx';
import { CaseLine } from './CaseLine.tsx';
import classes from './home.module.css';
import { ItemLine } from './ItemLine.tsx';
import { listHref } from './listHref.ts';
import { Stuck } from './Stuck.tsx';
import { useHomeSlots } from './slots.tsx';
import { useMyWeek } from './useHome.ts';

export function HomePage() {
  const { say, date } = useSpeech();
  const me = useMe();
  const { Referrals } = useHomeSlots();
  const { data: week, error, refetch } = useMyWeek();
  const nothing = week && week.toDo.length + week.waiting.length + week.fresh.length === 0;
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
      {!week ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <LoadingState />
        )
      ) : week.cases === null && nothing ? (
        <NoCases />
      ) : (
        <Week week={week} />
      )}
    </Page>
  );
}

/** For roles whose work is elsewhere: what that is. */
function NoCases() {
  const { say } = useSpeech();
  const me = useMe();
  return (
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
  );
}

/** Rows of cases and of everything else in one order: late first, then by day. */
interface Dated {
  due: string | null;
  late: boolean;
  line: ReactNode;
}
const soonest = (a: Dated, b: Dated): number =>
  Number(b.late) - Number(a.late) || (a.due ?? '9').localeCompare(b.due ?? '9');
const linesOf = (dated: Dated[]) => dated.sort(soonest).map(({ line }) => line);
const datedItem = (item: WeekItem): Dated => ({
  due: item.due,
  late: item.late,
  line: <ItemLine key={item.key} item={item} />,
});

function Week({ week }: { week: MyWeek }) {
  const { say } = useSpeech();
  const me = useMe();
  const { cases } = week;
  const others = week.toDo.length + week.waiting.length + week.fresh.length;
  const nothingAtAll =
    others === 0 &&
    cases !== null &&
    me.abilities.logCase &&
    cases.toDo.length + cases.waiting.length + cases.fresh.length + (cases.triage?.total ?? 0) === 0 &&
    week.since === null &&
    !cases.stuck?.some((one) => one.open > 0);
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
      {cases?.triage && (
        <Block
          title={say('home.triage')}
          count={cases.triage.total}
          about={say('home.triage.about')}
          empty={say('home.triage.empty')}
          all={listHref('status=new&sort=oldest')}
          rows={cases.triage.rows.map((row) => (
            <CaseLine key={row.id} row={row} aside={<RelativeTime when={row.loggedAt} />} urgency />
          ))}
          wide
        />
      )}
      {cases?.stuck && <Stuck stuck={cases.stuck} />}
      {(cases || week.toDo.length > 0) && <ToDo week={week} />}
      {(cases || week.waiting.length > 0) && <Waiting week={week} />}
      {(cases || week.fresh.length > 0) && <Fresh week={week} />}
    </div>
  );
}

function ToDo({ week: { cases, toDo } }: { week: MyWeek }) {
  const { say } = useSpeech();
  const rows = linesOf([
    ...(cases?.toDo ?? []).map(
      (row): Dated => ({
        due: row.nextStep?.due ?? null,
        late: row.late,
        line: <StepLine key={row.id} row={row} />,
      }),
    ),
    ...toDo.map(datedItem),
  ]);
  return (
    <Block
      title={say('home.toDo')}
      count={rows.length}
      about={say('home.toDo.about')}
      empty={say('home.toDo.empty')}
      rows={rows}
    />
  );
}

function StepLine({ row }: { row: CaseRow }) {
  const { say, speaker } = useSpeech();
  return (
    <CaseLine
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
  );
}

function Waiting({ week: { cases, waiting } }: { week: MyWeek }) {
  const { say } = useSpeech();
  const rows = linesOf([
    ...(cases?.waiting ?? []).map(
      (row): Dated => ({
        due: row.waitingOn.until,
        late: isOver(row),
        line: <WaitingLine key={row.id} row={row} />,
      }),
    ),
    ...waiting.map(datedItem),
  ]);
  return (
    <Block title={say('home.waiting')} count={rows.length} empty={say('home.waiting.empty')} rows={rows} />
  );
}

/** Nobody moved by the day that was given them: it is for us to ask. */
const isOver = ({ waitingOn }: WaitingRow): boolean => waitingOn.until < dayIn(0);

function WaitingLine({ row }: { row: WaitingRow }) {
  const { say, relative } = useSpeech();
  return (
    <CaseLine
      row={row}
      step={say('home.waiting.since', {
        party: say(`case.party.${row.waitingOn.party}`),
        when: relative(row.waitingOn.since),
      })}
      aside={
        <span className={isOver(row) ? classes.late : undefined}>
          {isOver(row) && <ClockAlert size={16} aria-hidden />}{' '}
          {say('home.waiting.until', { when: relative(row.waitingOn.until) })}
        </span>
      }
    />
  );
}

function Fresh({ week: { cases, fresh, since } }: { week: MyWeek }) {
  const { say, relative } = useSpeech();
  const rows = [
    ...(cases?.fresh ?? []).map((row) => ({
      at: row.changedAt,
      line: <CaseLine key={row.id} row={row} status aside={<RelativeTime when={row.changedAt} />} />,
    })),
    ...fresh.map((item) => ({ at: item.at ?? '', line: <ItemLine key={item.key} item={item} /> })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <Block
      title={say('home.new')}
      count={rows.length}
      empty={since ? say('home.new.empty', { when: relative(since) }) : say('home.new.emptyEver')}
      rows={rows.map(({ line }) => line)}
    />
  );
}
