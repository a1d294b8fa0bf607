import type { Oklch } from './color.ts'

export interface ColorPair {
  readonly light: Oklch
  readonly dark: Oklch
}

const pair = (light: readonly [number, number, number], dark: readonly [number, number, number]): ColorPair => ({
  light: { l: light[0], c: light[1], h: light[2] },
  dark: { l: dark[0], c: dark[1], h: dark[2] },
})

/** The colours of `tokens.css`, which a theme begins with. A test keeps the two the same. */
export const palette = {
  page: pair([0.992, 0.002, 235], [0.19, 0.008, 245]),
  raised: pair([1, 0, 0], [0.235, 0.009, 245]),
  sunken: pair([0.968, 0.004, 235], [0.165, 0.008, 245]),
  bubble: pair([0.952, 0.008, 235], [0.268, 0.012, 240]),
  text: pair([0.235, 0.012, 245], [0.935, 0.004, 240]),
  muted: pair([0.475, 0.014, 245], [0.735, 0.01, 240]),
  hairline: pair([0.915, 0.005, 240], [0.3, 0.01, 245]),
  control: pair([0.655, 0.012, 240], [0.56, 0.012, 240]),
  accent: pair([0.49, 0.105, 228], [0.78, 0.09, 222]),
  ring: pair([0.56, 0.12, 228], [0.74, 0.1, 222]),
  danger: pair([0.5, 0.17, 27], [0.76, 0.12, 25]),
  dangerSoft: pair([0.972, 0.012, 27], [0.26, 0.03, 25]),
  dangerEdge: pair([0.8, 0.07, 27], [0.45, 0.07, 25]),
  warn: pair([0.49, 0.1, 70], [0.82, 0.1, 82]),
  warnSoft: pair([0.972, 0.02, 85], [0.268, 0.025, 80]),
  warnEdge: pair([0.78, 0.06, 80], [0.46, 0.05, 80]),
  ok: pair([0.48, 0.1, 160], [0.78, 0.1, 160]),
  codeKeyword: pair([0.47, 0.14, 305], [0.8, 0.1, 305]),
  codeString: pair([0.46, 0.1, 155], [0.82, 0.09, 155]),
  codeFunction: pair([0.47, 0.12, 250], [0.8, 0.09, 250]),
  codeConstant: pair([0.5, 0.12, 50], [0.82, 0.09, 60]),
  codeComment: pair([0.53, 0.012, 245], [0.66, 0.01, 245]),
} as const satisfies Readonly<Record<string, ColorPair>>

/** A colour that a theme can set. */
export type ThemeColor = keyof typeof palette
