// Duty: the button that copies something shown once, and says that it did. What is copied is kept nowhere.
import { Button, CopyButton } from '@mantine/core';
import { useSay } from '../lib/i18n.tsx';
import { Check, Copy } from './icons.ts';

interface Props {
  value: string;
  variant?: 'default' | 'filled';
  /** Where a dialog begins. */
  first?: boolean;
  words?: { copy: string; copied: string };
}

export function CopyAction({ value, variant = 'filled', first, words }: Props) {
  const say = useSay();
  const said = words ?? { copy: say('common.copy'), copied: say('common.copied') };
  return (
    <CopyButton value={value} timeout={4000}>
      {({ copied, copy }) => (
        <Button
          variant={variant}
          onClick={copy}
          data-autofocus={first || undefined}
          leftSection={copied ? <Check size={18} aria-hidden /> : <Copy size={18} aria-hidden />}
        >
          {copied ? said.copied : said.copy}
        </Button>
      )}
    </CopyButton>
  );
}
