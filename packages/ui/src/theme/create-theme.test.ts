import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tokens } from '../tokens/tokens.ts'
import { contrastOf, formatColor, parseColor } from './color.ts'
import { createTheme, ThemeContrastError } from './create-theme.ts'
import { palette, type ThemeColor } from './palette.ts'

/** The error that a theme is refused with. */
function refusal(...options: Parameters<typeof createTheme>): ThemeContrastError {
  try {
    createTheme(...options)
  } catch (error) {
    if (error instanceof ThemeContrastError) return error
    throw error
  }
  throw new Error('The theme was not refused.')
}

describe('a theme', () => {
  it('begins with the colours of the style sheet', () => {
    const css = readFileSync(new URL('../tokens/tokens.css', import.meta.url), 'utf8')
    const all = Object.fromEntries(Object.keys(palette).map((name) => [name, palette[name as ThemeColor]]))
    const written = Object.fromEntries(
      Object.entries(all).map(([name, { light, dark }]) => [
        name,
        { light: formatColor(light), dark: formatColor(dark) },
      ]),
    )
    const { style } = createTheme(written)
    expect(Object.keys(style)).toHaveLength(Object.keys(palette).length)
    for (const [name, value] of Object.entries(style)) {
      expect(tokens).toContain(name)
      expect(css).toContain(`${name}: ${value};`)
    }
  })

  it('sets nothing but what was asked for', () => {
    const { light, dark } = createTheme({ accent: { light: '#7a1fa2', dark: '#d9a6ee' }, font: 'Georgia, serif' })
    expect(light).toEqual({ '--mr-font': 'Georgia, serif', '--mr-color-accent': '#7a1fa2' })
    expect(dark['--mr-color-accent']).toBe('#d9a6ee')
  })

  it('makes a colour for dark of one that was given for light', () => {
    const { dark } = createTheme({ accent: '#0b4f9e' })
    const accent = parseColor(String(dark['--mr-color-accent']))
    expect(contrastOf(accent, palette.page.dark)).toBeGreaterThanOrEqual(4.5)
    expect(accent.l).toBeGreaterThan(0.6)
  })

  it('tints every grey with the neutral, however strong that is', () => {
    const { light } = createTheme({ neutral: '#ff0000' })
    for (const name of ['--mr-color-bubble', '--mr-color-text', '--mr-color-hairline'] as const) {
      const { c, h } = parseColor(String(light[name]))
      expect(h).toBe(29)
      expect(c).toBeLessThan(0.03)
    }
    expect(light['--mr-color-danger']).toBeUndefined()
  })

  it('is a rule for a style sheet too', () => {
    expect(createTheme({ font: 'Georgia' }).toCss('.shop .millrace')).toBe(
      '.shop .millrace {\n  --mr-font: Georgia;\n}\n',
    )
  })
})

describe('a theme that cannot be read', () => {
  it('is refused with the pair, its ratio, and the nearest colour that passes', () => {
    const error = refusal({ accent: '#ffd400' })
    expect(error.message).toContain('accent on page has a contrast of 1.39 in light, and needs 4.5.')
    const [{ nearest, on } = { nearest: '', on: '' }] = error.pairs
    expect(on).toBe('page')
    expect(error.message).toContain(`The nearest accent that passes is ${nearest}.`)
    expect(() => createTheme({ accent: String(nearest) })).not.toThrow()
  })

  it('is refused for dark as well', () => {
    const { pairs } = refusal({ muted: { light: '#555555', dark: '#555555' } })
    expect(new Set(pairs.map(({ scheme }) => scheme))).toEqual(new Set(['dark']))
  })

  it('is refused for edges below 3', () => {
    const [pair] = refusal({ control: { light: '#cccccc', dark: '#888888' } }).pairs
    expect(pair).toMatchObject({ color: 'control', on: 'page', needed: 3 })
  })

  it('says so where no lightness would do', () => {
    const { message } = refusal({ page: { light: '#ffffff', dark: '#777777' } })
    expect(message).toMatch(/No muted of this hue passes: change page\./)
  })
})

describe('a colour', () => {
  it.each([
    ['#fff', 1, 21],
    ['#000000', 0, 1],
    ['oklch(100% 0 0)', 1, 21],
  ])('is read from %s', (text, lightness, ratio) => {
    const color = parseColor(text)
    expect(color.l).toBeCloseTo(lightness, 3)
    expect(contrastOf(color, parseColor('#000'))).toBeCloseTo(ratio, 1)
  })

  it('has the contrast that others compute', () => {
    expect(contrastOf(parseColor('#767676'), parseColor('#ffffff'))).toBeCloseTo(4.54, 2)
    expect(contrastOf(parseColor('#0000ff'), parseColor('#ffffff'))).toBeCloseTo(8.59, 1)
  })

  it('is refused by name where it is none', () => {
    expect(() => createTheme({ accent: 'rebeccapurple' })).toThrow('"rebeccapurple" is no colour that a theme reads')
  })
})
