'use client'

import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { FenceProps } from '../react/settings.ts'
import { type SvgImage, toSvgImage } from './svg-image.ts'
import { useSeen } from './use-seen.ts'

export interface DiagramProps extends FenceProps {
  /** Draws a diagram. Rejects if the text is none. */
  readonly draw: (id: string, text: string) => Promise<string>
  readonly label: string
}

/** A diagram once its fence is closed and it came into view. Its code until then, and if it cannot be drawn. */
export function Diagram({ node, open, children, draw, label }: DiagramProps): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  const isSeen = useSeen(place)
  const id = `diagram${useId().replace(/\W/g, '')}`
  const [image, setImage] = useState<SvgImage | undefined>(undefined)
  const text = open ? undefined : node.lines.join('\n')

  useEffect(() => {
    if (!isSeen || text === undefined) return
    let isCurrent = true
    const show = (svg: string) => isCurrent && setImage(toSvgImage(svg))
    draw(id, text)
      .then(show)
      .catch(() => {})
    return () => {
      isCurrent = false
      setImage(undefined)
    }
  }, [isSeen, text, draw, id])

  return (
    <div ref={place} data-diagram={image ? 'drawn' : 'source'}>
      {image ? <img {...image} alt={label} /> : children}
    </div>
  )
}
