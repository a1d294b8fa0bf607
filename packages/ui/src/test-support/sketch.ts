import { paintedColor } from './painted-color.ts'

/**
 * What can be seen of an element but its letters: where its box is, and its colours. Fonts differ from machine to machine
 * and pictures with them; the heights of lines do not, as they are set.
 */
export interface Stroke {
  readonly name: string
  readonly box: readonly number[]
  readonly paint: readonly number[]
}

/** Every box inside that is one of ours. */
export function sketch(root: HTMLElement): Stroke[] {
  const { left, top } = root.getBoundingClientRect()
  return [root, ...root.querySelectorAll<HTMLElement>('[class*="mr-"]')].flatMap((element): Stroke[] => {
    const style = getComputedStyle(element)
    if (!element.checkVisibility({ opacityProperty: true }) || element.closest('.mr-visually-hidden')) return []
    if (style.display.startsWith('inline')) return []
    const { x, y, width, height } = element.getBoundingClientRect()
    if (width === 0 || height === 0) return []
    const edge = style.borderBlockStartWidth === '0px' ? 'transparent' : style.borderBlockStartColor
    const paint = [style.backgroundColor, style.color, edge].flatMap((color) => paintedColor(color))
    return [{ name: [...element.classList].join('.'), box: [x - left, y - top, width, height].map(Math.round), paint }]
  })
}

/** A line for each, to be kept and to be read in a diff. */
export const toText = (strokes: readonly Stroke[]): string =>
  strokes.map(({ name, box, paint }) => `${name} | ${box.join(' ')} | ${paint.join(' ')}\n`).join('')

export function fromText(text: string): Stroke[] {
  const numbers = (words = '') => words.split(' ').map(Number)
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(' | '))
    .map(([name = '', box, paint]) => ({ name, box: numbers(box), paint: numbers(paint) }))
}

const colorTolerance = 6
/** Lines are as high with any font, give or take the rounding. */
const heightTolerance = 4
/** Boxes around words are as wide as their font. */
const widthTolerance = (width: number) => 32 + width * 0.2

/** What is not where it was, or not as it was painted. */
export function changes(before: readonly Stroke[], after: readonly Stroke[]): string[] {
  const names = (strokes: readonly Stroke[]) => strokes.map(({ name }) => name).join('\n')
  if (names(before) !== names(after))
    return [`There were other elements:\n${names(before)}\n\nand are:\n${names(after)}`]
  return before.flatMap(({ name, box, paint }, index) => {
    const now = after[index]
    if (!now) return []
    const across = widthTolerance(box[2] ?? 0)
    const tolerances = [across, heightTolerance, across, heightTolerance]
    const isMoved = box.some((value, side) => Math.abs(value - (now.box[side] ?? 0)) > (tolerances[side] ?? 0))
    const isRepainted = paint.some((value, channel) => Math.abs(value - (now.paint[channel] ?? 0)) > colorTolerance)
    return [
      ...(isMoved ? [`${name} was at ${box.join(' ')}, and is at ${now.box.join(' ')}`] : []),
      ...(isRepainted ? [`${name} was painted ${paint.join(' ')}, and is ${now.paint.join(' ')}`] : []),
    ]
  })
}
