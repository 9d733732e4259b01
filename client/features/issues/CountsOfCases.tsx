// Duty: how many cases stand behind an issue, as far as it may be told, and the way to those that the viewer can open.
import { Link } from 'react-router';
import { caseStatuses } from '../../../shared/caseLists.ts';
import type { CasesBehind } from '../../../shared/caseViews.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { StatusWord } from '../../ui/StatusWord.tsx';
import classes from './issues.module.css';

export function CountsOfCases({ issueId, cases }: { issueId: string; cases: CasesBehind }) {
  const { say, number } = useSpeech();
  const { total, byStatus, own } = cases;
  return (
    <>
      <p>{total === null ? say('issues.cases.withheld') : say('issues.cases.total', { count: total })}</p>
      {total !== null && total > 0 && byStatus && (
        <ul className={classes.counts}>
          {caseStatuses.map(
            (status) =>
              (byStatus[status] ?? 0) > 0 && (
                <li key={status}>
                  <StatusWord status={status} /> <b>{number(byStatus[status] ?? 0)}</b>
                </li>
              ),
          )}
        </ul>
      )}
      {total !== null && total > 0 && !byStatus && (
        <p className={classes.faint}>{say('issues.cases.statusWithheld')}</p>
      )}
      {own > 0 && (
        <p>
          <Link to={`${paths.cases.href()}?issue=${issueId}`} className={classes.textLink}>
            {say('issues.cases.own', { count: own })}
          </Link>
        </p>
      )}
    </>
  );
}
