// Duty: says gently that a text may tell who a person is, and how to write it instead. Nothing is refused.
import { Alert } from '@mantine/core';
import { ShieldAlert } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { findPersonalData } from '../../../shared/personalData.ts';
import { useSpeech } from '../../lib/i18n.tsx';

export function PersonalDataWarning({ texts }: { texts: readonly string[] }) {
  const { say, list } = useSpeech();
  const whole = useDeferredValue(texts.join('\n'));
  const kinds = useMemo(() => [...new Set(findPersonalData(whole).map((hit) => hit.kind))], [whole]);
  return (
    <div role="status">
      {kinds.length > 0 && (
        <Alert
          variant="light"
          color="yellow"
          icon={<ShieldAlert size={20} aria-hidden />}
          title={say('case.warn.title')}
        >
          {say('case.warn.advice', { what: list(kinds.map((kind) => say(`case.warn.${kind}`))) })}
        </Alert>
      )}
    </div>
  );
}
