// Duty: the clock of a letter in words: the rule it runs under, the days, what silence means, its links on the ladder and to a case.

import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { nameOf } from '../../../shared/format.ts';
import type { LetterPage } from '../../../shared/letters.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { CaseLink } from '../../ui/words.tsx';
import classes from './institutions.module.css';

export function LetterClock({ letter }: { letter: LetterPage }) {
  const { say, date, language } = useSpeech();
  const { rule, law } = letter;
  const other = (one: { id: string; reference: string } | null) =>
    one && (
      <Link to={paths.letter.href(one.id)} className={classes.textLink}>
        {one.reference}
      </Link>
    );
  const facts: [string, ReactNode][] = [
    [
      say('letters.fact.sent'),
      letter.sentOn && `${date(letter.sentOn)}${letter.way ? `, ${say(`letters.way.${letter.way}`)}` : ''}`,
    ],
    [say('letters.fact.protocol'), letter.protocol],
    [say('letters.fact.due'), letter.dueOn && date(letter.dueOn)],
    [
      say('letters.fact.acknowledged'),
      letter.acknowledgedOn &&
        `${date(letter.acknowledgedOn)}${letter.theirProtocol ? `, ${letter.theirProtocol}` : ''}`,
    ],
    [say('letters.fact.extended'), letter.extendedOn && date(letter.extendedOn)],
    [say('letters.fact.silent'), letter.silentOn && date(letter.silentOn)],
    [
      say('letters.fact.answered'),
      letter.answeredOn &&
        `${date(letter.answeredOn)}${letter.answerProtocol ? `, ${letter.answerProtocol}` : ''}`,
    ],
    [say('letters.fact.case'), letter.case && <CaseLink {...letter.case} />],
    [say('letters.fact.before'), other(letter.before)],
    [say('letters.fact.after'), other(letter.after)],
    [say('letters.fact.author'), letter.author.name],
  ];
  return (
    <section className={classes.box} aria-label={say('letters.clock')}>
      <h2 className={classes.boxTitle}>{say('letters.clock')}</h2>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {rule && law ? (
        <p className={classes.faint}>
          {say(rule.dayKind === 'working' ? 'letters.clock.ruleWorking' : 'letters.clock.rule', {
            days: rule.days + (letter.extendedOn ? rule.extensionDays : 0),
            law: nameOf(law, language),
          })}
          . {letter.silence && say(`letters.clock.silence.${letter.silence}`)}{' '}
          {!rule.checked && <b>{say('letters.clock.unchecked')}</b>}
        </p>
      ) : (
        <p className={classes.faint}>{say('letters.clock.noRule')}</p>
      )}
      {!letter.holidaysKnown && <p className={classes.faint}>{say('letters.clock.noHolidays')}</p>}
    </section>
  );
}
