// Duty: above the read log: whether it is whole, refusals day by day, who was refused most. The entries are ReadLogPage's.

import type { AuditSummary } from '../../../shared/audit.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ShieldAlert, ShieldCheck, ShieldQuestionMark } from '../../ui/icons.ts';
import classes from './audit.module.css';

export function LogSummary({ days, refused, check }: AuditSummary) {
  const { say, date, dateTime, number } = useSpeech();
  const most = Math.max(1, ...days.map(({ denied }) => denied));
  const Icon = !check ? ShieldQuestionMark : check.sound ? ShieldCheck : ShieldAlert;
  return (
    <div className={classes.summary}>
      <section className={classes.card} data-alarm={(check && !check.sound) || undefined}>
        <h2>
          <Icon size={20} aria-hidden />
          {say(!check ? 'audit.unchecked' : check.sound ? 'audit.sound' : 'audit.broken')}
        </h2>
        {check && (
          <p>{say('audit.checkedText', { when: dateTime(check.at), entries: number(check.entries) })}</p>
        )}
        {check && !check.sound && <p>{say('audit.brokenText')}</p>}
        {check && check.lost > 0 && (
          <p className={classes.faint}>{say('audit.lostText', { count: check.lost })}</p>
        )}
      </section>
      <section className={classes.card}>
        <h2>{say('audit.days')}</h2>
        <ol className={classes.days}>
          {days.map(({ day, denied, entries }) => {
            const words = say('audit.day', {
              day: date(day),
              denied: number(denied),
              entries: number(entries),
            });
            return (
              <li key={day} title={words}>
                <span className={classes.hidden}>{words}</span>
                <span
                  aria-hidden
                  className={classes.bar}
                  style={{ height: `${Math.round((denied / most) * 100)}%` }}
                />
              </li>
            );
          })}
        </ol>
      </section>
      {refused.length > 0 && (
        <section className={classes.card}>
          <h2>{say('audit.refusedMost')}</h2>
          <ul className={classes.refused}>
            {refused.map(({ by, times }) => (
              <li key={by?.id ?? 'stranger'}>
                <span>{by ? (by.name ?? by.id.slice(0, 8)) : say('audit.stranger')}</span>
                <span className={classes.faint}>{say('audit.times', { count: times })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
