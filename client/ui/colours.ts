// Duty: every colour of the product, light and dark, checked for contrast and for colour-blind readers by a test. No layout here.
import type { Theme } from '../../shared/themes.ts';

export interface Scheme {
  /** Behind everything, behind cards, behind quiet areas. */
  paper: string;
  surface: string;
  sunken: string;
  ink: string;
  /** Second voice: dates, hints. */
  faint: string;
  line: string;
  accent: string;
  /** Only "somebody must act now". */
  alarm: string;
  /** Words on a surface filled with accent or alarm. */
  onFilled: string;
  themes: Record<Theme, string>;
}

export const schemes: Record<'light' | 'dark', Scheme> = {
  light: {
    paper: '#fbf8f3',
    surface: '#ffffff',
    sunken: '#f3ede3',
    ink: '#2b2622',
    faint: '#655c51',
    line: '#ddd4c6',
    accent: '#a4471f',
    alarm: '#b3122e',
    onFilled: '#ffffff',
    themes: { employment: '#8a5f00', housing: '#2a66c8', civil_registration: '#6b2a8c', covid19: '#00685f' },
  },
  dark: {
    paper: '#1d1a17',
    surface: '#26221e',
    sunken: '#322d28',
    ink: '#ece5da',
    faint: '#b3a898',
    line: '#4a433b',
    accent: '#f0a27c',
    alarm: '#ff8a95',
    onFilled: '#1d1a17',
    themes: { employment: '#e6b84f', housing: '#a9ccff', civil_registration: '#bd85e6', covid19: '#3fb8a7' },
  },
};

/** Ten shades each, light to dark, as Mantine wants them. */
export const accentShades = [
  '#fdf1eb',
  '#f9ddd0',
  '#f3c0a8',
  '#f0a27c',
  '#e0804f',
  '#cb6532',
  '#b85526',
  '#a4471f',
  '#87391a',
  '#6b2d15',
] as const;
export const alarmShades = [
  '#fdecee',
  '#fad3d8',
  '#f6aab3',
  '#ff8a95',
  '#e9566a',
  '#d53049',
  '#c41d38',
  '#b3122e',
  '#930d25',
  '#74091d',
] as const;
export const warmGrays = [
  '#fbf8f3',
  '#f3ede3',
  '#e9e1d4',
  '#ddd4c6',
  '#c4b8a6',
  '#a0937f',
  '#7b6f60',
  '#655c51',
  '#453e36',
  '#2b2622',
] as const;
export const warmDarks = [
  '#ece5da',
  '#d3c9bb',
  '#b3a898',
  '#8a7f71',
  '#4a433b',
  '#3b352f',
  '#26221e',
  '#1d1a17',
  '#171411',
  '#110f0d',
] as const;
