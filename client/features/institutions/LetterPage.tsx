// Duty: one letter, whole: its words, its clock, what came back, the ladder, what happened. Editing and moves have files of their own.
import { ActionIcon, Button } from '@mantine/core';
import { lazy, Suspense, useCallback, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { newId } from '../../../shared/ids.ts';
import type { LetterMoveName } from '../../../shared/letterLists.ts';
import { letterPaths } from '../../../shared/letterPaths.ts';
import type { LetterAnswer } from '../../../shared/letters.ts';
import { paths } from '../../app/paths.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Asked } from '../../ui/Asked.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { FileDown, FileText, X } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { BackButton, BackLink } from '../../ui/wayBack.tsx';
import { ExampleBadge, RelativeTime } from '../../ui/words.tsx';
import classes from './institutions.module.css';
import { LetterClock } from './LetterClock.tsx';
import { LetterDraft } from './LetterDraft.tsx';
import { useLetter, useLiveLetters, useMoveLetter, useRemoveFile } from './useLetters.ts';
import { ClockWord, LetterStatusWord, useInstitutionName } from './words.tsx';

const MoveLetterDialog = lazy(async () => ({
  default: (await import('./MoveLetterDialog.tsx')).MoveLetterDialog,
}));

type DialogMove = Exclude<LetterMoveName, 'escalate'>;
const order: DialogMove[] = ['send', 'answer', 'acknowledge', 'extend', 'refuse', 'withdraw'];

export function LetterPage() {
  const { id = '' } = useParams();
  const { say } = useSpeech();
  useLiveLetters();
  const asked = useLetter(id);
  return (
    <Page>
      <BackLink to={paths.letters.href()}>{say('letters.title')}</BackLink>
      <Asked
        asked={asked}
        gone={{ title: say('letters.gone.title'), text: say('letters.gone.text') }}
        wayOut={<BackButton to={paths.letters.href()}>{say('letters.toList')}</BackButton>}
      >
        {(answer) => <Opened key={id} answer={answer} />}
      </Asked>
    </Page>
  );
}

function Opened({ answer: { data: letter, abilities } }: { answer: LetterAnswer }) {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const words = useErrorWords();
  const institutionName = useInstitutionName();
  const { tell, said } = useSaid();
  const glow = useGlow(letter.version);
  const escalate = useMoveLetter(letter.id);
  const removeFile = useRemoveFile(letter.id);
  const [nextId] = useState(newId);
  const [moving, setMoving] = useState<DialogMove | null>(null);
  const [unsaved, setUnsaved] = useState(false);
  const noteUnsaved = useCallback((now: boolean) => setUnsaved(now), []);
  const moves = order.filter((move) => abilities[move]);
  const first = moves[0];
  // What the head offers already is not offered twice.
  const others = abilities.escalate ? moves : moves.slice(1);
  const next = () =>
    escalate.mutate(
      { move: 'escalate', id: nextId, version: letter.version },
      { onSuccess: ({ data }) => navigate(paths.letter.href(data.id)) },
    );
  return (
    <article className={glow}>
      <PageHead
        title={`${letter.reference} ${letter.subject}`}
        tabTitle={letter.reference}
        beside={letter.example && <ExampleBadge />}
        lead={
          <span className={classes.rowFacts}>
            <LetterStatusWord status={letter.status} />
            <ClockWord row={letter} />
            <span className={classes.pill}>{say(`letters.kind.${letter.kind}`)}</span>
            <span className={classes.pill}>{say(`letters.rung.${letter.rung}`)}</span>
          </span>
        }
        secondary={
          <Button
            component="a"
            href={letterPaths.pdf(letter.id)}
            download={`${letter.reference}.pdf`}
            variant="default"
            leftSection={<FileDown size={18} aria-hidden />}
          >
            {say('letters.pdf')}
          </Button>
        }
        primary={
          abilities.escalate
            ? { label: say('letters.move.escalate'), onClick: next, loading: escalate.isPending }
            : first && {
                label: say(`letters.move.${first}`),
                onClick: () => setMoving(first),
                disabled: first === 'send' && unsaved,
              }
        }
      />
      <FormError
        words={escalate.error ? words(escalate.error) : removeFile.error ? words(removeFile.error) : null}
      />
      <div className={classes.columns}>
        <div className={classes.main}>
          <p className={classes.to}>
            {say('letters.to')}{' '}
            <Link to={paths.institution.href(letter.institution.pageId)} className={classes.textLink}>
              {institutionName(letter.institution.names)}
            </Link>
          </p>
          {abilities.edit ? (
            <LetterDraft letter={letter} onSaid={tell} onUnsaved={noteUnsaved} />
          ) : (
            <section className={classes.box} aria-label={say('letters.field.body')}>
              <h2 className={classes.boxTitle}>{letter.subject}</h2>
              <p className={classes.words} lang={letter.language}>
                {letter.body}
              </p>
            </section>
          )}
          {(letter.summary || letter.files.length > 0) && (
            <section className={classes.box} aria-label={say('letters.answer')}>
              <h2 className={classes.boxTitle}>{say('letters.answer')}</h2>
              {letter.summary && <p className={classes.words}>{letter.summary}</p>}
              <ul className={classes.files}>
                {letter.files.map((file) => (
                  <li key={file.id}>
                    <a
                      href={letterPaths.file(letter.id, file.id)}
                      target="_blank"
                      rel="noreferrer"
                      className={classes.textLink}
                    >
                      <FileText size={18} aria-hidden /> {file.name}
                    </a>
                    {abilities.removeFile && (
                      <ActionIcon
                        aria-label={say('letters.files.remove', { name: file.name })}
                        loading={removeFile.isPending}
                        onClick={() => removeFile.mutate(file.id)}
                      >
                        <X size={18} aria-hidden />
                      </ActionIcon>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <div className={classes.side}>
          <LetterClock letter={letter} />
          {others.length > 0 && (
            <div className={`${classes.moves} no-print`}>
              {others.map((move) => (
                <Button key={move} variant="default" onClick={() => setMoving(move)}>
                  {say(`letters.move.${move}`)}
                </Button>
              ))}
            </div>
          )}
          {abilities.escalate && letter.nextRung && (
            <p className={classes.faint}>
              {say('letters.ladder.next', { rung: say(`letters.rung.${letter.nextRung}`) })}
            </p>
          )}
          <section className={classes.box} aria-label={say('letters.history')}>
            <h2 className={classes.boxTitle}>{say('letters.history')}</h2>
            <ol className={classes.history}>
              {letter.history.toReversed().map((entry) => (
                <li key={`${entry.at} ${entry.move}`}>
                  <span>{say(`letters.event.${entry.move}`)}</span>
                  <span className={classes.faint}>
                    {entry.by
                      ? entry.by.name && `${entry.by.name} · `
                      : `${say('letters.history.system')} · `}
                    <RelativeTime when={entry.at} />
                  </span>
                </li>
              ))}
            </ol>
          </section>
        </div>
      </div>
      <Suspense>
        {moving && (
          <MoveLetterDialog
            key={moving}
            move={moving}
            letter={letter}
            onClose={() => setMoving(null)}
            onDone={({ data }) => {
              setMoving(null);
              tell(say('letters.done', { status: say(`letters.status.${data.status}`) }));
            }}
          />
        )}
      </Suspense>
      {said}
    </article>
  );
}
