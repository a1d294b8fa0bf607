import { Component, type ReactNode } from 'react'
import { selectedText } from './selected-text.ts'
import { pointAt, type TextPosition, textPosition } from './text-position.ts'

/** An end of the selection, and where that is in the text around it. */
interface KeptEnd {
  readonly node: Node
  readonly offset: number
  readonly position: TextPosition
}

type KeptEnds = readonly [anchor: KeptEnd, focus: KeptEnd]

// What is worth looking through for a place in it: a block of text, not all of the document. Outside of any Markdown
// nothing happens to a place that would have to be undone.
const leaf = '[data-markdown] :is(p, h1, h2, h3, h4, h5, h6, li, td, th, pre)'

/**
 * Keeps what the reader has selected while the text around it grows. Without it a browser drops a selection whose text
 * node gets a new value, even if that is the old one with something after it. A class, since only a class is asked
 * right before React changes the document.
 */
export class KeepSelection extends Component<{ readonly children: ReactNode }> {
  override getSnapshotBeforeUpdate(): KeptEnds | null {
    const selection = selectedText()
    const anchor = selection && keptEnd(selection.anchorNode, selection.anchorOffset)
    const focus = selection && keptEnd(selection.focusNode, selection.focusOffset)
    return anchor && focus ? [anchor, focus] : null
  }

  override componentDidUpdate(_: unknown, __: unknown, kept: KeptEnds | null): void {
    const selection = kept && document.getSelection()
    if (!selection) return
    const [anchor, focus] = kept
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection
    if (isAt(anchor, anchorNode, anchorOffset) && isAt(focus, focusNode, focusOffset)) return
    const start = pointAt(anchor.position)
    const end = pointAt(focus.position)
    const isThere = start?.node.isConnected && end?.node.isConnected
    if (isThere) selection.setBaseAndExtent(start.node, start.offset, end.node, end.offset)
  }

  override render(): ReactNode {
    return this.props.children
  }
}

function keptEnd(node: Node | null, offset: number): KeptEnd | undefined {
  const element = node instanceof Element ? node : node?.parentElement
  const within = element?.closest(leaf)
  return node && within ? { node, offset, position: textPosition(within, node, offset) } : undefined
}

function isAt(kept: KeptEnd, node: Node | null, offset: number): boolean {
  return kept.node === node && kept.offset === offset
}
