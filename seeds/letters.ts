// Duty: example letters to institutions, made and moved through the commands: answered, silent, running, on the next rung, to be sent.
import { clock, dayAfter, dayOf } from '../server/clock.ts';
import { exampleViewers } from '../server/features/directory/exampleAccounts.queries.ts';
import { moveLetter } from '../server/features/institutions/letterMoves.commands.ts';
import { createLetter } from '../server/features/institutions/letters.commands.ts';
import { letterFor } from '../server/features/institutions/letters.queries.ts';
import { fallSilent } from '../server/features/institutions/silence.commands.ts';
import type { MunicipalitySlug } from '../shared/directory.ts';
import type { LetterKind, LetterLanguage } from '../shared/letterLists.ts';
import type { Theme } from '../shared/themes.ts';
import { fixedId } from './facts.ts';

interface Example {
  id: string;
  kind: LetterKind;
  institutionId: string;
  municipality: MunicipalitySlug;
  language: LetterLanguage;
  theme: Theme;
  ask: string;
  /** Days ago; null is still to be sent. */
  sent: number | null;
  answered?: { after: number; summary: string };
  escalates?: true;
}

const examples: Example[] = [
  {
    id: 'L1',
    kind: 'access_to_documents',
    institutionId: 'urbanism',
    municipality: 'gjakova',
    language: 'sq',
    theme: 'housing',
    ask: 'Programin trevjeçar komunal të banimit dhe listën e nevojave (pa emra).',
    sent: 45,
    escalates: true,
  },
  {
    id: 'L2',
    kind: 'access_to_documents',
    institutionId: 'mocr',
    municipality: 'gjakova',
    language: 'sq',
    theme: 'housing',
    ask: 'Raportin vjetor për përkrahjen e familjeve në lagjet joformale.',
    sent: 80,
    answered: { after: 6, summary: 'E dërguan raportin e plotë me postë elektronike.' },
  },
  {
    id: 'L3',
    kind: 'access_to_documents',
    institutionId: 'civil-status',
    municipality: 'gracanica',
    language: 'sr',
    theme: 'civil_registration',
    ask: 'Broj zahteva za naknadni upis rođenja u prošloj godini, po mesecima.',
    sent: 4,
  },
  {
    id: 'L4',
    kind: 'access_to_documents',
    institutionId: 'employment-office',
    municipality: 'ferizaj',
    language: 'sq',
    theme: 'employment',
    ask: 'Numrin e vendeve në masat aktive dhe kriteret e përzgjedhjes.',
    sent: 30,
  },
  {
    id: 'L5',
    kind: 'meeting',
    institutionId: 'municipality',
    municipality: 'peja',
    language: 'sq',
    theme: 'housing',
    ask: 'Ujin dhe kanalizimin në lagje, para miratimit të buxhetit.',
    sent: null,
  },
];

/** Safe to repeat: each goes on where it stands. */
export async function seedLetters(): Promise<void> {
  const viewers = await exampleViewers();
  const coordinator = viewers.find(({ role }) => role === 'coordinator')!;
  const today = dayOf(clock.now());
  for (const { id, sent, answered, escalates, ...about } of examples) {
    const letterId = fixedId(`letter ${id}`);
    const input = { ...about, id: letterId, campaignId: null, demandId: null, issueId: null, caseId: null };
    let { letter } = await createLetter(coordinator, input);
    if (sent === null) continue;
    const on = dayAfter(today, -sent);
    if (letter.status === 'to_send')
      letter = await moveLetter(coordinator, letterId, {
        move: 'send',
        on,
        way: 'protocol_office',
        version: letter.version,
      });
    if (answered && letter.status === 'sent')
      await moveLetter(coordinator, letterId, {
        move: 'answer',
        on: dayAfter(on, answered.after),
        summary: answered.summary,
        version: letter.version,
      });
    if (!escalates) continue;
    await fallSilent();
    const silent = await letterFor(coordinator, letterId);
    if (silent.status === 'silent')
      await moveLetter(coordinator, letterId, {
        move: 'escalate',
        id: fixedId(`letter ${id} next`),
        version: silent.version,
      });
  }
  await fallSilent();
}
