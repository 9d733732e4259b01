// Duty: a release as a file in the wanted form and language, with its watermark. Who may take it is the caller's.
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import { makeFormats, nameOf } from '../../../shared/format.ts';
import type { FrozenRelease } from '../../../shared/summaries.ts';
import type { DownloadFormat, StoryLanguage } from '../../../shared/summaryLists.ts';
import type { FigureSpeech } from '../../../shared/summaryWords.ts';
import { clock, dayOf } from '../../clock.ts';
import { speakers } from '../../words.ts';
import { municipalities } from '../directory/municipalities.queries.ts';
import { reportPdf } from './reportPdf.ts';
import type { Copy } from './reportRows.ts';
import { reportCsv, reportJson, reportXlsx } from './reportSheets.ts';

export interface ReportFile {
  content: Buffer;
  mediaType: string;
  /** Says the period, never who took it. */
  name: string;
}

const mediaTypes: Record<DownloadFormat, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

async function speechIn(language: StoryLanguage): Promise<FigureSpeech> {
  const places = await municipalities();
  return {
    say: speakers[language].say,
    formats: makeFormats(language, 'Europe/Belgrade'),
    municipality(slug: MunicipalitySlug) {
      const place = places.find((one) => one.slug === slug);
      return place ? nameOf(place.names, language) : slug;
    },
  };
}

export async function reportOf(
  release: FrozenRelease,
  format: DownloadFormat,
  language: StoryLanguage,
  recipient: string,
): Promise<ReportFile> {
  const copy: Copy = { recipient, on: dayOf(clock.now()) };
  const speech = await speechIn(language);
  const { period, version } = release;
  return {
    content: await contentOf(),
    mediaType: mediaTypes[format],
    name: `kosint-${period.from}-${period.to}-v${version}-${language}.${format}`,
  };

  async function contentOf(): Promise<Buffer> {
    if (format === 'pdf') return reportPdf(release, language, speech, copy);
    if (format === 'xlsx') return reportXlsx(release, speech, copy);
    if (format === 'csv') return reportCsv(release, speech, copy);
    return reportJson(release, copy);
  }
}
