// Duty: says gently that a text may tell who a person is, and how to write it instead. Nothing is refused.

import { useDeferredValue, useMemo } from 'react';
import { findPersonalData } from '../../shared/personalData.ts';
import { useSpeech } from '../lib/i18n.tsx';
import { ShieldAlert } from './icons.ts';
import classes from './inputs.module.css';

export function PersonalDataWarning({ texts }: { texts: readonly string[] }) {
  const { say, list } = useSpeech();
  const whole = useDeferredValue(texts.join('\n'));
  const kinds = useMemo(() => [...new Set(findPersonalData(whole).map((hit) => hit.kind))], [whole]);
  return (
    <div role="status">
      {kinds.length > 0 && (
        <div className={classes.warning}>
          <ShieldAlert size={22} aria-hidden />
          <div>
            <b>{say('case.warn.title')}</b>
            <p>{say('case.warn.advice', { what: list(kinds.map((kind) => say(`case.warn.${kind}`))) })}</p>
          </div>
        </div>
      )}
    </div>
  );
}
