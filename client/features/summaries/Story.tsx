// Duty: the story in the viewer's language, its figures put in from the release, so that words and tables cannot disagree.
import type { FrozenRelease } from '../../../shared/summaries.ts';
import { storyLanguages } from '../../../shared/summaryLists.ts';
import { storyText } from '../../../shared/summaryWords.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';

export function Story({ release }: { release: FrozenRelease }) {
  const { say, language } = useSpeech();
  const speech = useFigureSpeech();
  const own = language === 'rom' ? 'sq' : language;
  const told = [own, ...storyLanguages].find((one) => release.story[one]?.length);
  if (!told) return null;
  const text = storyText(release.story[told]!, release.indicators, speech);
  return (
    <section className={classes.story} aria-labelledby="story">
      <h2 id="story">{say('summaries.story')}</h2>
      {told !== own && (
        <p className={classes.faint}>
          {say('summaries.story.otherLanguage', { language: say(`language.${told}`) })}
        </p>
      )}
      <div lang={told === 'sr' ? 'sr-Latn' : told}>
        {text.split(/\n{2,}/).map((paragraph, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a frozen text's paragraphs never move.
          <p key={index}>{paragraph}</p>
        ))}
      </div>
    </section>
  );
}
