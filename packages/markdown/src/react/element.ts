import { createElement, type JSX, type ReactNode } from 'react'
import type { MarkdownNode, Settings } from './settings.ts'

/** A tag, or the component that takes its place. */
export function element<Tag extends keyof JSX.IntrinsicElements>(
  { components }: Settings,
  tag: Tag,
  node: MarkdownNode,
  props: JSX.IntrinsicElements[Tag] & DataAttributes,
  ...children: ReactNode[]
): JSX.Element {
  const component: unknown = components[tag]
  if (!component) return createElement(tag, props as object, ...children)
  // What it is given are the props of the tag that it stands for, as its type says.
  if (typeof component === 'string') return createElement(component, props as object, ...children)
  return createElement(component as 'div', { ...props, node } as object, ...children)
}

type DataAttributes = Readonly<Record<`data-${string}`, string | number | boolean | undefined>>

/** Where a block's source starts, for whoever copies it. */
export function sourceMark({ sourceMarks }: Settings, node: { readonly start: number }): DataAttributes {
  return sourceMarks ? { 'data-start': node.start } : {}
}
