/** Where an element is, and how it is painted. */
export interface Appearance {
  readonly name: string
  readonly values: Readonly<Record<string, string>>
}

const painted = [
  'background-color',
  'background-image',
  'border-radius',
  'box-shadow',
  'color',
  'font-family',
  'font-size',
  'font-style',
  'font-variant-numeric',
  'font-weight',
  'letter-spacing',
  'line-height',
  'list-style-type',
  'opacity',
  'overflow-x',
  'overflow-y',
  'resize',
  'text-align',
  'text-decoration-color',
  'text-decoration-line',
  'text-indent',
  'text-transform',
  'white-space',
  'word-spacing',
]
const sides = ['block-start', 'block-end', 'inline-start', 'inline-end']

/** Of everything inside that can be seen; with what stands before and after it. */
export function appearancesIn(root: HTMLElement): Appearance[] {
  const { left, top } = root.getBoundingClientRect()
  return [root, ...root.querySelectorAll<HTMLElement>('*')].flatMap((element): Appearance[] => {
    if (!element.checkVisibility({ opacityProperty: true }) || element.closest('.mr-visually-hidden')) return []
    const box = element.getBoundingClientRect()
    const place = [box.left - left, box.top - top, box.width, box.height].map(Math.round).join(' ')
    const values = { place, ...paintOf(getComputedStyle(element)) }
    const pseudos = ['::before', '::after'].flatMap((pseudo): Appearance[] => {
      const style = getComputedStyle(element, pseudo)
      return style.content === 'none' ? [] : [{ name: nameOf(element) + pseudo, values: paintOf(style) }]
    })
    return [{ name: nameOf(element), values }, ...pseudos]
  })
}

function paintOf(style: CSSStyleDeclaration): Record<string, string> {
  const paint = Object.fromEntries(painted.map((name) => [name, style.getPropertyValue(name)]))
  // An edge of no width has a colour too, which nobody sees.
  const edges = sides.map((side) => {
    const width = style.getPropertyValue(`border-${side}-width`)
    return [`border-${side}`, width === '0px' ? 'none' : style.getPropertyValue(`border-${side}`)]
  })
  return { ...paint, ...Object.fromEntries(edges) }
}

/** `pre in .mr-code: color was red, is blue`, each once. */
export function differences(before: readonly Appearance[], after: readonly Appearance[]): string[] {
  if (before.length !== after.length)
    return [`${before.length} elements could be seen, and ${after.length} can be now.`]
  const found = before.flatMap(({ name, values }, index) =>
    Object.entries(values).flatMap(([property, was]) => {
      const is = after[index]?.values[property]
      return is === was ? [] : [`${name}: ${property} was ${was}, is ${is}`]
    }),
  )
  return [...new Set(found)]
}

function nameOf(element: Element): string {
  const parent = element.parentElement?.closest('[class]')?.classList[0]
  return [element.localName, ...element.classList].join('.') + (parent ? ` in .${parent}` : '')
}
