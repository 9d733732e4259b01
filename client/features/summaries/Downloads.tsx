// Duty: the release to take along, in the viewer's language; each copy names who took it. The files are made by the server.
import { Button } from '@mantine/core';
import { type DownloadFormat, downloadFormats } from '../../../shared/summaryLists.ts';
import { summaryPaths } from '../../../shared/summaryPaths.ts';
import { withQuery } from '../../lib/api.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Download } from '../../ui/icons.ts';
import classes from './summaries.module.css';

export function Downloads({
  releaseId,
  path,
}: {
  releaseId: string;
  path?: (format: DownloadFormat) => string;
}) {
  const { say, language } = useSpeech();
  const href = path ?? ((format: DownloadFormat) => summaryPaths.download(releaseId, format));
  return (
    <section className={`${classes.downloads} no-print`} aria-labelledby="downloads">
      <h2 id="downloads">{say('summaries.downloads')}</h2>
      <p className={classes.faint}>{say('summaries.downloads.about')}</p>
      <div className={classes.downloadRow}>
        {downloadFormats.map((format) => (
          <Button
            key={format}
            component="a"
            href={withQuery(href(format), { language: language === 'rom' ? 'sq' : language })}
            download
            variant="default"
            leftSection={<Download size={18} aria-hidden />}
          >
            {say(`summaries.download.${format}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
