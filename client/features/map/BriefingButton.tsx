// Duty: the printed page for the meeting with a municipality, in a language of choice. The file is made by the server.
import { Button, NativeSelect } from '@mantine/core';
import { useId, useState } from 'react';
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import { advocacyPaths, type BriefingLanguage, briefingLanguages } from '../../../shared/mapAdvocacy.ts';
import { withQuery } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Download } from '../../ui/icons.ts';
import classes from './advocacy.module.css';

export function BriefingButton({ municipality }: { municipality: MunicipalitySlug }) {
  const { say, language } = useSpeech();
  const id = useId();
  const [chosen, setChosen] = useState<BriefingLanguage>(language === 'rom' ? 'sq' : language);
  return (
    <section className={classes.briefing} aria-labelledby={id}>
      <h3 id={id}>{say('advocacy.briefing')}</h3>
      <p className={classes.faint}>{say('advocacy.briefing.about')}</p>
      <div className={classes.actions}>
        <NativeSelect
          size="sm"
          aria-label={say('language.choose')}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value as BriefingLanguage)}
          data={briefingLanguages.map((one) => ({ value: one, label: say(`language.${one}`) }))}
        />
        <Button
          component="a"
          href={withQuery(advocacyPaths.briefing(municipality), { language: chosen })}
          download
          variant="default"
          size="sm"
          leftSection={<Download size={17} aria-hidden />}
        >
          {say('advocacy.briefing.get')}
        </Button>
      </div>
    </section>
  );
}
