// Duty: where the cases of one place stand round it on screen, and in how many steps areas are filled. Pure geometry, no drawing.

export interface Offset {
  x: number;
  y: number;
}

const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/** Seeds of a sunflower: even spacing, no overlap, the same case in the same spot as long as the order stays. */
export function fanOut(count: number, spacing: number): Offset[] {
  return Array.from({ length: count }, (_, index) => {
    const radius = spacing * 0.56 * Math.sqrt(index + 0.5);
    const angle = index * goldenAngle;
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
}

/** Pixels from the place to the outermost case. */
export const fanRadius = (count: number, spacing: number): number =>
  spacing * 0.56 * Math.sqrt(count) + spacing / 2;

/** Few cases are large enough to carry their theme's icon, many are dots. */
export function dotSize(count: number): { spacing: number; radius: number } {
  if (count <= 24) return { spacing: 27, radius: 11.5 };
  if (count <= 150) return { spacing: 15, radius: 6 };
  if (count <= 700) return { spacing: 9, radius: 3.6 };
  return { spacing: 6.4, radius: 2.6 };
}

/** Diameter of a circle that stands for so many cases. */
export const circleSize = (count: number): number =>
  Math.round(Math.min(42 + 2 * Math.log2(Math.max(count, 1)), 68));

const niceSteps = [1, 2, 2.5, 5, 10];

/** Upper bounds of four classes from 0 to at least the largest value, round enough to be read. */
export function fillSteps(values: readonly number[], wholeNumbers: boolean): number[] {
  const largest = Math.max(0, ...values);
  if (largest === 0) return [];
  const raw = largest / 4;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = niceSteps.map((nice) => nice * magnitude).find((nice) => nice >= raw - 1e-9)!;
  const whole = wholeNumbers ? Math.max(1, Math.ceil(step)) : step;
  const bounds = [1, 2, 3, 4].map((n) => Math.round(n * whole * 1000) / 1000);
  return bounds.filter((_, index) => index === 0 || bounds[index - 1]! < largest);
}

/** 0 for nothing, else the class from 1. */
export const classOf = (value: number, steps: readonly number[]): number =>
  value <= 0 ? 0 : steps.findIndex((bound) => value <= bound) + 1 || steps.length;
