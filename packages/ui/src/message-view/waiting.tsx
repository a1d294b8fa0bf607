'use client'

import { type ChatState, useChatSelector } from '@millrace/hooks'
import { Dots } from '../controls/dots.tsx'
import { useMsUntil } from '../controls/use-ms-until.ts'
import { useStrings } from '../strings/strings-provider.tsx'

/** What stands where the next words will come, and why they do not if it takes long. For the reply on its way. */
export function Waiting({ isIdle }: { readonly isIdle: boolean }) {
  const retryAt = useChatSelector(selectRetryAt)
  const silentMs = useChatSelector(selectSilentMs)
  return <WaitingView isIdle={isIdle} retryAt={retryAt} silentMs={silentMs} />
}

const selectRetryAt = (state: ChatState) => state.retryAt
const selectSilentMs = (state: ChatState) => state.stalledForMs

export interface WaitingViewProps {
  /** Nothing is being written at the moment. */
  readonly isIdle: boolean
  /** When the request is sent again, in epoch milliseconds. */
  readonly retryAt?: number | undefined
  /** How long nothing has come, once that is longer than it should be. */
  readonly silentMs?: number | undefined
}

export function WaitingView({ isIdle, retryAt, silentMs }: WaitingViewProps) {
  const strings = useStrings()
  if (retryAt !== undefined) return <Retrying retryAt={retryAt} />
  if (silentMs !== undefined) return <p className="mr-waiting">{strings.silentFor(silentMs)}</p>
  if (!isIdle) return null
  return (
    <p className="mr-waiting">
      <Dots />
      <span className="mr-waiting-label">{strings.waiting}</span>
    </p>
  )
}

function Retrying({ retryAt }: { readonly retryAt: number }) {
  const strings = useStrings()
  const msLeft = useMsUntil(retryAt)
  return (
    <p className="mr-waiting">
      <Dots />
      {msLeft ? strings.retryingIn(msLeft) : strings.waiting}
    </p>
  )
}
