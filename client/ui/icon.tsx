// Duty: draw one icon of lines: 24 units wide, in the colour of the words around it, silent for screen readers unless it is named. The pictures are icons.ts.
import { createElement, type ReactElement, type SVGProps } from 'react';

export interface IconProps extends SVGProps<SVGSVGElement> {
  /** Width and height in pixels. */
  size?: number | string;
}
export type LucideIcon = (props: IconProps) => ReactElement;

type Shape = readonly [tag: string, attributes: Record<string, string>];

export const icon =
  (...shapes: readonly Shape[]): LucideIcon =>
  ({ size = 24, ...rest }) => (
    // biome-ignore lint/a11y/noSvgWithoutTitle: hidden unless it is named, and then its name is a label
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden={rest['aria-label'] || rest['aria-labelledby'] || rest.role ? undefined : true}
      {...rest}
    >
      {shapes.map(([tag, attributes]) =>
        createElement(tag, { key: JSON.stringify(attributes), ...attributes }),
      )}
    </svg>
  );
