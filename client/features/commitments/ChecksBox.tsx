// Duty: every check of a commitment, newest first: what was found, when, by whom, and the evidence it rests on.
import { commitmentPaths } from '../../../shared/commitmentPaths.ts';
import type { CommitmentPage } from '../../../shared/commitments.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Box } from './Box.tsx';
import classes from './commitments.module.css';
import { usePersonWords } from './FactBoxes.tsx';
import { Voice } from './words.tsx';

export function ChecksBox({ commitment }: { commitment: CommitmentPage }) {
  const { say, date } = useSpeech();
  const person = usePersonWords();
  const named = new Map(commitment.evidence.map((file) => [file.id, file.name]));
  return (
    <Box title={say('commitments.checks')}>
      {commitment.checks.length === 0 ? (
        <p className={classes.faint}>{say('commitments.checks.none')}</p>
      ) : (
        <ol className={classes.checks}>
          {commitment.checks.toReversed().map((check) => (
            <li key={check.id}>
              <Voice who="ours" completion={check.completion} />
              {check.note && <p className={classes.prose}>{check.note}</p>}
              <span className={classes.faint}>
                {date(check.checkedOn)} · {person(check.by)}
              </span>
              {check.evidence.length > 0 && (
                <span className={classes.sourceLinks}>
                  {check.evidence.map((id) => (
                    <a
                      key={id}
                      href={commitmentPaths.evidenceFile(commitment.id, id)}
                      target="_blank"
                      rel="noreferrer"
                      className={classes.textLink}
                    >
                      {named.get(id) ?? say('commitments.evidence')}
                    </a>
                  ))}
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </Box>
  );
}
