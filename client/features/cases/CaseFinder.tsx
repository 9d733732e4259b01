// Duty: pointing at another case by its reference or words of its title, among those the viewer may see.
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useSay } from '../../lib/i18n.tsx';
import { Check } from '../../ui/icons.ts';
import dialog from './dialog.module.css';
import { useFindCases } from './useCases.ts';

interface Props {
  label: string;
  /** The case itself is never its own answer. */
  without: string;
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string | undefined;
}

export function CaseFinder({ label, without, value, onChange, error }: Props) {
  const say = useSay();
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words, 250);
  const { data = [] } = useFindCases(asked);
  const found = data.filter((row) => row.id !== without);
  return (
    <div>
      <TextInput
        label={label}
        description={say('case.move.duplicateHint')}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          onChange(null);
        }}
        error={error}
        required
      />
      <ul className={dialog.found}>
        {asked.trim() !== '' &&
          found.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className={dialog.foundButton}
                aria-pressed={row.id === value}
                onClick={() => onChange(row.id)}
              >
                {row.id === value && <Check size={16} aria-hidden />} <b>{row.reference}</b> {row.title}
              </button>
            </li>
          ))}
      </ul>
    </div>
  );
}
