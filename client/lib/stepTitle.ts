// Duty: the words of a step of a plan: those of the theme's template in the reader's language, else as somebody typed them. Pure.
import type { Speaker } from '../../shared/i18n.ts';

export function stepTitle({ say, knows }: Speaker, step: { title: string; template: string | null }): string {
  const key = `step.${step.template}`;
  return step.template && knows(key) ? say(key) : step.title;
}
