// Duty: one commitment whole: the words as a quotation, the two voices, evidence and checks, facts, history, and the dialogs its buttons open.
import { Alert, Button, Menu } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { type CommitmentMoveName, commitmentMoveNames } from '../../../shared/commitmentLists.ts';
import type { CommitmentAnswer, CommitmentPage } from '../../../shared/commitments.ts';
import { nameOf } from '../../../shared/format.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { ChevronDown, Hourglass, Megaphone, Scale } from '../../ui/icons.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { ExampleBadge, RelativeTime } from '../../ui/words.tsx';
import { Box } from './Box.tsx';
import { ChecksBox } from './ChecksBox.tsx';
import classes from './commitments.module.css';
import { EvidenceBox } from './EvidenceBox.tsx';
import { BudgetBox, DeadlinesBox, FactsBox, HistoryBox, LinksBox } from './FactBoxes.tsx';
import { WordsBox } from './WordsBox.tsx';
import { DueWord, StandingWords, useTitle, Voice } from './words.tsx';

const MoveDialog = lazy(async () => ({ default: (await import('./MoveDialog.tsx')).MoveDialog }));

/** What is asked for most stands as the one button. */
const first: readonly CommitmentMoveName[] = ['approve', 'check', 'reopen'];

/** A draft about this promise; a person edits and sends it. */
function letterHref({ institution, municipality, campaigns, issues }: CommitmentPage): string {
  const about = {
    institution: institution?.id,
    municipality,
    campaign: campaigns[0]?.id,
    issue: issues[0]?.id,
  };
  const known = Object.entries(about).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `${paths.newLetter.href()}?${new URLSearchParams(known)}`;
}

export function CommitmentView({ answer }: { answer: CommitmentAnswer }) {
  const { say } = useSpeech();
  const title = useTitle();
  const { data: commitment, abilities, warnings = [] } = answer;
  const me = useMe();
  const { tell, said } = useSaid();
  const [dialog, setDialog] = useState<CommitmentMoveName | null>(null);
  const glow = useGlow(commitment.version);
  const moves = commitmentMoveNames.filter((move) => abilities[move]);
  const primary = first.find((move) => moves.includes(move));
  const others = moves.filter((move) => move !== primary);
  const money = warnings.find(
    ({ code }) => code === 'spent_without_approved' || code === 'spent_over_approved',
  ) as { code: 'spent_without_approved' | 'spent_over_approved' } | undefined;
  return (
    <article className={glow}>
      <PageHead
        title={title(commitment)}
        tabTitle={commitment.reference}
        lead={<Subline commitment={commitment} />}
        primary={primary && { label: say(`commitments.move.${primary}`), onClick: () => setDialog(primary) }}
        secondary={
          <>
            {abilities.revise && (
              <Button component={Link} to={paths.correctCommitment.href(commitment.id)} variant="default">
                {say('commitments.edit')}
              </Button>
            )}
            {others.length > 0 && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button variant="default" rightSection={<ChevronDown size={18} aria-hidden />}>
                    {say('commitments.more')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {others.map((move) => (
                    <Menu.Item key={move} onClick={() => setDialog(move)}>
                      {say(`commitments.move.${move}`)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      />
      <div className={classes.columns}>
        <div className={classes.main}>
          {(commitment.status === 'proposed' || commitment.status === 'declined') && (
            <Alert icon={<Hourglass size={20} aria-hidden />} variant="light" color="gray">
              {say('commitments.waitsHere')}
            </Alert>
          )}
          {commitment.proposedRung && (
            <Alert
              icon={<Megaphone size={20} aria-hidden />}
              variant="light"
              title={say('commitments.rung.title')}
            >
              <p className={classes.plain}>{say(`commitments.rung.${commitment.proposedRung}`)}</p>
              <p className={classes.plain}>{say('commitments.rung.about')}</p>
              {me.role !== 'cso_member' && (
                <Link to={letterHref(commitment)} className={classes.textLink}>
                  {say('commitments.rung.write')}
                </Link>
              )}
            </Alert>
          )}
          <WordsBox commitment={commitment} />
          <VoicesBox commitment={commitment} />
          <EvidenceBox commitment={commitment} abilities={abilities} onSaid={tell} />
          <ChecksBox commitment={commitment} />
        </div>
        <div className={classes.side}>
          <FactsBox commitment={commitment} />
          <LinksBox commitment={commitment} />
          <BudgetBox
            commitment={commitment}
            warning={money && say(`commitments.budget.warning.${money.code}`)}
          />
          {commitment.deadlines.length > 0 && <DeadlinesBox commitment={commitment} />}
          <HistoryBox commitment={commitment} />
        </div>
      </div>
      <Suspense>
        {dialog && (
          <MoveDialog
            key={dialog}
            move={dialog}
            commitment={commitment}
            onClose={() => setDialog(null)}
            onDone={() => {
              setDialog(null);
              tell(say('commitments.done'));
            }}
          />
        )}
      </Suspense>
      {said}
    </article>
  );
}

function Subline({ commitment }: { commitment: CommitmentPage }) {
  const { say, language } = useSpeech();
  const placeName = usePlaceName();
  const { institution, municipality, themes, reference, example } = commitment;
  return (
    <span className={classes.subline}>
      <span className={classes.reference}>{reference}</span>
      {themes.map((theme) => (
        <ThemeMark key={theme} theme={theme} />
      ))}
      <span>
        {institution ? nameOf(institution.names, language) : say('commitments.many')}
        {municipality && `, ${placeName(municipality)}`}
      </span>
      {example && <ExampleBadge />}
      <StandingWords row={commitment} />
    </span>
  );
}

/** What they say and what we found, one above the other; the difference in words. */
function VoicesBox({ commitment }: { commitment: CommitmentPage }) {
  const { say } = useSpeech();
  const last = commitment.checks.at(-1);
  const when = (word: string, day: string | null | undefined): ReactNode =>
    day ? (
      <span className={classes.when}>
        {word} <RelativeTime when={day} />
      </span>
    ) : null;
  return (
    <Box title={say('commitments.voices')} beside={<DueWord row={commitment} />}>
      <div className={classes.voicesLarge}>
        <Voice
          who="authority"
          completion={commitment.authorityReported}
          more={when(say('commitments.reportedOn'), commitment.reportedOn)}
        />
        {commitment.reportNote && <p className={classes.prose}>{commitment.reportNote}</p>}
        <Voice
          who="ours"
          completion={commitment.verified}
          more={when(say('commitments.checkedOn'), last?.checkedOn)}
        />
      </div>
      {commitment.flags.includes('disputed') && (
        <p className={classes.disputed}>
          <Scale size={18} aria-hidden /> {say('commitments.disputed')}
        </p>
      )}
    </Box>
  );
}
