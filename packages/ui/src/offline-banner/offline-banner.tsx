'use client'

import { type ChatState, useChatSelector, useIsOnline } from '@millrace/hooks'
import { WifiOff } from 'lucide'
import type { ComponentPropsWithoutRef } from 'react'
import { cx } from '../controls/class-names.ts'
import { Icon } from '../controls/icon.tsx'
import { offlineWords } from '../strings/parts/offline.ts'
import { useWords } from '../strings/use-words.ts'

/**
 * Says that the browser is offline, and how many messages wait for the network: the one that failed for want of it, and those
 * in the queue behind it. They leave by themselves. Its region is there from the start, so that screen readers hear it.
 */
export function OfflineBanner({ className, ...props }: Omit<ComponentPropsWithoutRef<'div'>, 'children'>) {
  const words = useWords(offlineWords)
  const isOnline = useIsOnline()
  const waiting = useChatSelector(selectWaiting)
  return (
    <div role="status" {...props} className={cx('mr-offline', className)} data-offline={!isOnline || undefined}>
      {!isOnline && (
        <>
          <Icon of={WifiOff} />
          <p>{words.offline(waiting)}</p>
        </>
      )}
    </div>
  )
}

function selectWaiting({ messages, queue }: ChatState): number {
  const hasFailed = messages.at(-1)?.error?.code === 'offline'
  return queue.length + (hasFailed ? 1 : 0)
}
