// Duty: what was promised, as a quotation with its source and page; of a document, what it obliges to and how well that is documented.

import type { ReactNode } from 'react';
import { commitmentPaths } from '../../../shared/commitmentPaths.ts';
import type { CommitmentPage, Source } from '../../../shared/commitments.ts';
import { locales } from '../../../shared/i18n.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ExternalLink, FileText } from '../../ui/icons.ts';
import { Box } from './Box.tsx';
import classes from './commitments.module.css';
import { useTitle } from './words.tsx';

export function WordsBox({ commitment }: { commitment: CommitmentPage }) {
  const { say, date } = useSpeech();
  const { words, summary, responsible, language, person, office, place, promisedOn } = commitment;
  const speaker = [person, office].filter(Boolean).join(', ');
  return (
    <Box title={say(words ? 'commitments.words' : 'commitments.summary')}>
      {words && (
        <figure className={classes.quotation}>
          <blockquote lang={locales[language]}>{words}</blockquote>
          <figcaption>
            {speaker && <b>{speaker}</b>}
            {[place, promisedOn && date(promisedOn)].filter(Boolean).map((part) => (
              <span key={part}>{part}</span>
            ))}
            <span>{say('commitments.saidIn', { language: say(`language.${language}`) })}</span>
          </figcaption>
        </figure>
      )}
      {summary && (
        <>
          <p className={classes.prose} lang="en">
            {summary}
          </p>
          <p className={classes.faint}>{say('commitments.summaryNote')}</p>
        </>
      )}
      {responsible.length > 0 && (
        <p className={classes.responsible}>
          <span className={classes.faint}>{say('commitments.responsible')}: </span>
          <span lang="en">{responsible.join(' · ')}</span>
        </p>
      )}
      {commitment.source ? (
        <SourceBlock id={commitment.id} source={commitment.source} page={commitment.page} />
      ) : (
        <p className={classes.faint}>{say('commitments.source.none')}</p>
      )}
    </Box>
  );
}

function SourceBlock({ id, source, page }: { id: string; source: Source; page: string }) {
  const { say, date } = useSpeech();
  const title = useTitle();
  const line = [
    say(`commitments.source.kind.${source.kind}`),
    source.issuedBy,
    source.date ? date(source.date) : source.dateNote,
    page && say('commitments.source.page', { page }),
  ].filter(Boolean);
  const fact = (word: string, content: ReactNode) => (
    <div>
      <dt>{word}</dt>
      <dd lang="en">{content}</dd>
    </div>
  );
  return (
    <div className={classes.source}>
      <span className={classes.faint}>{say('commitments.source')}</span>
      <cite className={classes.cite}>{title(source)}</cite>
      <span>{line.join(' · ')}</span>
      <span className={classes.sourceLinks}>
        {source.file && (
          <a href={commitmentPaths.sourceFile(id)} target="_blank" rel="noreferrer" className={classes.file}>
            <FileText size={18} aria-hidden /> {say('commitments.source.open')}
          </a>
        )}
        {source.link && (
          <a href={source.link} target="_blank" rel="noreferrer" className={classes.file}>
            <ExternalLink size={18} aria-hidden /> {say('commitments.source.link')}
          </a>
        )}
      </span>
      {(source.note || source.verification) && (
        <dl className={classes.facts}>
          {source.note && fact(say('commitments.source.note'), source.note)}
          {source.verification && fact(say('commitments.source.verification'), source.verification)}
          {source.attribution.length > 0 &&
            fact(
              say('commitments.source.from'),
              <ul className={classes.plainList}>
                {source.attribution.map(({ title: from, where }) => (
                  <li key={from}>{[from, where].filter((part) => part && part !== '-').join(', ')}</li>
                ))}
              </ul>,
            )}
        </dl>
      )}
    </div>
  );
}
