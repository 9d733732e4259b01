// Duty: a release as a printed report: cover, headline, story, map, charts with their tables, advocacy, how it was made. Watermarked on every page.
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import { makeFormats, nameOf } from '../../../shared/format.ts';
import type { MessageKey } from '../../../shared/i18n.ts';
import { type Drawing, drawingOf } from '../../../shared/mapDrawing.ts';
import type { MapShapes } from '../../../shared/mapViews.ts';
import type { FrozenIndicator, FrozenRelease, FrozenTable } from '../../../shared/summaries.ts';
import { type StoryLanguage, storyLanguages } from '../../../shared/summaryLists.ts';
import {
  cellName,
  changeText,
  type FigureSpeech,
  figureText,
  indicatorName,
  periodName,
  storyText,
  targetText,
} from '../../../shared/summaryWords.ts';
import { makePdf, type PdfWriter } from '../../pdf/pdf.ts';
import { speakers } from '../../words.ts';
import type { Copy } from './reportRows.ts';

interface Ground {
  release: FrozenRelease;
  language: StoryLanguage;
  speech: FigureSpeech;
  write: PdfWriter;
}

export interface ReportOrder {
  release: FrozenRelease;
  language: StoryLanguage;
  /** Of municipalities, in that language. */
  names: Partial<Record<MunicipalitySlug, string>>;
  shapes: MapShapes;
  copy: Copy;
}

export async function print({ release, language, names, shapes, copy }: ReportOrder): Promise<Uint8Array> {
  const { say } = speakers[language];
  const formats = makeFormats(language, 'Europe/Belgrade');
  const speech: FigureSpeech = { say, formats, municipality: (slug) => names[slug] ?? slug };
  const title = `${say('summaries.title')}: ${periodName(release.period, speech)}`;
  const mark = say('summaries.watermark', { recipient: copy.recipient, day: formats.date(copy.on) });
  const running = release.running
    ? `   ·   ${say('summaries.running.short', { day: formats.date(release.countedTo) })}`
    : '';
  return makePdf(
    {
      title,
      language,
      madeAt: new Date(`${copy.on}T00:00:00Z`),
      footer: (page, pages) => `${mark}${running}   ·   ${page} / ${pages}`,
    },
    (write) => {
      const ground: Ground = { release, language, speech, write };
      writeCover(ground, mark);
      writeStory(ground);
      writeChanges(ground);
      writeMap(ground, drawingOf(shapes), shapes.attribution);
      for (const indicator of release.indicators) writeIndicator(ground, indicator);
      writeAdvocacy(ground);
      writeAbout(ground);
    },
  );
}

function writeCover({ release, speech, write }: Ground, mark: string): void {
  const { say, formats } = speech;
  write.letterhead(say('app.name'), [mark]);
  write.space(40);
  write.heading(periodName(release.period, speech), 1);
  write.text(say('summaries.about'), { quiet: true });
  write.facts([
    [
      say('summaries.period'),
      say('summaries.period.range', {
        from: formats.date(release.period.from),
        to: formats.date(release.period.to),
      }),
    ],
    ...(release.publishedAt
      ? ([['', say('summaries.published', { day: formats.date(release.publishedAt) })]] as const)
      : []),
    ['', say('summaries.version', { version: release.version })],
  ]);
  if (release.corrects) write.text(say('summaries.corrected', { ...release.corrects }));
  if (release.example) write.text(say('summaries.example'), { bold: true });
  if (release.running)
    write.text(say('summaries.running', { day: formats.date(release.countedTo) }), { bold: true });
  write.space(20);
  const headline = ['cases.confirmed', 'referrals.inTimeShare', 'commitments.moved'];
  const shown = release.indicators.filter(({ key }) => headline.includes(key));
  write.figures(
    shown.map((indicator) => ({
      value: figureText(indicator.figure, indicator.unit, speech),
      label: [indicatorName(indicator, speech), targetText(indicator, speech)].filter(Boolean).join('. '),
    })),
  );
}

function writeStory({ release, language, speech, write }: Ground): void {
  const told = [language, ...storyLanguages].find((one) => release.story[one]?.length);
  if (!told) return;
  write.heading(speech.say('summaries.story'));
  if (told !== language)
    write.text(speech.say('summaries.story.otherLanguage', { language: speech.say(`language.${told}`) }), {
      quiet: true,
    });
  write.text(storyText(release.story[told]!, release.indicators, speech));
}

function writeChanges({ release, speech, write }: Ground): void {
  write.heading(speech.say('summaries.changed'));
  const changed = release.indicators.flatMap((indicator) => {
    const words = indicator.formulaChanged
      ? speech.say('summaries.formulaChanged')
      : changeText(indicator, speech);
    return words ? [[indicatorName(indicator, speech), words] as const] : [];
  });
  if (changed.length > 0) write.facts(changed);
  else
    write.text(speech.say(release.previous ? 'summaries.before.unknown' : 'summaries.changed.none'), {
      quiet: true,
    });
}

const cellsOf = ({ tables }: FrozenIndicator) =>
  tables.find(({ name }) => name === 'municipality')?.cells ?? [];

function writeMap({ release, speech, write }: Ground, drawing: Drawing, attribution: string): void {
  const indicator = release.indicators.find((one) => cellsOf(one).length > 0);
  if (!indicator) return;
  const { say } = speech;
  const cells = cellsOf(indicator);
  const most = Math.max(1, ...cells.map(({ value }) => value ?? 0));
  const shownIn = (slug: string) => cells.find(({ cell }) => cell === slug)?.value ?? null;
  write.newPage();
  write.heading(`${say('summaries.map')}: ${indicatorName(indicator, speech)}`);
  write.shapes({
    alt: say('summaries.map.label', { indicator: indicatorName(indicator, speech) }),
    width: drawing.width,
    height: drawing.height,
    shapes: [
      { path: drawing.outline, shade: undefined },
      ...drawing.municipalities.map(({ slug, path }) => {
        const value = shownIn(slug);
        return { path, shade: value === null ? null : value / most };
      }),
    ],
    names: drawing.municipalities.map(({ slug, label: [x, y], side }) => ({
      text: cellName('municipality', slug, speech),
      x,
      y,
      side,
    })),
  });
  write.text(`${say('summaries.map.withheld')}. ${attribution}`, { quiet: true, small: true });
}

function writeIndicator({ release, speech, write }: Ground, indicator: FrozenIndicator): void {
  const { say } = speech;
  const { figure, unit, key, target, trend } = indicator;
  write.room(150);
  write.heading(indicatorName(indicator, speech));
  write.text(figureText(figure, unit, speech), { bold: true });
  write.text(
    [
      say(`summaries.definition.${key}`),
      figure.withheld && `${say(`summaries.withheld.${figure.withheld}`)}.`,
      target && targetText(indicator, speech),
      target?.baseline != null &&
        say('summaries.baseline', { baseline: figureText({ value: target.baseline }, unit, speech) }),
    ]
      .filter(Boolean)
      .join('\n'),
    { quiet: true },
  );
  if (trend.length > 0)
    write.line({
      alt: say('summaries.trend.label', { indicator: indicatorName(indicator, speech) }),
      points: [...trend, { period: release.period, value: figure.value, comparable: true }].map((point) => ({
        label: periodName(point.period, speech),
        value: point.comparable ? point.value : null,
        text: figureText(point, unit, speech) + (point.comparable ? '' : '*'),
      })),
    });
  if (trend.some(({ comparable }) => !comparable))
    write.text(`* ${say('summaries.trend.notComparable')}`, { quiet: true, small: true });
  for (const table of indicator.tables) writeTable({ speech, write }, indicator, table);
}

/** Bars and the table in one: each row has its number. */
function writeTable(
  { speech, write }: Pick<Ground, 'speech' | 'write'>,
  indicator: FrozenIndicator,
  table: FrozenTable,
): void {
  const { say } = speech;
  const name = say(`summaries.table.${table.name}`);
  write.room(70);
  write.text(name, { bold: true });
  write.bars({
    alt: say('summaries.chart.label', { indicator: indicatorName(indicator, speech), table: name }),
    rows: table.cells.map((cell) => ({
      label: cellName(table.name, cell.cell!, speech),
      value: cell.value,
      text: figureText(cell, indicator.unit, speech),
    })),
  });
}

function writeAdvocacy({ release, language, speech, write }: Ground): void {
  const { say, formats, municipality } = speech;
  write.heading(say('summaries.campaigns'));
  if (release.campaigns.length === 0) write.text(say('summaries.campaigns.none'), { quiet: true });
  else
    write.list(
      release.campaigns.map(({ title, stage, result, municipalities }) =>
        [
          title,
          say(`summaries.cell.stage.${stage}` as MessageKey),
          result && say(`summaries.cell.result.${result}` as MessageKey),
          municipalities.map(municipality).join(', '),
        ]
          .filter(Boolean)
          .join(' · '),
      ),
    );
  write.heading(say('summaries.commitments'));
  if (release.commitments.length === 0) write.text(say('summaries.commitments.none'), { quiet: true });
  const voice = (completion: string | null) =>
    completion ? say(`summaries.completion.${completion}` as MessageKey) : '–';
  for (const commitment of release.commitments) {
    write.room(80);
    write.text(`“${commitment.words}”`, { bold: true });
    write.facts([
      [
        nameOf(commitment.institution, language),
        [
          commitment.municipality && municipality(commitment.municipality),
          commitment.dueOn && say('summaries.commitment.due', { day: formats.date(commitment.dueOn) }),
          commitment.movedInPeriod && say('summaries.commitment.moved'),
        ]
          .filter(Boolean)
          .join(' · '),
      ],
      [say('summaries.commitment.reported'), voice(commitment.authorityReported)],
      [say('summaries.commitment.verified'), voice(commitment.verified)],
      ...(commitment.evidence.length > 0
        ? ([
            [
              say('summaries.commitment.evidence'),
              commitment.evidence
                .map(({ title, url, on }) => [title, on && formats.date(on), url].filter(Boolean).join(', '))
                .join('\n'),
            ],
          ] as const)
        : []),
    ]);
  }
}

function writeAbout({ release, language, speech, write }: Ground): void {
  const { say, formats } = speech;
  write.heading(say('summaries.whatWithheld'));
  write.text(
    say('summaries.whatWithheld.text', {
      smallest: formats.number(release.smallestShown),
      base: formats.number(release.smallestBase),
      withheld: formats.number(release.counts.withheld),
      all: formats.number(release.counts.shown + release.counts.withheld),
    }),
  );
  write.heading(say('summaries.made'));
  write.text(say('summaries.made.frozen', { day: formats.date(release.frozenAt) }));
  write.text(say('summaries.made.consent'));
  write.table({
    columns: [
      { title: say('summaries.made.by'), share: 2 },
      { title: say('summaries.made.formula', { version: '' }).trim(), share: 1, align: 'right' },
      { title: say('summaries.made.note'), share: 4 },
    ],
    rows: release.indicators.map((indicator) => [
      indicatorName(indicator, speech),
      String(indicator.formulaVersion),
      [indicator.formulaChanged && say('summaries.formulaChanged'), indicator.note[language]]
        .filter(Boolean)
        .join(' '),
    ]),
  });
}
