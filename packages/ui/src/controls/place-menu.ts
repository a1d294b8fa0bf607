/** A box in pixels from the top left of the view, as `getBoundingClientRect` gives it. */
type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>

interface Extent {
  readonly width: number
  readonly height: number
}

export interface MenuPlace {
  readonly left: number
  readonly top: number
  readonly maxHeight: number
}

const distance = 4
const margin = 8

/**
 * Where a menu goes: below its trigger and flush with its end side; above it where there is more room; and never out of view,
 * however narrow that is. In pixels.
 */
export function placeMenu(trigger: Box, menu: Extent, view: Extent, isRtl: boolean): MenuPlace {
  const below = view.height - trigger.bottom - distance - margin
  const above = trigger.top - distance - margin
  const isBelow = menu.height <= below || below >= above
  const maxHeight = Math.max(0, Math.min(isBelow ? below : above, view.height - 2 * margin))
  const height = Math.min(menu.height, maxHeight)
  const top = isBelow ? trigger.bottom + distance : trigger.top - distance - height
  const left = isRtl ? trigger.left : trigger.right - menu.width
  return {
    left: Math.max(margin, Math.min(left, view.width - menu.width - margin)),
    top: Math.max(margin, Math.min(top, view.height - height - margin)),
    maxHeight,
  }
}
