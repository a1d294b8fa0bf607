import type { TokenName, TokenStyle } from '../tokens/tokens.ts'
import { formatColor, type Oklch, parseColor } from './color.ts'
import { findLowContrast, type LowContrast, nearestThatPasses, type Scheme, type SchemeColors } from './contrast.ts'
import { palette, type ThemeColor } from './palette.ts'

/** `#rgb`, `#rrggbb` or `oklch(0.5 0.1 230)`; one for light, or one for each. */
export type ThemeInput = string | { readonly light: string; readonly dark: string }

/** The colours and fonts that are yours. */
export type ThemeOptions = Readonly<Partial<Record<ThemeColor, ThemeInput>>> & {
  /** Gives its hue, and a hint of its strength, to all surfaces, texts and edges that are not named themselves. */
  readonly neutral?: string
  /** Font of everything but code. */
  readonly font?: string
  readonly fontMono?: string
}

type Values = Readonly<Partial<Record<TokenName, string>>>

/** The tokens that a theme sets, and no others. */
export interface Theme {
  readonly light: Values
  readonly dark: Values
  /** Both in one, by `light-dark()`: for the `style` of an element of class `millrace`. */
  readonly style: TokenStyle
  /** The same as a rule. Default selector: `.millrace`. */
  toCss(selector?: string): string
}

/** Some colours of a theme cannot be told from what they stand on. The message has a line for each. */
export class ThemeContrastError extends Error {
  override readonly name = 'ThemeContrastError'
  readonly pairs: readonly LowContrast[]

  constructor(pairs: readonly LowContrast[]) {
    super(['This theme is hard to read.', ...pairs.map(describe)].join('\n'))
    this.pairs = pairs
  }
}

/**
 * Colours for light and dark from a few of yours; those you leave out are those of the package. A colour given once is
 * that of light, and dark gets the nearest that can be read there.
 * @throws {ThemeContrastError} where a pair has less contrast than WCAG 2 asks for at AA.
 * @throws {TypeError} for a colour that is not understood.
 */
export function createTheme({ neutral, font, fontMono, ...inputs }: ThemeOptions): Theme {
  const tint = neutral === undefined ? undefined : parseColor(neutral)
  const light = colorsOf('light', inputs, tint)
  const dark = colorsOf('dark', inputs, tint)
  const pairs = [...findLowContrast('light', light), ...findLowContrast('dark', dark)]
  if (pairs.length > 0) throw new ThemeContrastError(pairs)
  const fonts: Values = { ...(font && { '--mr-font': font }), ...(fontMono && { '--mr-font-mono': fontMono }) }
  const changed = colorNames.filter((name) => name in inputs || (tint && isNeutral(name)))
  const values = (value: (name: ThemeColor) => string): Values => ({
    ...fonts,
    ...Object.fromEntries(changed.map((name) => [tokenOf(name), value(name)])),
  })
  const inLight = (name: ThemeColor) => givenFor('light', inputs[name]) ?? formatColor(light[name])
  const inDark = (name: ThemeColor) => givenFor('dark', inputs[name]) ?? formatColor(dark[name])
  const style = values((name) => `light-dark(${inLight(name)}, ${inDark(name)})`)
  return {
    light: values(inLight),
    dark: values(inDark),
    style,
    toCss: (selector = '.millrace') =>
      `${selector} {\n${Object.entries(style)
        .map(([name, value]) => `  ${name}: ${value};\n`)
        .join('')}}\n`,
  }
}

type Inputs = Readonly<Partial<Record<ThemeColor, ThemeInput>>>

const colorNames = Object.keys(palette) as readonly ThemeColor[]

/** Of a colour given once, light has it as it is. */
function givenFor(scheme: Scheme, input: ThemeInput | undefined): string | undefined {
  if (typeof input !== 'string') return input?.[scheme]
  return scheme === 'light' ? input : undefined
}

/** What is grey, but for the tint: as weak as the colours of the package are there. */
const isNeutral = (name: ThemeColor) => palette[name].light.c < 0.015 && palette[name].dark.c < 0.015

function colorsOf(scheme: Scheme, inputs: Inputs, tint: Oklch | undefined): SchemeColors {
  const base = (name: ThemeColor): Oklch => {
    const color = palette[name][scheme]
    // A tint as strong as a brand's colour would be no grey any more.
    return tint && isNeutral(name) ? { ...color, c: color.c * Math.min(2, tint.c / 0.012), h: tint.h } : color
  }
  const colorOf = (name: ThemeColor): Oklch => {
    const given = givenFor(scheme, inputs[name])
    if (given !== undefined) return parseColor(given)
    const inLight = givenFor('light', inputs[name])
    return inLight === undefined ? base(name) : { ...parseColor(inLight), l: base(name).l }
  }
  const colors = Object.fromEntries(colorNames.map((name) => [name, colorOf(name)])) as Record<ThemeColor, Oklch>
  if (scheme === 'light') return colors
  const derived = colorNames.filter((name) => typeof inputs[name] === 'string')
  return {
    ...colors,
    ...Object.fromEntries(derived.map((name) => [name, nearestThatPasses(name, colors) ?? colors[name]])),
  }
}

/** `dangerSoft` is `--mr-color-danger-soft`, `codeKeyword` is `--mr-code-keyword`. */
function tokenOf(name: ThemeColor): TokenName {
  const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return `--mr-${words.startsWith('code-') ? words : `color-${words}`}` as TokenName
}

function describe({ color, on, scheme, ratio, needed, nearest }: LowContrast): string {
  const remedy = nearest
    ? `The nearest ${color} that passes is ${nearest}.`
    : `No ${color} of this hue passes: change ${on}.`
  return `${color} on ${on} has a contrast of ${(Math.floor(ratio * 100) / 100).toFixed(2)} in ${scheme}, and needs ${needed}. ${remedy}`
}
