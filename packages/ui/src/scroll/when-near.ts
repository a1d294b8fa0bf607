import { flushSync } from 'react-dom'
import { holdPlace } from './hold-place.ts'

/** How far outside of the region something is near, in parts of the region's height. */
const margin = '150%'

interface Watch {
  add(element: Element, onNear: () => void): void
  remove(element: Element): void
}

const watches = new WeakMap<Element, Watch>()

/**
 * Calls back once the element comes near to what its scroll region shows, or is to be printed: in time to be rendered
 * before it is seen. What it becomes does not move what the reader looks at.
 * @returns what ends the waiting.
 */
export function whenNear(element: HTMLElement, onNear: () => void): () => void {
  const scroller = element.closest<HTMLElement>('[role="log"]')
  if (!scroller || typeof IntersectionObserver === 'undefined') {
    onNear()
    return () => {}
  }
  const watch = watches.get(scroller) ?? createWatch(scroller)
  watches.set(scroller, watch)
  watch.add(element, onNear)
  return () => watch.remove(element)
}

function createWatch(scroller: HTMLElement): Watch {
  const waiting = new Map<Element, () => void>()
  const observer = new IntersectionObserver(
    (entries) => show(entries.flatMap(({ isIntersecting, target }) => (isIntersecting ? target : []))),
    { root: scroller, rootMargin: `${margin} 0px` },
  )
  const showAll = () => show([...waiting.keys()])

  function show(elements: readonly Element[]): void {
    const calls = elements.flatMap((element) => waiting.get(element) ?? [])
    if (calls.length === 0) return
    const place = holdPlace(scroller)
    flushSync(() => {
      for (const onNear of calls) onNear()
    })
    place?.restore()
  }

  return {
    add(element, onNear) {
      if (waiting.size === 0) addEventListener('beforeprint', showAll)
      waiting.set(element, onNear)
      observer.observe(element)
    },
    remove(element) {
      if (!waiting.delete(element)) return
      observer.unobserve(element)
      if (waiting.size === 0) removeEventListener('beforeprint', showAll)
    },
  }
}
