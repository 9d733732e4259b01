// Duty: the type of a complete language: English is the measure. No words here.
import type { en } from './en/index.ts';

export type MessageKey = keyof typeof en;
export type Messages = Record<MessageKey, string>;
