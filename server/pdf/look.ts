// Duty: how a printed page looks: sizes in points, greys. Nothing here draws.

const millimetre = 72 / 25.4;

export const paper = {
  size: 'A4',
  margins: { top: 22 * millimetre, bottom: 24 * millimetre, left: 25 * millimetre, right: 20 * millimetre },
} as const;

export const footerAbove = 14 * millimetre;

export const ink = { text: '#1c1b19', quiet: '#5a5750', line: '#c9c5bc', band: '#f1efea' } as const;

export const sizes = { title: 17, section: 12.5, small: 8.5, text: 10.5, table: 9.5, figure: 20 } as const;

/** Height of a line is size × 1.36 in Noto Sans; the rest of the gap, as a share of the size. */
export const lineGapShare = 0.12;
