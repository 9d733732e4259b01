// Duty: a briefing on one printed page, whatever there is to say: what does not fit is counted. What may be said: briefing.queries.ts.
import { makeFormats, nameOf } from '../../../shared/format.ts';
import type { BriefingLanguage } from '../../../shared/mapAdvocacy.ts';
import { themes } from '../../../shared/themeLists.ts';
import { makePdf, type PdfTable, type PdfWriter } from '../../pdf/pdf.ts';
import { speakers } from '../../words.ts';
import type { Briefing } from './briefing.queries.ts';

type Section = 'promises' | 'demands' | 'silence';

/** More rows than these never fit beside each other. */
const mostRows: Record<Section, number> = { promises: 14, demands: 12, silence: 16 };
const longest = 120;
const longestName = 80;
/** Points of a section's heading, of the line that says how many more there are, and of a table's end, each with its space. */
const points = { heading: 34, more: 26, end: 14 } as const;

/** Always one page: the largest part gives up a row until everything fits. */
export async function print({
  briefing,
  language,
}: {
  briefing: Briefing;
  language: BriefingLanguage;
}): Promise<Uint8Array> {
  const { say } = speakers[language];
  const formats = makeFormats(language, 'Europe/Belgrade');
  const title = say('briefing.title', { place: nameOf(briefing.municipality.names, language) });
  const day = formats.date(briefing.today);
  return makePdf(
    {
      title,
      language,
      madeAt: new Date(`${briefing.today}T12:00:00Z`),
      footer: () => say('briefing.footer', { day }),
    },
    (write) => {
      const ground = { briefing, language, write, say, formats };
      write.heading(title, 1);
      write.text(say('briefing.about', { day }), { quiet: true });
      writeCases(ground);
      const parts = [promisesOf(ground), demandsOf(ground), silenceOf(ground)];
      const shown = rowsThatFit(ground, parts);
      parts.forEach((part, at) => {
        writePart(ground, part, shown[at]!);
      });
    },
  );
}

interface Ground {
  briefing: Briefing;
  language: BriefingLanguage;
  write: PdfWriter;
  say: (typeof speakers)['en']['say'];
  formats: ReturnType<typeof makeFormats>;
}

function writeCases({ briefing, write, say, formats }: Ground): void {
  const { total, byTheme } = briefing.cases;
  const parts = themes.flatMap((theme) => {
    const count = byTheme?.[theme] ?? 0;
    return count > 0 ? `${say(`theme.${theme}`)} ${formats.number(count)}` : [];
  });
  const words =
    total === null
      ? say('briefing.cases.withheld')
      : total === 0
        ? say('briefing.cases.none')
        : [
            say('briefing.cases.total', { count: total, number: formats.number(total) }),
            parts.length > 0 ? parts.join(' · ') : say('briefing.cases.themesWithheld'),
          ].join('. ');
  write.heading(say('briefing.cases'));
  write.text(words);
}

interface Part extends PdfTable {
  section: Section;
  /** How many there are; the rows are the first of them. */
  all: number;
}

/** For each part, how many of its rows. */
function rowsThatFit({ write }: Ground, parts: readonly Part[]): number[] {
  const heights = parts.map((part) => write.heightsOf(part));
  const shown = parts.map(({ rows }) => rows.length);
  const needed = () =>
    parts.reduce((sum, { all }, at) => {
      const rows = heights[at]!.rows.slice(0, shown[at]);
      const table = rows.length > 0 ? heights[at]!.head + points.end : 0;
      const more = all === 0 || all > rows.length ? points.more : 0;
      return sum + points.heading + table + more + rows.reduce((one, other) => one + other, 0);
    }, 0);
  const taken = (at: number) => heights[at]!.rows.slice(0, shown[at]).reduce((sum, row) => sum + row, 0);
  while (needed() > write.left() && shown.some((count) => count > 0)) {
    const largest = parts.map((_, at) => at).sort((a, b) => taken(b) - taken(a))[0]!;
    shown[largest]! -= 1;
  }
  // A tall row that went may leave room for smaller ones of another part.
  for (const at of parts.keys())
    while (shown[at]! < parts[at]!.rows.length) {
      shown[at]! += 1;
      if (needed() <= write.left()) continue;
      shown[at]! -= 1;
      break;
    }
  return shown;
}

function promisesOf({ briefing, language, say }: Ground): Part {
  const rows = briefing.promises.slice(0, mostRows.promises).map((promise): string[] => {
    const title = typeof promise.title === 'string' ? promise.title : nameOf(promise.title, language);
    const standing = promise.standing && say(`commitments.flag.${promise.standing}`).toUpperCase();
    const due = [
      promise.dueOn ? dotted(promise.dueOn) : say('briefing.noDay'),
      ...(promise.daysLate > 0 ? [say('briefing.late', { count: promise.daysLate })] : []),
      ...(promise.slips > 0 ? [say('briefing.slips', { count: promise.slips })] : []),
    ];
    return [
      [standing, short(title)].filter(Boolean).join(': ') +
        (promise.institution ? `\n${short(nameOf(promise.institution, language), longestName)}` : ''),
      promise.promisedOn ? dotted(promise.promisedOn) : say('briefing.noDay'),
      due.join(', '),
      promise.reported ? say(`commitments.completion.${promise.reported}`) : say('briefing.nothing'),
      promise.verified ? say(`commitments.completion.${promise.verified}`) : say('commitments.unchecked'),
    ];
  });
  const columns = [
    { title: say('briefing.promise'), share: 4.6 },
    { title: say('briefing.promised'), share: 1.5 },
    { title: say('briefing.due'), share: 1.9 },
    { title: say('briefing.reported'), share: 1.6 },
    { title: say('briefing.verified'), share: 1.6 },
  ];
  return { section: 'promises', columns, rows, all: briefing.promises.length };
}

function demandsOf({ briefing, language, say }: Ground): Part {
  const rows = briefing.demands
    .slice(0, mostRows.demands)
    .map(({ text, institution, endsOn }) => [
      short(text),
      institution ? short(nameOf(institution, language), longestName) : '',
      endsOn ? dotted(endsOn) : say('briefing.noDay'),
    ]);
  const columns = [
    { title: say('briefing.demand'), share: 5 },
    { title: say('briefing.institution'), share: 3 },
    { title: say('briefing.until'), share: 1.4 },
  ];
  return { section: 'demands', columns, rows, all: briefing.demands.length };
}

function silenceOf({ briefing, language, say, formats }: Ground): Part {
  const rows = briefing.silence
    .slice(0, mostRows.silence)
    .map(({ reference, kind, institution, sentOn, days }) => [
      `${reference}  ${say(`letters.kind.${kind}`)}`,
      institution ? short(nameOf(institution, language), longestName) : '',
      dotted(sentOn),
      formats.number(days),
    ]);
  const columns = [
    { title: say('briefing.letter'), share: 3.6 },
    { title: say('briefing.institution'), share: 3 },
    { title: say('briefing.sent'), share: 1.4 },
    { title: say('briefing.days'), share: 1.4, align: 'right' as const },
  ];
  return { section: 'silence', columns, rows, all: briefing.silence.length };
}

function writePart({ write, say, formats }: Ground, part: Part, shown: number): void {
  const { section, columns, all } = part;
  const rows = part.rows.slice(0, shown);
  write.heading(say(`briefing.${section}`));
  if (all === 0) write.text(say(`briefing.${section}.none`));
  if (rows.length > 0) write.table({ columns, rows });
  const more = all - rows.length;
  if (more > 0)
    write.text(say('advocacy.more', { count: more, number: formats.number(more) }), { quiet: true });
}

const dotted = (day: string) => day.split('-').reverse().join('.');

/** Cut between words. */
function short(text: string, most = longest): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most - 40))}…`;
}
