// Duty: the templates of letters in Serbian (latinica).
import type { Gaps, TemplateWords } from './templates.ts';

const open = 'Poštovani,';
const close = 'Zahvaljujemo na saradnji.\n\nS poštovanjem,\nZa KOSINT';
const paragraphs = (...all: (string | null)[]) => [open, ...all, close].filter(Boolean).join('\n\n');
const within = ({ rule }: Gaps) =>
  rule
    ? `Na osnovu akta „${rule.law}“ Vaš pisani odgovor očekujemo u roku od ${rule.days} ${rule.working ? 'radnih ' : ''}dana od prijema ovog dopisa.`
    : 'Vaš pisani odgovor očekujemo u zakonskom roku.';
const earlier = ({ before }: Gaps) =>
  before
    ? `naš dopis ${before.reference}${before.sentOn ? ` od ${before.sentOn}` : ''} („${before.subject}“)`
    : 'naš dopis';

export const sr: TemplateWords = {
  toFill: '[Ovde napišite šta tražite]',
  day: (day) => `${day.split('-').reverse().join('.')}.`,
  first: {
    access_to_documents: (gaps) => ({
      subject: 'Zahtev za pristup javnim dokumentima',
      body: paragraphs(
        `Ovim zahtevom se obraćamo Vašoj instituciji (${gaps.institution}) radi pristupa sledećim javnim dokumentima:`,
        gaps.ask,
        'Molimo Vas da nam kopije dostavite u elektronskom obliku ili, ako to nije moguće, da nam omogućite uvid.',
        within(gaps),
        'Ako se zahtev delimično ili u celini odbije, molimo da nas pismeno obavestite o razlozima i o pravnom leku.',
      ),
    }),
    request: (gaps) => ({
      subject: 'Zahtev za postupanje',
      body: paragraphs(
        `U ime romskih, aškalijskih i egipćanskih porodica sa kojima radimo, obraćamo se Vašoj instituciji (${gaps.institution}) ovim zahtevom:`,
        gaps.ask,
        within(gaps),
        'Spremni smo da pružimo dodatna objašnjenja i da se sastanemo sa Vama.',
      ),
    }),
    complaint: (gaps) => ({
      subject: 'Žalba',
      body: paragraphs(
        `Ovom žalbom obaveštavamo Vašu instituciju (${gaps.institution}) o sledećem:`,
        gaps.ask,
        'Tražimo da se žalba razmotri i da se donese obrazložena odluka.',
        within(gaps),
      ),
    }),
    meeting: (gaps) => ({
      subject: 'Zahtev za sastanak',
      body: paragraphs(
        `Tražimo sastanak sa Vašom institucijom (${gaps.institution}) o sledećem pitanju:`,
        gaps.ask,
        'Molimo da nam predložite datum i mesto sastanka.',
        within(gaps),
      ),
    }),
  },
  later: {
    reminder: (gaps) => ({
      subject: `Podsećanje: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `Podsećamo Vas na ${earlier(gaps)}, za koji je rok za odgovor istekao bez rešenja.`,
        'Molimo da odgovorite bez odlaganja. Ako ni ovog puta ne dobijemo odgovor, obratićemo se višem organu.',
      ),
    }),
    higher_authority: (gaps) => ({
      subject: `Izostanak odgovora: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `Obraćamo se Vašoj instituciji (${gaps.institution}) jer na ${earlier(gaps)} nismo dobili odgovarajući odgovor.`,
        gaps.ask,
        'Tražimo da u okviru svojih nadzornih ovlašćenja obezbedite da se zahtev razmotri i da nas obavestite o preduzetim merama.',
      ),
    }),
    independent_body: (gaps) => ({
      subject: `Žalba zbog ćutanja uprave: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `Obraćamo se Vašoj instituciji (${gaps.institution}) žalbom, jer organi nisu na odgovarajući način odgovorili na ${earlier(gaps)}.`,
        gaps.ask,
        'Tražimo da razmotrite slučaj i da nas obavestite o svojoj odluci ili preporuci. Kopije dopisa prilažemo.',
      ),
    }),
    court_or_media: (gaps) => ({
      subject: `Obaveštenje pre daljih koraka: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `Na ${earlier(gaps)} i na ranije dopise nismo dobili rešenje od Vaše institucije (${gaps.institution}).`,
        'Obaveštavamo Vas da ćemo se, posle saveta advokata, obratiti sudu ili javnosti. Do tada ostajemo otvoreni za rešenje.',
      ),
    }),
  },
};
