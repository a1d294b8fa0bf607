import { contrastOf, formatColor, inGamut, type Oklch } from './color.ts'
import type { ThemeColor } from './palette.ts'

/** What the colours of a theme are for. */
export type Scheme = 'light' | 'dark'
export type SchemeColors = Readonly<Record<ThemeColor, Oklch>>

/** A colour that cannot be told well enough from what it stands on. */
export interface LowContrast {
  readonly color: ThemeColor
  readonly on: ThemeColor
  readonly scheme: Scheme
  /** By WCAG 2, from 1 to 21. */
  readonly ratio: number
  readonly needed: number
  /** The colour nearest in lightness that passes on all that it stands on; `undefined` where none does. */
  readonly nearest: string | undefined
}

interface Rule {
  readonly on: readonly ThemeColor[]
  readonly needed: number
}

const text = 4.5
const edge = 3
const surfaces = ['page', 'raised', 'sunken', 'bubble'] as const
const cards = ['dangerSoft', 'warnSoft'] as const
const code: Rule = { on: ['raised'], needed: text }

/** What stands on what, by AA: 4.5 for what is read, 3 for the edges of controls and for signs. */
const rules: Readonly<Partial<Record<ThemeColor, Rule>>> = {
  text: { on: [...surfaces, ...cards], needed: text },
  muted: { on: [...surfaces, ...cards], needed: text },
  accent: { on: ['page', 'raised'], needed: text },
  danger: { on: ['page', 'raised', 'dangerSoft'], needed: text },
  warn: { on: ['page', 'raised', 'warnSoft'], needed: text },
  ok: { on: ['page', 'raised'], needed: text },
  control: { on: ['page', 'raised'], needed: edge },
  ring: { on: ['page', 'raised', 'bubble'], needed: edge },
  codeKeyword: code,
  codeString: code,
  codeFunction: code,
  codeConstant: code,
  codeComment: code,
}

/** Every pair of a scheme that has too little contrast. */
export function findLowContrast(scheme: Scheme, colors: SchemeColors): LowContrast[] {
  return Object.entries(rules).flatMap(([name, { on, needed }]) => {
    const color = name as ThemeColor
    return on.flatMap((below): LowContrast[] => {
      const ratio = contrastOf(colors[color], colors[below])
      if (ratio >= needed) return []
      const nearest = nearestThatPasses(color, colors)
      return [{ color, on: below, scheme, ratio, needed, nearest: nearest && formatColor(nearest) }]
    })
  })
}

const step = 0.005

/** The same hue, as little lighter or darker as it takes. */
export function nearestThatPasses(name: ThemeColor, colors: SchemeColors): Oklch | undefined {
  const color = colors[name]
  const { on, needed } = rules[name] ?? { on: [], needed: 0 }
  // What is written is rounded, and must not fall short by that.
  const passes = (tried: Oklch) => on.every((below) => contrastOf(tried, colors[below]) >= needed + 0.02)
  for (let distance = 0; distance <= 1; distance += step) {
    for (const l of [color.l - distance, color.l + distance]) {
      if (l < 0 || l > 1) continue
      const tried = inGamut({ ...color, l })
      if (passes(tried)) return tried
    }
  }
}
