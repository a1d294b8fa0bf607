import type { ReactNode } from 'react'
import type { Link } from '../parser/nodes.ts'
import { applyUrlPolicy } from '../safety/url-policy.ts'
import { element } from './element.ts'
import { renderChildren } from './inline.tsx'
import type { InlineProps } from './settings.ts'

/** What the pages that a model links to are told about this one: nothing. */
export const rel = 'noopener noreferrer nofollow'

/** A link, or its text where the URL is unsafe. One that is still being written leads nowhere yet. */
export function LinkView({ node, settings }: InlineProps<Link>): ReactNode {
  const href = applyUrlPolicy(settings.urlPolicy, node.url, 'link')
  const children = renderChildren(node, { ...settings, isInLink: true })
  return element(settings, 'a', node, { href, rel: href && rel, title: node.title }, children)
}
