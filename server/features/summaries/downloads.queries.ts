// Duty: a release as a file in the wanted form and language, with its watermark. Who may take it is the caller's.
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import { makeFormats, nameOf } from '../../../shared/format.ts';
import type { FrozenRelease } from '../../../shared/summaries.ts';
import type { DownloadFormat, StoryLanguage } from '../../../shared/summaryLists.ts';
import type { FigureSpeech } from '../../../shared/summaryWords.ts';
import { clock, dayOf } from '../../clock.ts';
import type { MadeFile } from '../../files/send.ts';
import { printed } from '../../pdf/printer.ts';
import { speakers } from '../../words.ts';
import { municipalities } from '../directory/municipalities.queries.ts';
import { shapesToPrint } from '../map/map.queries.ts';
import type { Copy } from './reportRows.ts';
import { reportCsv, reportJson, reportXlsx } from './reportSheets.ts';

const mediaTypes: Record<DownloadFormat, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

type Names = Partial<Record<MunicipalitySlug, string>>;

const namesIn = async (language: StoryLanguage): Promise<Names> =>
  Object.fromEntries((await municipalities()).map(({ slug, names }) => [slug, nameOf(names, language)]));

const speechIn = (language: StoryLanguage, names: Names): FigureSpeech => ({
  say: speakers[language].say,
  formats: makeFormats(language, 'Europe/Belgrade'),
  municipality: (slug) => names[slug] ?? slug,
});

export async function reportOf(
  release: FrozenRelease,
  format: DownloadFormat,
  language: StoryLanguage,
  recipient: string,
): Promise<MadeFile> {
  const copy: Copy = { recipient, on: dayOf(clock.now()) };
  const names = await namesIn(language);
  const speech = speechIn(language, names);
  const { period, version } = release;
  return {
    content: await contentOf(),
    mediaType: mediaTypes[format],
    name: `kosint-${period.from}-${period.to}-v${version}-${language}.${format}`,
  };

  async function contentOf(): Promise<Buffer> {
    if (format === 'pdf')
      return printed<typeof import('./reportPdf.ts')>(new URL('./reportPdf.ts', import.meta.url), {
        release,
        language,
        names,
        shapes: await shapesToPrint(),
        copy,
      });
    if (format === 'xlsx') return reportXlsx(release, speech, copy);
    if (format === 'csv') return reportCsv(release, speech, copy);
    return reportJson(release, copy);
  }
}
