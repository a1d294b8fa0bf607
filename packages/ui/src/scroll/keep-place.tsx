import { Component, type ReactNode, type RefObject } from 'react'
import { type HeldPlace, holdPlace } from './hold-place.ts'

interface KeepPlaceProps {
  /** Of the turns, oldest first. */
  readonly ids: readonly string[]
  /** The region that scrolls, with one element in it that holds the turns. */
  readonly scrollerRef: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/**
 * Keeps what the reader looks at where it is when older turns come before it. Browsers do that themselves, but not at the
 * very top, where one is when they are loaded, and Safari nowhere. A class, since only a class is asked right before React
 * changes the document.
 */
export class KeepPlace extends Component<KeepPlaceProps> {
  override getSnapshotBeforeUpdate({ ids: before }: KeepPlaceProps): HeldPlace | null {
    const { ids, scrollerRef } = this.props
    const [first] = before
    const isPrepended = first !== undefined && first !== ids[0] && ids.includes(first)
    return (isPrepended && scrollerRef.current && holdPlace(scrollerRef.current)) || null
  }

  override componentDidUpdate(_: KeepPlaceProps, __: unknown, place: HeldPlace | null): void {
    place?.restore()
  }

  override render(): ReactNode {
    return this.props.children
  }
}
