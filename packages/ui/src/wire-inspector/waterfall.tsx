'use client'

import { inspectorWords } from '../strings/parts/inspector.ts'
import { useWords } from '../strings/use-words.ts'
import type { WireExchange } from './exchange.ts'
import { longestGap } from './longest-gap.ts'

const width = 1000
const height = 40
/** A piece of that many bytes is as high as the picture. */
const highest = 16_000

/** When the pieces came: a stroke each, higher for more bytes, the longest gap between them marked. One element for all. */
export function Waterfall({
  exchange: { pieces, received, headersAtMs = 0, endedAtMs },
}: {
  readonly exchange: WireExchange
}) {
  const words = useWords(inspectorWords)
  const wholeMs = Math.max(endedAtMs ?? 0, pieces.at(-1)?.atMs ?? 0, headersAtMs, 1)
  const gap = longestGap(pieces)
  const x = (ms: number) => Math.round((ms / wholeMs) * width * 10) / 10
  const top = (bytes: number) => Math.round(height * (1 - Math.min(1, Math.log1p(bytes) / Math.log1p(highest))))
  const strokes = pieces.map(({ atMs, bytes }) => `M${x(atMs)} ${height}V${top(bytes)}`).join('')
  return (
    <svg
      className="mr-waterfall"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${words.waterfall}: ${words.pieces(received.pieces)}, ${words.ms(wholeMs)}`}
    >
      <rect className="mr-waterfall-wait" width={x(headersAtMs)} height={height} />
      {gap && (
        <rect className="mr-waterfall-gap" x={x(gap.fromMs)} width={x(gap.toMs) - x(gap.fromMs)} height={height} />
      )}
      <path className="mr-waterfall-pieces" d={strokes} />
    </svg>
  )
}
