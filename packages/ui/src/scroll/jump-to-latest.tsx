'use client'

import { ArrowDown } from 'lucide'
import { Icon } from '../controls/icon.tsx'
import { type FocusHeir, useFocusHeir } from '../controls/use-focus-heir.ts'
import { useStrings } from '../strings/strings-provider.tsx'

export interface JumpToLatestProps {
  /** How many messages came meanwhile. */
  readonly newCount: number
  readonly onJump: () => void
  readonly focusHeir: FocusHeir
}

/** The way back to the end, for a reader who is away from it. */
export function JumpToLatest({ newCount, onJump, focusHeir }: JumpToLatestProps) {
  const strings = useStrings()
  const ref = useFocusHeir<HTMLButtonElement>(focusHeir)
  return (
    <div className="mr-jump">
      <button ref={ref} type="button" className="mr-jump-button" onClick={onJump}>
        <Icon of={ArrowDown} />
        {newCount > 0 ? strings.newMessages(newCount) : strings.jumpToLatest}
      </button>
    </div>
  )
}
