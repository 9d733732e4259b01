// Duty: what the page of an issue shows and offers: the pattern, its cases, what looks alike, campaigns and promises, its history.
import { Button, Menu } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { IssueMoveName } from '../../../shared/issueLists.ts';
import type { IssueAnswer } from '../../../shared/issues.ts';
import { paths } from '../../app/paths.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ChevronDown, CircleCheck, Pencil, SearchCheck } from '../../ui/icons.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { ExampleBadge, PersonName, RelativeTime } from '../../ui/words.tsx';
import { AlikeCases } from './AlikeCases.tsx';
import { CountsOfCases } from './CountsOfCases.tsx';
import { IssueHistory } from './IssueHistory.tsx';
import classes from './issues.module.css';
import { useIssueSlots } from './slots.tsx';
import { useLiveIssues, useMoveIssue } from './useIssues.ts';
import { IssueStatusWord, ThemeMarks, usePlacesWords } from './words.tsx';

const IssueForm = lazy(async () => ({ default: (await import('./IssueForm.tsx')).IssueForm }));
const MoveDialog = lazy(async () => ({ default: (await import('./MoveDialog.tsx')).MoveDialog }));
const MergeDialog = lazy(async () => ({ default: (await import('./MergeDialog.tsx')).MergeDialog }));
const SplitForm = lazy(async () => ({ default: (await import('./SplitForm.tsx')).SplitForm }));

type Doing = Exclude<IssueMoveName, 'accept'> | 'edit' | 'merge' | 'split';
/** What the page before wants said here. */
interface Arrival {
  said?: 'made.open' | 'made.proposed' | 'merge.done' | 'split.done';
  reference?: string;
}

export function IssueView({ answer }: { answer: IssueAnswer }) {
  const { say, list } = useSpeech();
  const me = useMe();
  const words = useErrorWords();
  const places = usePlacesWords();
  const navigate = useNavigate();
  const { data: issue, abilities } = answer;
  const { tell, said } = useSaid();
  const { Campaigns, Commitments } = useIssueSlots();
  const glow = useGlow(issue.version);
  const accept = useMoveIssue(issue.id);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [alikeShown, setAlikeShown] = useState(false);
  const alike = useRef<HTMLDivElement>(null);
  const arrival = useLocation().state as Arrival | null;
  useLiveIssues((change) => {
    if (change.id === issue.id && change.actor !== me.id) tell(say('issues.changedLive'));
  });
  useEffect(() => {
    if (arrival?.said) tell(say(`issues.${arrival.said}`, { reference: arrival.reference ?? '' }));
  }, [arrival, tell, say]);
  const showAlike = () => {
    setAlikeShown(true);
    setTimeout(() => alike.current?.focus(), 0);
  };
  const close = () => setDoing(null);
  const moved = (move: IssueMoveName) => {
    close();
    tell(say('issues.move.done', { move: say(`issues.move.${move}`) }));
  };
  const doAccept = () =>
    accept.mutate({ move: 'accept', version: issue.version }, { onSuccess: () => moved('accept') });
  const more = (['split', 'merge', 'decline', 'close', 'reopen'] as const).filter((one) => abilities[one]);
  return (
    <article>
      <div className={glow}>
        <PageHead
          title={issue.title}
          tabTitle={issue.reference}
          lead={
            <span className={classes.subline}>
              <span className={classes.reference}>{issue.reference}</span>
              <IssueStatusWord status={issue.status} />
              {issue.example && <ExampleBadge />}
            </span>
          }
          primary={
            abilities.accept
              ? {
                  label: say('issues.move.accept'),
                  icon: CircleCheck,
                  onClick: doAccept,
                  loading: accept.isPending,
                }
              : abilities.linkCases && !alikeShown
                ? { label: say('issues.alike.find'), icon: SearchCheck, onClick: showAlike }
                : undefined
          }
          secondary={
            <>
              {abilities.edit && (
                <Button
                  variant="default"
                  leftSection={<Pencil size={18} aria-hidden />}
                  onClick={() => setDoing('edit')}
                >
                  {say('common.edit')}
                </Button>
              )}
              {more.length > 0 && (
                <Menu position="bottom-end">
                  <Menu.Target>
                    <Button variant="default" rightSection={<ChevronDown size={18} aria-hidden />}>
                      {say('issues.more')}
                    </Button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {more.map((one) => (
                      <Menu.Item key={one} onClick={() => setDoing(one)}>
                        {one === 'merge' || one === 'split'
                          ? say(`issues.${one}`)
                          : say(`issues.move.${one}`)}
                      </Menu.Item>
                    ))}
                  </Menu.Dropdown>
                </Menu>
              )}
            </>
          }
        />
      </div>
      <FormError words={accept.error ? words(accept.error) : null} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <section className={classes.box} aria-labelledby="pattern">
            <h2 id="pattern" className={classes.boxTitle}>
              {say('issues.statement')}
            </h2>
            <p className={classes.prose}>{issue.statement}</p>
          </section>
          <section className={classes.box} aria-labelledby="behind">
            <h2 id="behind" className={classes.boxTitle}>
              {say('issues.cases.behind')}
            </h2>
            <CountsOfCases issueId={issue.id} cases={issue.cases} />
          </section>
          {abilities.linkCases && alikeShown && (
            <div ref={alike} tabIndex={-1}>
              <AlikeCases issue={issue} onSaid={tell} />
            </div>
          )}
          {abilities.linkCases && abilities.accept && !alikeShown && (
            <div>
              <Button variant="light" leftSection={<SearchCheck size={18} aria-hidden />} onClick={showAlike}>
                {say('issues.alike.find')}
              </Button>
            </div>
          )}
          <Suspense>
            {Campaigns && <Campaigns issueId={issue.id} />}
            {Commitments && <Commitments issueId={issue.id} />}
          </Suspense>
        </div>
        <div className={classes.side}>
          <section className={classes.box} aria-labelledby="facts">
            <h2 id="facts" className={classes.boxTitle}>
              {say('issues.facts')}
            </h2>
            <dl className={classes.facts}>
              <div>
                <dt>{say('issues.themes')}</dt>
                <dd>
                  <ThemeMarks themes={issue.themes} />
                </dd>
                {issue.subThemes.length > 0 && (
                  <dd>{list(issue.subThemes.map((one) => say(`subTheme.${one}`)))}</dd>
                )}
              </div>
              <div>
                <dt>{say('issues.municipalities')}</dt>
                <dd>{places(issue.municipalities)}</dd>
              </div>
              <div>
                <dt>{say('issues.createdBy')}</dt>
                <dd>
                  <PersonName person={issue.createdBy} />
                </dd>
              </div>
              {issue.splitFrom && (
                <div>
                  <dt>{say('issues.splitFrom')}</dt>
                  <dd>
                    <Link to={paths.issue.href(issue.splitFrom.id)} className={classes.textLink}>
                      {issue.splitFrom.reference}
                    </Link>
                  </dd>
                </div>
              )}
              <div>
                <dt>{say('issues.changed')}</dt>
                <dd>
                  <RelativeTime when={issue.changedAt} />
                </dd>
              </div>
            </dl>
          </section>
          <IssueHistory history={issue.history} />
        </div>
      </div>
      <Suspense>
        {doing === 'edit' && (
          <IssueForm
            issue={issue}
            onClose={close}
            onDone={() => {
              close();
              tell(say('issues.saved'));
            }}
          />
        )}
        {doing === 'merge' && (
          <MergeDialog
            issue={issue}
            onClose={close}
            onDone={({ data }) =>
              void navigate(paths.issue.href(data.id), {
                replace: true,
                state: { said: 'merge.done', reference: issue.reference } satisfies Arrival,
              })
            }
          />
        )}
        {doing === 'split' && (
          <SplitForm
            issue={issue}
            onClose={close}
            onDone={({ data }) =>
              void navigate(paths.issue.href(data.id), {
                state: { said: 'split.done', reference: data.reference } satisfies Arrival,
              })
            }
          />
        )}
        {(doing === 'decline' || doing === 'close' || doing === 'reopen') && (
          <MoveDialog issue={issue} move={doing} onClose={close} onDone={() => moved(doing)} />
        )}
      </Suspense>
      {said}
    </article>
  );
}
