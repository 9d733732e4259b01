// Duty: the process that prints reports: orders in, pages out. It knows no database and asks nobody anything.
import { makeFormats } from '../../../shared/format.ts';
import { speakers } from '../../words.ts';
import { reportPdf } from './reportPdf.ts';
import type { PrintedReport, ReportOrder } from './reportPrinter.ts';

async function print({ id, release, language, names, shapes, copy }: ReportOrder): Promise<PrintedReport> {
  try {
    const speech = {
      say: speakers[language].say,
      formats: makeFormats(language, 'Europe/Belgrade'),
      municipality: (slug: keyof typeof names) => names[slug] ?? slug,
    };
    return { id, content: await reportPdf(release, language, speech, shapes, copy) };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', async (order: ReportOrder) => {
  process.send?.(await print(order));
});
process.once('disconnect', () => process.exit());
