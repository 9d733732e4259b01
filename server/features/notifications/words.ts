// Duty: what a notice says outside the page, in its reader's language: a reference and a verb.
import type { Language } from '../../../shared/directory.ts';
import { speakers } from '../../words.ts';
import type { NotificationFile } from './notifications.model.ts';

export const lineOf = (
  { reference, event }: Pick<NotificationFile, 'reference' | 'event'>,
  language: Language,
): string => `${reference}: ${speakers[language].say(`notifications.event.${event}`)}`;
