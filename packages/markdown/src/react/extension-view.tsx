// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import type { ReactNode } from 'react'
import type { ExtensionBlock, ExtensionInline } from '../parser/nodes.ts'
import { verbatimText } from '../parser/verbatim-text.ts'
import { element } from './element.ts'
import { useSettings } from './settings.ts'

/** What an extension found, shown by its component. */
export function ExtensionView({ node }: { readonly node: ExtensionBlock | ExtensionInline }): ReactNode {
  const settings = useSettings()
  const Component = settings.extensions.find(({ name }) => name === node.name)?.component
  // A block is changed in place: new props make sure that it is rendered again, whatever its component remembers.
  if (Component) return <Component node={node} text={textOf(node)} />
  const code = element(settings, 'code', node, {}, textOf(node))
  return node.type === 'extension' ? code : element(settings, 'pre', node, {}, code)
}

function textOf(node: ExtensionBlock | ExtensionInline): string {
  return node.type === 'extension' ? node.value : verbatimText(node)
}
