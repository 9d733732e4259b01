// Duty: the closed lists of themes and sub-themes, plain data without schemas. Re-exported by themes.ts.

export const themes = ['employment', 'housing', 'civil_registration', 'covid19'] as const;

export type Theme = (typeof themes)[number];

export const subThemes = {
  employment: ['discrimination', 'public_sector', 'registration', 'informal_work', 'training'],
  housing: ['tenure', 'legalisation', 'social_housing', 'eviction', 'infrastructure', 'occupied_property'],
  civil_registration: ['documents', 'birth_registration', 'residence', 'census'],
  covid19: ['relief', 'health', 'education', 'lost_income'],
} as const satisfies Record<Theme, readonly string[]>;

export type SubTheme = (typeof subThemes)[Theme][number];

export const allSubThemes = Object.values(subThemes).flat() as SubTheme[];

export function belongsToTheme(theme: Theme, subTheme: SubTheme): boolean {
  return (subThemes[theme] as readonly string[]).includes(subTheme);
}
