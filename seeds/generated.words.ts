// Duty: the sentences that generated cases are put together from, in three languages. Invented; they name no person and no community.
import type { SubTheme } from '../shared/themes.ts';

const spokenLanguages = ['sq', 'sr', 'en'] as const;
export type Spoken = (typeof spokenLanguages)[number];

/** What it is about, as a title; the place is put behind it. */
export const problems: Record<SubTheme, Record<Spoken, string>> = {
  discrimination: {
    sq: 'Trajtim i pabarabartë në punë',
    sr: 'Nejednako postupanje na poslu',
    en: 'Unequal treatment at work',
  },
  public_sector: {
    sq: 'Vend pune publik i refuzuar',
    sr: 'Odbijen za javno radno mesto',
    en: 'Turned down for a public post',
  },
  registration: {
    sq: 'Nuk regjistrohet si punëkërkues',
    sr: 'Nije upisan kao tražilac posla',
    en: 'Not registered as a job seeker',
  },
  informal_work: { sq: 'Punë pa kontratë', sr: 'Rad bez ugovora', en: 'Work without a contract' },
  training: {
    sq: 'Pa qasje në trajnim profesional',
    sr: 'Bez pristupa stručnoj obuci',
    en: 'No access to vocational training',
  },
  tenure: {
    sq: 'Shtëpi pa dëshmi pronësie',
    sr: 'Kuća bez dokaza o vlasništvu',
    en: 'House without proof of tenure',
  },
  legalisation: {
    sq: 'Legalizimi i ndërtimit i bllokuar',
    sr: 'Legalizacija objekta blokirana',
    en: 'Legalisation of a building is stuck',
  },
  social_housing: {
    sq: 'Pritje për banim social',
    sr: 'Čekanje na socijalni stan',
    en: 'Waiting for social housing',
  },
  eviction: {
    sq: 'Njoftim për lirim të banesës',
    sr: 'Nalog za iseljenje',
    en: 'Notice to leave the dwelling',
  },
  infrastructure: {
    sq: 'Kanalizimi dhe uji në lagje',
    sr: 'Kanalizacija i voda u naselju',
    en: 'Sewage and water in the settlement',
  },
  occupied_property: {
    sq: 'Prona e zënë nga të tjerët',
    sr: 'Zauzeta imovina',
    en: 'Property occupied by others',
  },
  documents: {
    sq: 'Mungojnë dokumentet personale',
    sr: 'Nedostaju lična dokumenta',
    en: 'Missing personal documents',
  },
  birth_registration: { sq: 'Lindje e paregjistruar', sr: 'Neupisano rođenje', en: 'Birth not registered' },
  residence: {
    sq: 'Vendbanimi nuk pranohet',
    sr: 'Prebivalište se ne priznaje',
    en: 'Residence is not accepted',
  },
  census: {
    sq: 'Regjistrimi i popullsisë pa numërues',
    sr: 'Popis bez popisivača',
    en: 'Census passed the settlement by',
  },
  relief: {
    sq: 'Kërkesë për ndihmë emergjente',
    sr: 'Zahtev za hitnu pomoć',
    en: 'Request for emergency relief',
  },
  health: {
    sq: 'Qasja në kujdes shëndetësor',
    sr: 'Pristup zdravstvenoj zaštiti',
    en: 'Access to health care',
  },
  education: {
    sq: 'Mësim në distancë pa pajisje',
    sr: 'Nastava na daljinu bez uređaja',
    en: 'Remote lessons without a device',
  },
  lost_income: { sq: 'Të ardhura të humbura', sr: 'Izgubljeni prihodi', en: 'Lost income' },
};

/** What happened, in two parts that go with any problem. */
export const stories: Record<Spoken, readonly [readonly string[], readonly string[]]> = {
  sq: [
    [
      'Kërkesa u dorëzua në komunë para disa muajsh dhe ende nuk ka përgjigje.',
      'Zyra e dërgoi familjen nga një sportel në tjetrin pa shpjegim me shkrim.',
      'Disa familje të së njëjtës rrugë kanë të njëjtin problem.',
      'Afati i ankesës po afrohet dhe nuk ka kush ta shkruajë.',
      'Punonjësit thanë se lista është mbyllur për këtë vit.',
      'Vendimi u komunikua vetëm me gojë, pa asnjë dokument.',
    ],
    [
      'Duhet një shkresë drejtuar drejtorisë dhe një takim me zyrën për komunitete.',
      'Njerëzit kërkojnë ndihmë juridike falas dhe shoqërim deri te zyra.',
      'Grupi do të mblidhet të shtunën për të vendosur hapin e radhës.',
      'Nevojitet përkthim dhe kopje të vërtetuara të dokumenteve.',
      'Fëmijët e prekur nga kjo po humbin ditë mësimi.',
    ],
  ],
  sr: [
    [
      'Zahtev je predat opštini pre nekoliko meseci i još nema odgovora.',
      'Kancelarija je porodicu slala od šaltera do šaltera bez pisanog objašnjenja.',
      'Više porodica iz iste ulice ima isti problem.',
      'Rok za žalbu se bliži, a nema ko da je napiše.',
      'Službenici su rekli da je lista zatvorena za ovu godinu.',
      'Odluka je saopštena samo usmeno, bez ikakvog dokumenta.',
    ],
    [
      'Potreban je dopis direkciji i sastanak sa kancelarijom za zajednice.',
      'Ljudi traže besplatnu pravnu pomoć i pratnju do kancelarije.',
      'Grupa će se okupiti u subotu da odluči o sledećem koraku.',
      'Potrebni su prevod i overene kopije dokumenata.',
      'Deca zbog toga gube dane nastave.',
    ],
  ],
  en: [
    [
      'The request was handed to the municipality months ago and there is no answer yet.',
      'The office sent the family from counter to counter without a word in writing.',
      'Several households of the same street have the same problem.',
      'The deadline for an appeal is near and nobody can write it.',
      'Officials said that the list is closed for this year.',
      'The decision was told by word of mouth only, without any paper.',
    ],
    [
      'A letter to the directorate and a meeting with the communities office are needed.',
      'People ask for free legal aid and for company on the way to the office.',
      'The group will meet on Saturday to decide on the next step.',
      'Translation and certified copies of the papers are needed.',
      'The children concerned are losing school days.',
    ],
  ],
};

export const needs: Record<Spoken, readonly string[]> = {
  sq: [
    'Përgjigje me shkrim',
    'Ndihmë juridike',
    'Takim me drejtorinë',
    'Dokumentet e munguara',
    'Plan riparimi',
  ],
  sr: ['Pisani odgovor', 'Pravna pomoć', 'Sastanak sa direkcijom', 'Nedostajuća dokumenta', 'Plan popravke'],
  en: [
    'An answer in writing',
    'Legal aid',
    'A meeting with the directorate',
    'The missing papers',
    'A repair plan',
  ],
};

export const notes: Record<Spoken, readonly string[]> = {
  sq: [
    'U vizitua vendi, u mblodhën letrat.',
    'Zyra premtoi përgjigje brenda dy javësh.',
    'U thirr, askush nuk u përgjigj.',
  ],
  sr: [
    'Mesto obiđeno, papiri prikupljeni.',
    'Kancelarija obećala odgovor za dve nedelje.',
    'Pozvano, niko se nije javio.',
  ],
  en: [
    'Visited the place, collected the papers.',
    'The office promised an answer in two weeks.',
    'Called, nobody answered.',
  ],
};
