// Duty: Serbian (Latin, ekavian) words of the home page. Same keys as English.
import type { home as english } from '../en/home.ts';

export const home: Record<keyof typeof english, string> = {
  'home.title': 'Moja nedelja',
  'home.greeting': 'Zdravo, {name}',
  'home.toDo': 'Za uraditi',
  'home.toDo.about': 'Vaši koraci, najbliži prvo',
  'home.toDo.empty': 'Ništa nije na redu. Dobar trenutak da nekog posetite.',
  'home.waiting': 'Čeka se na druge',
  'home.waiting.empty': 'Niko vas ne ostavlja da čekate.',
  'home.waiting.since': '{party}, od {when}.',
  'home.waiting.until': 'do {when}',
  'home.new': 'Novo od poslednje posete',
  'home.new.empty': 'Ništa novo od {when}',
  'home.new.emptyEver': 'Ništa novo.',
  'home.triage': 'Za trijažu',
  'home.triage.about': 'Novi slučajevi koji čekaju hitnost i nosioca',
  'home.triage.empty': 'Red je prazan. Svaka čast.',
  'home.triage.oldest': 'najstariji {when}',
  'home.stuck': 'Zastoji po opštinama',
  'home.stuck.empty': 'Nigde nema zastoja.',
  'home.stuck.late': '{count, plural, one {# kasni} few {# kasne} other {# kasni}}',
  'home.stuck.withoutLead': '{count, plural, one {# bez nosioca} few {# bez nosioca} other {# bez nosioca}}',
  'home.stuck.untriaged': '{count, plural, one {# za trijažu} few {# za trijažu} other {# za trijažu}}',
  'home.stuck.waiting': '{count, plural, one {# predugo čeka} few {# predugo čekaju} other {# predugo čeka}}',
  'home.all': 'Vidi svih {count}',
  'home.firstCase': 'Zabeleži prvi slučaj',
  'home.overview.open':
    '{count, plural, one {# otvoren slučaj} few {# otvorena slučaja} other {# otvorenih slučajeva}}',
  'home.noCases': 'Slučajevi nisu deo vašeg posla ovde.',
  'home.noCases.text': 'Vaša uloga ne otvara nijedan slučaj. To štiti ljude u njemu.',
};
