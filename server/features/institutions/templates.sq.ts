// Duty: the templates of letters in Albanian.
import type { Gaps, TemplateWords } from './templates.ts';

const open = 'Të nderuar,';
const close = 'Ju falënderojmë për bashkëpunimin.\n\nMe respekt,\nPër KOSINT';
const paragraphs = (...all: (string | null)[]) => [open, ...all, close].filter(Boolean).join('\n\n');
const within = ({ rule }: Gaps) =>
  rule
    ? `Sipas aktit „${rule.law}“ e presim përgjigjen tuaj me shkrim brenda ${rule.days} ditësh${rule.working ? ' pune' : ''} nga pranimi i kësaj shkrese.`
    : 'E presim përgjigjen tuaj me shkrim brenda afatit ligjor.';
const earlier = ({ before }: Gaps) =>
  before
    ? `shkresën tonë ${before.reference}${before.sentOn ? ` të datës ${before.sentOn}` : ''} („${before.subject}“)`
    : 'shkresën tonë';

export const sq: TemplateWords = {
  toFill: '[Shkruani këtu se çka kërkoni]',
  day: (day) => day.split('-').reverse().join('.'),
  first: {
    access_to_documents: (gaps) => ({
      subject: 'Kërkesë për qasje në dokumente publike',
      body: paragraphs(
        `Përmes kësaj kërkese i drejtohemi institucionit tuaj (${gaps.institution}) për qasje në këto dokumente publike:`,
        gaps.ask,
        'Ju lutemi të na dërgoni kopje në formë elektronike ose, nëse kjo nuk është e mundur, të na mundësoni shikimin e tyre.',
        within(gaps),
        'Nëse kërkesa refuzohet pjesërisht ose tërësisht, ju lutemi të na njoftoni me shkrim për arsyet dhe për mjetin juridik.',
      ),
    }),
    request: (gaps) => ({
      subject: 'Kërkesë për veprim',
      body: paragraphs(
        `Në emër të familjeve rome, ashkali dhe egjiptiane me të cilat punojmë, i drejtohemi institucionit tuaj (${gaps.institution}) me këtë kërkesë:`,
        gaps.ask,
        within(gaps),
        'Jemi të gatshëm të japim sqarime shtesë dhe të takohemi me ju.',
      ),
    }),
    complaint: (gaps) => ({
      subject: 'Ankesë',
      body: paragraphs(
        `Përmes kësaj ankese e njoftojmë institucionin tuaj (${gaps.institution}) për sa vijon:`,
        gaps.ask,
        'Kërkojmë që ankesa të shqyrtohet dhe të merret vendim i arsyetuar.',
        within(gaps),
      ),
    }),
    meeting: (gaps) => ({
      subject: 'Kërkesë për takim',
      body: paragraphs(
        `Kërkojmë takim me institucionin tuaj (${gaps.institution}) për këtë çështje:`,
        gaps.ask,
        'Ju lutemi të na propozoni datën dhe vendin e takimit.',
        within(gaps),
      ),
    }),
  },
  later: {
    reminder: (gaps) => ({
      subject: `Përkujtesë: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `Ju përkujtojmë ${earlier(gaps)}, për të cilën afati i përgjigjes ka kaluar pa zgjidhje.`,
        'Ju lutemi të përgjigjeni pa vonesë. Nëse as kësaj radhe nuk marrim përgjigje, do t’i drejtohemi autoritetit më të lartë.',
      ),
    }),
    higher_authority: (gaps) => ({
      subject: `Mungesë e përgjigjes: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `I drejtohemi institucionit tuaj (${gaps.institution}) sepse për ${earlier(gaps)} nuk kemi marrë përgjigje të duhur.`,
        gaps.ask,
        'Kërkojmë që, brenda kompetencave tuaja mbikëqyrëse, të siguroni që kërkesa të shqyrtohet dhe të na njoftoni për masat e marra.',
      ),
    }),
    independent_body: (gaps) => ({
      subject: `Ankesë për mospërgjigje: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `I drejtohemi institucionit tuaj (${gaps.institution}) me ankesë, sepse autoritetet nuk janë përgjigjur siç duhet në ${earlier(gaps)}.`,
        gaps.ask,
        'Kërkojmë që ta shqyrtoni rastin dhe të na njoftoni për vendimin ose rekomandimin tuaj. Kopjet e shkresave i bashkëngjesim.',
      ),
    }),
    court_or_media: (gaps) => ({
      subject: `Njoftim para hapave të mëtejmë: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `Për ${earlier(gaps)} dhe për shkresat e mëparshme nuk kemi marrë zgjidhje nga institucioni juaj (${gaps.institution}).`,
        'Ju njoftojmë se, pas këshillimit me avokat, do t’i drejtohemi gjykatës ose opinionit publik. Mbetemi të hapur për zgjidhje deri atëherë.',
      ),
    }),
  },
};
