// Duty: hold the PDFs to what they promise: right letters in the text layer, pages that number and break, nothing of a person, same in same out.
import { expect } from 'chai';
import { makePdf, type PdfSettings, type PdfWriter } from '../server/pdf/pdf.ts';
import { readPdf } from './support/pdfText.ts';

const letters = 'ë ç č ć š ž đ Ë Ç Č Ć Š Ž Đ';
const settings: PdfSettings = {
  title: 'Shkresë LET-2026-0001',
  language: 'sq',
  madeAt: new Date('2026-11-21T10:00:00Z'),
  footer: (page, pages) => `LET-2026-0001 · ${page}/${pages}`,
};
const withAll = (writer: PdfWriter) => {
  writer.letterhead('KOSINT', ['Graçanicë / Gračanica']);
  writer.heading('Kërkesë për qasje në dokumente', 1);
  writer.facts([['Institucioni', 'Zyra Komunale për Komunitete dhe Kthim']]);
  writer.text(`${letters}\n\nZahtev za pristup dokumentima: Đakovica, Uroševac, Peć.`);
  writer.list(['një', 'dva']);
  writer.figures([
    { value: '12', label: 'shkresa' },
    { value: '40 %', label: 'pa përgjigje' },
  ]);
  writer.table({
    columns: [
      { title: 'Komuna', share: 3 },
      { title: 'Raste', align: 'right' },
    ],
    rows: Array.from({ length: 90 }, (_, at) => [`Rreshti ${at} ë`, String(at)]),
  });
  writer.text('Fund.');
};

describe('makePdf', () => {
  it('keeps every letter of Albanian and Serbian in the text layer', async () => {
    const { text } = await readPdf(await makePdf(settings, withAll));
    expect(text).to.include(letters);
    expect(text).to.include('Đakovica, Uroševac, Peć');
    expect(text).to.include('Kërkesë për qasje në dokumente');
  });

  it('writes letters that came in two parts as one', async () => {
    const file = await makePdf(settings, (writer) => writer.text('Pejë, Gračanica'.normalize('NFD')));
    expect((await readPdf(file)).text).to.include('Pejë, Gračanica');
  });

  it('breaks pages, repeats the head of a table and numbers each page', async () => {
    const { pages } = await readPdf(await makePdf(settings, withAll));
    expect(pages.length).to.be.greaterThan(2);
    pages.forEach((page, at) => {
      expect(page).to.include(`LET-2026-0001 · ${at + 1}/${pages.length}`);
    });
    expect(pages.slice(0, -1).every((page) => page.includes('Komuna'))).to.equal(true);
    for (let row = 0; row < 90; row += 1)
      expect(pages.filter((page) => page.includes(`Rreshti ${row} ë`))).to.have.lengthOf(1);
  });

  it('says title, language and maker about itself, and no author', async () => {
    const { info } = await readPdf(await makePdf(settings, withAll));
    expect(info.Title).to.equal('Shkresë LET-2026-0001');
    expect(info.Language).to.equal('sq');
    expect(info).to.not.have.property('Author');
    expect(info.Creator).to.equal('KOSINT Tracker');
    expect(info.Producer).to.equal('KOSINT Tracker');
  });

  it('makes the same bytes of the same words', async () => {
    const [one, two] = [await makePdf(settings, withAll), await makePdf(settings, withAll)];
    expect(one.equals(two)).to.equal(true);
  });

  it('writes what no font has as a space rather than failing', async () => {
    const file = await makePdf(settings, (writer) => writer.text('a\u0000b\u0007c \u{1F600}'));
    expect((await readPdf(file)).text).to.include('a b c');
  });

  it('runs a text of many pages over all of them', async () => {
    const words = Array.from({ length: 4_000 }, (_, at) => `fjala${at}`);
    const { pages, text } = await readPdf(await makePdf(settings, (writer) => writer.text(words.join(' '))));
    expect(pages.length).to.be.greaterThan(3);
    for (const word of words) expect(text).to.include(word);
  });
});
