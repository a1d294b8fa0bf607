/** What is noted in the page while a contender runs. */
export interface Notes {
  isOn: boolean
  /** When each frame began. */
  frames: number[]
  /** How long each task took that took more than 50 ms. */
  longTasks: number[]
  /** From a key until the frame after what it typed. */
  keys: number[]
  /** Text to look for in the document, and when the frame that shows it was done, in epoch milliseconds. */
  watched: string | undefined
  shownAt: number | undefined
}

declare global {
  interface Window {
    notes: Notes
  }
}

/** Runs in the page, before anything else does: it can use nothing from outside. */
export function takeNotes(): void {
  const notes: Notes = { isOn: false, frames: [], longTasks: [], keys: [], watched: undefined, shownAt: undefined }
  window.notes = notes
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) if (notes.isOn) notes.longTasks.push(duration)
  }).observe({ type: 'longtask' })

  function afterFrame(run: () => void): void {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = run
      port2.postMessage(0)
    })
  }

  requestAnimationFrame(function frame(time) {
    if (notes.isOn) notes.frames.push(time)
    if (notes.watched && document.body?.textContent?.includes(notes.watched)) {
      notes.watched = undefined
      afterFrame(() => (notes.shownAt = performance.timeOrigin + performance.now()))
    }
    requestAnimationFrame(frame)
  })

  let pressedAt = 0
  const quietly = { capture: true, passive: true }
  addEventListener('keydown', (event) => (pressedAt = event.timeStamp), quietly)
  addEventListener(
    'input',
    () => {
      const at = pressedAt
      afterFrame(() => notes.isOn && notes.keys.push(performance.now() - at))
    },
    quietly,
  )
}
