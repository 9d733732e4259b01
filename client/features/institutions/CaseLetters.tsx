// Duty: the letters of a case, as a part of its page.
import { useSpeech } from '../../lib/i18n.tsx';
import classes from './institutions.module.css';
import { LettersBox } from './LettersBox.tsx';
import { useLetters } from './useLetters.ts';

/** Not there until the case waits on an authority or a letter was written. */
export function CaseLetters({ caseId, waitsOnAuthority }: { caseId: string; waitsOnAuthority: boolean }) {
  const { say } = useSpeech();
  const asked = useLetters({ case: caseId });
  if (!waitsOnAuthority && !asked.data?.pages[0]?.total) return null;
  return (
    <LettersBox
      filter={{ case: caseId }}
      title={say('letters.case.title')}
      query={waitsOnAuthority ? { case: caseId } : null}
      about={waitsOnAuthority && <p className={classes.faint}>{say('letters.case.about')}</p>}
    />
  );
}
