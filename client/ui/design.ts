// Duty: the component library dressed in our colours, type and measures. Colours themselves: colours.ts; layout: each part's own CSS.
import {
  type CSSVariablesResolver,
  convertCssVariables,
  createTheme,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  defaultVariantColorsResolver,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
  mergeMantineTheme,
} from '@mantine/core';
import { themes } from '../../shared/themes.ts';
import { accentShades, alarmShades, type Scheme, schemes, warmDarks, warmGrays } from './colours.ts';

const tuple = (shades: readonly string[]) => shades as unknown as MantineColorsTuple;
const large = { defaultProps: { size: 'md' } };
/** Quick, and only to say where something went. */
const quick = { transitionProps: { duration: 120, transition: 'fade' as const } };

export const design = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 3 },
  // The accent and the alarm are dark on paper and bright on ink: what stands on them turns with the scheme.
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...colours, color: 'var(--on-filled)' } : colours;
  },
  colors: {
    accent: tuple(accentShades),
    alarm: tuple(alarmShades),
    red: tuple(alarmShades),
    gray: tuple(warmGrays),
    dark: tuple(warmDarks),
  },
  black: schemes.light.ink,
  fontFamily: "'Noto Sans Variable', 'Noto Sans', system-ui, sans-serif",
  headings: {
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.3' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
    },
  },
  // Nothing is ever smaller than 14 px.
  fontSizes: { xs: '0.875rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  lineHeights: { xs: '1.45', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.4' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: large,
    ActionIcon: { defaultProps: { size: 'xl', variant: 'subtle', color: 'gray' } },
    TextInput: large,
    PasswordInput: large,
    Textarea: large,
    NumberInput: large,
    Select: large,
    MultiSelect: large,
    NativeSelect: large,
    Checkbox: large,
    CheckboxGroup: large,
    Radio: large,
    RadioGroup: large,
    Switch: large,
    SegmentedControl: large,
    // The lock of the library writes a style element, which our CSP refuses; base.css locks the page instead.
    // A touch beside a form must not throw away what was typed in it; what is only read says that it may be closed so.
    Modal: {
      defaultProps: {
        lockScroll: false,
        centered: true,
        radius: 'lg',
        closeOnClickOutside: false,
        ...quick,
      },
    },
    Drawer: { defaultProps: { lockScroll: false, closeOnClickOutside: false, ...quick } },
    DrawerRoot: { defaultProps: { lockScroll: false, ...quick } },
    // Their headings are no landmark of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    // Beside its button in the document too, so that it stays inside the page's landmarks.
    Menu: {
      defaultProps: {
        ...quick,
        shadow: 'md',
        radius: 'md',
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    },
    Popover: { defaultProps: { ...quick, shadow: 'md' } },
    Tooltip: { defaultProps: { ...quick, events: { hover: true, focus: true, touch: true } } },
  },
});

/** The `light` variant: a breath of the colour under words in it. */
const tinted = (name: string, colour: string) => ({
  [`--mantine-color-${name}-light`]: `color-mix(in srgb, ${colour} 12%, transparent)`,
  [`--mantine-color-${name}-light-hover`]: `color-mix(in srgb, ${colour} 20%, transparent)`,
  [`--mantine-color-${name}-light-color`]: colour,
});

const variablesOf = (scheme: Scheme) => ({
  '--mantine-color-body': scheme.paper,
  '--mantine-color-text': scheme.ink,
  '--mantine-color-dimmed': scheme.faint,
  '--mantine-color-error': scheme.alarm,
  '--mantine-color-placeholder': scheme.faint,
  '--mantine-color-anchor': scheme.accent,
  '--mantine-color-default': scheme.surface,
  '--mantine-color-default-border': scheme.line,
  '--mantine-color-default-hover': scheme.sunken,
  '--surface': scheme.surface,
  '--sunken': scheme.sunken,
  '--line': scheme.line,
  '--faint': scheme.faint,
  '--accent': scheme.accent,
  '--alarm': scheme.alarm,
  '--on-filled': scheme.onFilled,
  '--mantine-primary-color-contrast': scheme.onFilled,
  ...tinted('accent', scheme.accent),
  ...tinted('alarm', scheme.alarm),
  ...tinted('red', scheme.alarm),
  ...Object.fromEntries(themes.map((theme) => [`--theme-${theme}`, scheme.themes[theme]])),
});

const resolver: CSSVariablesResolver = (theme) => {
  const standard = defaultCssVariablesResolver(theme);
  return {
    variables: standard.variables,
    light: { ...standard.light, ...variablesOf(schemes.light) },
    dark: { ...standard.dark, ...variablesOf(schemes.dark) },
  };
};

/** Adds the design's variables as a constructed style sheet: the CSP refuses style elements, which the provider would write. */
export function applyDesign(): void {
  const sheet = new CSSStyleSheet();
  const variables = resolver(mergeMantineTheme(DEFAULT_THEME, design));
  // Paper is light, whatever the screen is.
  const onPaper = convertCssVariables({ variables: {}, light: {}, dark: variables.light }, ':root');
  sheet.replaceSync(`${convertCssVariables(variables, ':root')}\n@media print{${onPaper}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** The same key as `public/first.js` reads before the first paint. */
export const schemeKeeper = localStorageColorSchemeManager({ key: 'kosint.scheme' });
