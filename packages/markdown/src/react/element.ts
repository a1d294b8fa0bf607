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
  const type: unknown = components[tag] ?? tag
  // What a component is given are the props of the tag that it stands for, as its type says.
  return createElement(type as 'div', (typeof type === 'string' ? props : { ...props, node }) as object, ...children)
}

type DataAttributes = Readonly<Record<`data-${string}`, string | number | boolean | undefined>>

/**
 * Where the source of a block starts, for whoever copies it, and whether text is being written there: a style sheet may
 * put a caret behind it.
 */
export function marks({ sourceMarks }: Settings, { start }: { readonly start: number }, open = false): DataAttributes {
  return { 'data-start': sourceMarks ? start : undefined, 'data-open': open || undefined }
}
