import { Component, type ReactNode, type RefObject } from 'react'

interface KeepPlaceProps {
  /** Of the turns, oldest first. */
  readonly ids: readonly string[]
  readonly scrollerRef: RefObject<HTMLElement | null>
  /** Holds the turns as its children. */
  readonly contentRef: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

interface Place {
  readonly turn: Element
  readonly top: number
}

/**
 * Keeps what the reader looks at where it is when older turns come before it. Browsers do that themselves, but not at the
 * very top, where one is when they are loaded, and Safari nowhere. A class, since only a class is asked right before React
 * changes the document.
 */
export class KeepPlace extends Component<KeepPlaceProps> {
  override getSnapshotBeforeUpdate({ ids: before }: KeepPlaceProps): Place | null {
    const { ids, scrollerRef, contentRef } = this.props
    const [first] = before
    if (first === undefined || first === ids[0] || !ids.includes(first)) return null
    const edge = scrollerRef.current?.getBoundingClientRect().top ?? 0
    for (const turn of contentRef.current?.children ?? []) {
      const { top, bottom } = turn.getBoundingClientRect()
      if (bottom > edge) return { turn, top }
    }
    return null
  }

  override componentDidUpdate(_: KeepPlaceProps, __: unknown, place: Place | null): void {
    const scroller = this.props.scrollerRef.current
    if (place?.turn.isConnected && scroller) scroller.scrollTop += place.turn.getBoundingClientRect().top - place.top
  }

  override render(): ReactNode {
    return this.props.children
  }
}
