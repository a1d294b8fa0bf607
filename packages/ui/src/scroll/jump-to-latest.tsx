'use client'

import { useMessageIds } from '@millrace/hooks'
import { ArrowDown } from 'lucide'
import { useState } from 'react'
import { Icon } from '../controls/icon.tsx'
import { type FocusHeir, useFocusHeir } from '../controls/use-focus-heir.ts'
import { useStrings } from '../strings/strings-provider.tsx'

export interface JumpToLatestProps {
  readonly onJump: () => void
  readonly focusHeir: FocusHeir
}

/** The way back to the end. Mount it when the reader goes away: it counts the messages that are new since then. */
export function JumpToLatest({ onJump, focusHeir }: JumpToLatestProps) {
  const strings = useStrings()
  const ref = useFocusHeir<HTMLButtonElement>(focusHeir)
  const count = useMessageIds().length
  const [countBefore] = useState(count)
  const added = Math.max(0, count - countBefore)
  return (
    <div className="mr-jump">
      <button ref={ref} type="button" className="mr-jump-button" onClick={onJump}>
        <Icon of={ArrowDown} />
        {added > 0 ? strings.newMessages(added) : strings.jumpToLatest}
      </button>
    </div>
  )
}
