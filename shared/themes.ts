// Duty: the four themes, their sub-themes and the dated steps a new case's plan starts from. Words are in i18n.
import { z } from 'zod';
import { allSubThemes, type SubTheme, type Theme, themes } from './themeLists.ts';

export * from './themeLists.ts';

export const themeSchema = z.enum(themes);

export const subThemeSchema = z.enum(allSubThemes as [SubTheme, ...SubTheme[]]);

/** A step of a plan template: words under `step.<key>`, due so many calendar days after the plan is made. */
export interface TemplateStep {
  key: string;
  dueAfterDays: number;
}

/** What usually comes first, per theme; the lead adapts it to the case. */
export const planTemplates: Record<Theme, readonly TemplateStep[]> = {
  employment: [
    { key: 'hearTheWholeStory', dueAfterDays: 3 },
    { key: 'collectEmploymentPapers', dueAfterDays: 10 },
    { key: 'askEmploymentOffice', dueAfterDays: 14 },
    { key: 'checkEmploymentAnswer', dueAfterDays: 30 },
  ],
  housing: [
    { key: 'visitThePlace', dueAfterDays: 5 },
    { key: 'collectHousingPapers', dueAfterDays: 14 },
    { key: 'askUrbanism', dueAfterDays: 21 },
    { key: 'checkHousingAnswer', dueAfterDays: 45 },
  ],
  civil_registration: [
    { key: 'listMissingDocuments', dueAfterDays: 3 },
    { key: 'goToCivilStatusOffice', dueAfterDays: 10 },
    { key: 'askLegalAid', dueAfterDays: 21 },
    { key: 'checkRegistration', dueAfterDays: 40 },
  ],
  covid19: [
    { key: 'askWhatIsMostUrgent', dueAfterDays: 1 },
    { key: 'fileReliefRequest', dueAfterDays: 7 },
    { key: 'checkReliefArrived', dueAfterDays: 21 },
  ],
};
