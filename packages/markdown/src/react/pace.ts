import type { LiveDocument } from './live-document.ts'

// A browser lays out a paragraph or table as a whole, whatever changed in it. Drawn only when it has grown by a part
// of its length, a block of any length is laid out a bounded number of times for each of its characters.
const growthPerCommit = 0.02
// Shorter steps than this would not be missed, but are not worth waiting for either.
const smallestStep = 200
const longestWaitMs = 100
const waitMsPerCharacter = 0.001

/**
 * Text that grows between renders is drawn with every third frame of 60 Hz: nobody reads faster, and most of what a growing
 * text costs is what each drawing costs.
 */
export const leastMsBetweenDrawings = 40
/** How long the frame may take to come that has the next drawing, before a timer does without it. */
export const frameMs = 17

/** How long new text may wait for more to come, in milliseconds since the last commit; 0 if it is to be shown at once. */
export function waitBeforeCommit({ stream, text }: LiveDocument, newLength: number): number {
  const step = openBlockLength(stream.root, text.length) * growthPerCommit
  if (step <= smallestStep || newLength - text.length >= step) return 0
  return longestWaitMs + text.length * waitMsPerCharacter
}

/** Of the block at the end of the document, with all that is inside it. */
function openBlockLength({ children }: LiveDocument['stream']['root'], length: number): number {
  const last = children.at(-1)
  return last?.open ? length - last.start : 0
}
