import { createElement, Fragment, type ReactNode } from 'react'

// All of presentational MathML that Temml writes. Links and images, which it can write too, are missing on purpose.
const tags = new Set(
  `math semantics mrow mi mo mn mtext ms mspace mfrac msqrt mroot msup msub msubsup munder mover munderover mmultiscripts
   mprescripts none mtable mtr mlabeledtr mtd mpadded mphantom menclose mstyle merror`.split(/\s+/),
)

const attributes = new Set(
  `accent accentunder columnalign columnspan depth dir display displaystyle fence form height largeop linethickness lspace
   mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel separator stretchy symmetric voffset
   width`.split(/\s+/),
)

// React and browsers recurse.
const maxDepth = 200

/**
 * React elements for what is in a DOM tree, but for what has no place in a formula.
 * @throws {RangeError} for what is nested deeper than anybody writes.
 */
export function toElements(node: Node, key = 0, depth = 0): ReactNode {
  if (depth > maxDepth) throw new RangeError('The formula is nested too deep.')
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue
  if (!(node instanceof Element)) return null
  const children = [...node.childNodes].map((child, index) => toElements(child, index, depth + 1))
  if (!tags.has(node.localName)) return createElement(Fragment, { key }, ...children)
  return createElement(node.localName, { key, ...propsOf(node) }, ...children)
}

function propsOf(element: Element): Record<string, unknown> {
  const props: Record<string, unknown> = {}
  for (const { name, value } of element.attributes) if (attributes.has(name)) props[name] = value
  if (element.hasAttribute('class')) props.className = element.getAttribute('class')
  const style = styleOf(element)
  return style ? { ...props, style } : props
}

/** As React wants it, which sets property by property: no style text that a page's policy could refuse. */
function styleOf(element: Element): Record<string, string> | undefined {
  const text = element.getAttribute('style')
  if (!text) return undefined
  // Not every DOM reads the styles of MathML.
  const { style } = document.createElement('span')
  style.cssText = text
  return Object.fromEntries([...style].map((name) => [camelCase(name), style.getPropertyValue(name)]))
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
