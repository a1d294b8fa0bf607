import type { ReactNode } from 'react'
import type { Link } from '../parser/nodes.ts'
import { applyUrlPolicy } from '../safety/url-policy.ts'
import { element } from './element.ts'
import { renderChildren } from './inline.tsx'
import { useSettings } from './settings.ts'

/** What the pages that a model links to are told about this one: nothing. */
export const rel = 'noopener noreferrer nofollow'

/** A link, or its text where the URL is unsafe. One that is still being written leads nowhere yet. */
export function LinkView({ node }: { readonly node: Link }): ReactNode {
  const settings = useSettings()
  const href = node.url === '' ? undefined : applyUrlPolicy(settings.urlPolicy, node.url, 'link')
  return element(settings, 'a', node, { href, rel: href && rel, title: node.title }, renderChildren(node, settings))
}
