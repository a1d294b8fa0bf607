'use client'

import { findModel, type Message } from '@millrace/core'
import { useChatStore } from '@millrace/hooks'
import { useMemo } from 'react'
import { useRemedies } from '../error-card/remedies.ts'
import type { Ending } from './ending.ts'
import { MessageEnd } from './message-end.tsx'

export interface ReplyEndProps {
  readonly message: Message
  readonly ending: Ending
  /** Only of the last reply something is to be done. */
  readonly isLast: boolean
  readonly onKeyRequest: (() => void) | undefined
}

/** How a reply of the chat ended, with what the chat can do about it. */
export function ReplyEnd({ message, ending, isLast, onKeyRequest }: ReplyEndProps) {
  const store = useChatStore()
  const { models, billingURL, onModelChange, shorten: Shorten } = useRemedies()
  const others = useMemo(() => {
    const asked = findModel(models, message.model ?? '')
    return models.filter((model) => model !== asked)
  }, [models, message.model])
  if (!isLast) return <MessageEnd ending={ending} />

  const retry = () => void store.retry()

  function askModel(model: string): void {
    onModelChange?.(model)
    void store.regenerate({ messageId: message.id, model })
  }

  return (
    <MessageEnd
      ending={ending}
      failureId={message.id}
      onRetry={retry}
      onContinue={() => void store.continueMessage(message.id)}
      onKeyRequest={onKeyRequest}
      billingURL={billingURL}
      models={others}
      onModel={askModel}
      shorten={Shorten && <Shorten onRetry={retry} />}
    />
  )
}
