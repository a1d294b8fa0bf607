import { Component, type ReactNode } from 'react'
import { selectedText } from './selected-text.ts'
import { pointAt, type TextPosition, textPosition } from './text-position.ts'

interface KeptSelection {
  readonly anchorNode: Node
  readonly anchorOffset: number
  readonly focusNode: Node
  readonly focusOffset: number
  readonly anchor: TextPosition
  readonly focus: TextPosition
}

// What is worth looking through for a place in it: a block of text, not all of the document.
const leaf = 'p, h1, h2, h3, h4, h5, h6, li, td, th, pre'

/**
 * Keeps what the reader has selected while the text around it grows. Without it a browser drops a selection whose text
 * node gets a new value, even if that is the old one with something after it. A class, since only a class is asked
 * right before React changes the document.
 */
export class KeepSelection extends Component<{ readonly children: ReactNode }> {
  override getSnapshotBeforeUpdate(): KeptSelection | null {
    const selection = selectedText()
    if (!selection) return null
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection
    const anchor = anchorNode && positionIn(anchorNode, anchorOffset)
    const focus = focusNode && positionIn(focusNode, focusOffset)
    return anchor && focus ? { anchorNode, anchorOffset, focusNode, focusOffset, anchor, focus } : null
  }

  override componentDidUpdate(_: unknown, __: unknown, kept: KeptSelection | null): void {
    const selection = kept && document.getSelection()
    if (!selection || isSame(selection, kept)) return
    const anchor = pointAt(kept.anchor)
    const focus = pointAt(kept.focus)
    const isThere = anchor?.node.isConnected && focus?.node.isConnected
    if (isThere) selection.setBaseAndExtent(anchor.node, anchor.offset, focus.node, focus.offset)
  }

  override render(): ReactNode {
    return this.props.children
  }
}

function positionIn(node: Node, offset: number): TextPosition | undefined {
  const element = node instanceof Element ? node : node.parentElement
  const within = element?.closest(leaf)
  // Outside of any Markdown nothing happens to it that would have to be undone.
  return within?.closest('[data-markdown]') ? textPosition(within, node, offset) : undefined
}

function isSame(selection: Selection, kept: KeptSelection): boolean {
  return (
    selection.anchorNode === kept.anchorNode &&
    selection.anchorOffset === kept.anchorOffset &&
    selection.focusNode === kept.focusNode &&
    selection.focusOffset === kept.focusOffset
  )
}
