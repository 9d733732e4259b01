// Duty: light, dark or as the device says; kept on this device.
import { useMantineColorScheme } from '@mantine/core';
import type { MessageKey } from '../../shared/i18n.ts';
import type { LucideIcon } from '../ui/icon.tsx';
import { Monitor, Moon, Sun } from '../ui/icons.ts';

export const appearances: { value: 'light' | 'dark' | 'auto'; word: MessageKey; icon: LucideIcon }[] = [
  { value: 'light', word: 'shell.light', icon: Sun },
  { value: 'dark', word: 'shell.dark', icon: Moon },
  { value: 'auto', word: 'shell.auto', icon: Monitor },
];

export function useAppearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return { appearance: colorScheme, setAppearance: setColorScheme };
}
