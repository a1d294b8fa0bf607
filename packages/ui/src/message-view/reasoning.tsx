'use client'

import type { ReasoningPart } from '@millrace/core'
import { ChevronRight } from 'lucide'
import { type ComponentPropsWithoutRef, memo } from 'react'
import { cx } from '../controls/class-names.ts'
import { Dots } from '../controls/dots.tsx'
import { Icon } from '../controls/icon.tsx'
import { Prose } from '../prose/prose.tsx'
import { useStrings } from '../strings/strings-provider.tsx'

export interface ReasoningProps extends Pick<ComponentPropsWithoutRef<'details'>, 'id' | 'className' | 'style'> {
  readonly part: ReasoningPart
  /** The reply is on its way: a thought that is not done may still grow. */
  readonly isLive?: boolean
}

/** What the model thought before it answered, folded. A thought that the provider keeps to itself cannot be opened. */
export const Reasoning = memo(function Reasoning({ part, isLive = false, className, ...props }: ReasoningProps) {
  const strings = useStrings()
  const isThinking = isLive && part.state === 'streaming'
  const finished = part.durationMs === undefined ? strings.thought : strings.thoughtFor(part.durationMs)
  const label = isThinking ? strings.thinking : finished
  if (part.text === '') {
    return (
      <div {...props} className={cx('mr-reasoning', className)} data-streaming={isThinking || undefined}>
        <span className="mr-reasoning-label">
          {label}
          {isThinking && <Dots />}
        </span>
      </div>
    )
  }
  return (
    <details {...props} className={cx('mr-reasoning', className)} data-streaming={isThinking || undefined}>
      <summary className="mr-reasoning-label">
        <Icon of={ChevronRight} />
        {label}
        {isThinking && <Dots />}
      </summary>
      <div className="mr-reasoning-text">
        <Prose text={part.text} isStreaming={isThinking} />
      </div>
    </details>
  )
})
