// Duty: the quiet facts beside a commitment: days and people, money, moved deadlines, and its history in words.
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import {
  type Completion,
  completions,
  type Formality,
  formalities,
} from '../../../shared/commitmentLists.ts';
import type { CommitmentEntry, CommitmentPage, LinkedRecord } from '../../../shared/commitments.ts';
import { nameOf } from '../../../shared/format.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { RelativeTime } from '../../ui/words.tsx';
import { Box } from './Box.tsx';
import classes from './commitments.module.css';
import { DueWord } from './words.tsx';

/** Colleagues elsewhere are their organisation, or simply the team. */
export function usePersonWords() {
  const { say } = useSpeech();
  return (by: { name: string; organisation?: string | null } | null): string => {
    if (!by) return say('commitments.system');
    const parts = [by.name, by.organisation].filter(Boolean);
    return parts.length > 0 ? parts.join(', ') : say('commitments.team');
  };
}

export function FactsBox({ commitment }: { commitment: CommitmentPage }) {
  const { say, date, language } = useSpeech();
  const placeName = usePlaceName();
  const person = usePersonWords();
  const { institution, municipality, author, nextCheckOn, lookedAtOn, promisedOn } = commitment;
  const fact = (word: string, content: ReactNode) => (
    <div>
      <dt>{word}</dt>
      <dd>{content}</dd>
    </div>
  );
  return (
    <Box title={say('commitments.institution')}>
      <p className={classes.plain}>
        {institution ? nameOf(institution.names, language) : say('commitments.many')}
        {municipality && `, ${placeName(municipality)}`}
      </p>
      <dl className={classes.facts}>
        {promisedOn && fact(say('commitments.promisedOn'), date(promisedOn))}
        {fact(say('commitments.due'), <DueWord row={commitment} />)}
        {fact(say('commitments.formality'), say(`commitments.formality.${commitment.formality}`))}
        {fact(
          say('commitments.nextCheck'),
          nextCheckOn ? <RelativeTime when={nextCheckOn} /> : say('commitments.noCheck'),
        )}
        {fact(
          say('commitments.lookedAt'),
          commitment.checks.length > 0 ? <RelativeTime when={lookedAtOn} /> : say('commitments.unchecked'),
        )}
        {author && fact(say('commitments.recordedBy'), person(author))}
        {commitment.closeReason && fact(say('commitments.status.closed'), commitment.closeReason)}
      </dl>
    </Box>
  );
}

/** The way back: what this promise stands behind. */
export function LinksBox({ commitment }: { commitment: CommitmentPage }) {
  const { say } = useSpeech();
  const { campaigns, issues } = commitment;
  const links = (word: string, records: LinkedRecord[], href: (id: string) => string) =>
    records.length > 0 && (
      <div>
        <dt>{word}</dt>
        {records.map(({ id, reference, title }) => (
          <dd key={id}>
            <Link to={href(id)} className={classes.textLink}>
              {reference} {title}
            </Link>
          </dd>
        ))}
      </div>
    );
  if (campaigns.length + issues.length === 0) return null;
  return (
    <Box title={say('commitments.links')}>
      <dl className={classes.facts}>
        {links(say('commitments.links.campaign'), campaigns, paths.campaign.href)}
        {links(say('commitments.links.issue'), issues, paths.issue.href)}
      </dl>
    </Box>
  );
}

export function BudgetBox({
  commitment,
  warning,
}: {
  commitment: CommitmentPage;
  warning?: string | undefined;
}) {
  const { say, number } = useSpeech();
  const { budget } = commitment;
  if (Object.values(budget).every((value) => value === null)) return null;
  return (
    <Box title={say('commitments.budget')}>
      <dl className={classes.money}>
        {(['promised', 'approved', 'spent'] as const).map((what) => (
          <div key={what}>
            <dt>{say(`commitments.budget.${what}`)}</dt>
            <dd className="numbers">
              {budget[what] === null ? (
                <span className={classes.faint}>{say('commitments.budget.unknown')}</span>
              ) : (
                `${number(budget[what])} €`
              )}
            </dd>
          </div>
        ))}
      </dl>
      {warning && <p className={classes.warning}>{warning}</p>}
    </Box>
  );
}

export function DeadlinesBox({ commitment }: { commitment: CommitmentPage }) {
  const { say, date } = useSpeech();
  return (
    <Box title={say('commitments.deadlines')}>
      <ol className={classes.history}>
        {commitment.deadlines.toReversed().map(({ from, to, reason, at }) => (
          <li key={at} className={classes.event}>
            <span>{say('commitments.deadlines.row', { from: date(from), to: date(to) })}</span>
            <p className={classes.reason}>{reason}</p>
          </li>
        ))}
      </ol>
    </Box>
  );
}

/** What an entry leads from and to, in words; days as dates, points and steps by their names. */
function useValueWords() {
  const { say, date } = useSpeech();
  return ({ event }: Pick<CommitmentEntry, 'event'>, value: string | null): string | null => {
    if (!value) return null;
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return date(value);
    if (event === 'formality' && (formalities as readonly string[]).includes(value))
      return say(`commitments.formality.${value as Formality}`);
    if ((completions as readonly string[]).includes(value) && event !== 'close' && event !== 'reopen')
      return say(`commitments.completion.${value as Completion}`);
    if (event === 'close' && (value === 'complete' || value === 'lapsed' || value === 'broken'))
      return say(`commitments.closed.${value}`);
    return null;
  };
}

export function useEntryWords() {
  const { say } = useSpeech();
  const words = useValueWords();
  return (entry: Pick<CommitmentEntry, 'event' | 'from' | 'to'>): string => {
    const [from, to] = [words(entry, entry.from), words(entry, entry.to)];
    const values = from && to ? `${from} → ${to}` : (to ?? from);
    const event = say(`commitments.event.${entry.event}`);
    return values ? `${event}: ${values}` : event;
  };
}

export function HistoryBox({ commitment }: { commitment: CommitmentPage }) {
  const { say } = useSpeech();
  const person = usePersonWords();
  const words = useEntryWords();
  return (
    <Box title={say('commitments.history')}>
      <ol className={classes.history}>
        {commitment.history
          .map((entry, index) => ({ entry, index }))
          .toReversed()
          .map(({ entry, index }) => (
            <li key={index} className={classes.event}>
              <span className={classes.eventWords}>{words(entry)}</span>
              {entry.reason && <p className={classes.reason}>{entry.reason}</p>}
              <div className={classes.faint}>
                {entry.event === 'record' && !entry.by ? say('commitments.documented') : person(entry.by)} ·{' '}
                <RelativeTime when={entry.at} />
              </div>
            </li>
          ))}
      </ol>
    </Box>
  );
}
