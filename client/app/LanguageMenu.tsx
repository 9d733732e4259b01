// Duty: the language switch, shown as words. Also stands alone on the pages before signing in.
import { Button, Menu } from '@mantine/core';
import { Check, Languages } from 'lucide-react';
import { languages } from '../../shared/directory.ts';
import { useSpeech } from '../lib/i18n.tsx';
import { useLanguageChoice } from './useLanguageChoice.ts';

export function LanguageMenu() {
  const { say, language } = useSpeech();
  const choose = useLanguageChoice();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<Languages size={20} aria-hidden />}
          aria-label={say('language.now', { language: say(`language.${language}`) })}
        >
          {say(`language.${language}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((one) => (
          <Menu.Item
            key={one}
            lang={one === 'sr' ? 'sr-Latn' : one}
            aria-current={one === language || undefined}
            rightSection={one === language && <Check size={18} aria-hidden />}
            onClick={() => void choose(one)}
          >
            {say(`language.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
