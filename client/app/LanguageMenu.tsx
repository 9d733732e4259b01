// Duty: the language switch, shown as words. Also stands alone on the pages before signing in.
import { Button, Menu } from '@mantine/core';
import { type Language, languages } from '../../shared/directory.ts';
import { useSpeech } from '../lib/i18n.tsx';
import { Languages } from '../ui/icons.ts';
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
        <Menu.RadioGroup
          aria-label={say('language.choose')}
          value={language}
          onChange={(value) => void choose(value as Language)}
        >
          {languages.map((one) => (
            <Menu.RadioItem key={one} value={one} lang={one === 'sr' ? 'sr-Latn' : one}>
              {say(`language.${one}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
