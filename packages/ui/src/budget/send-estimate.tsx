'use client'

import type { Message, Model, Provider } from '@millrace/core'
import { type ChatState, useChatSelector, useChatStore } from '@millrace/hooks'
import { type ComponentPropsWithRef, useState } from 'react'
import { useComposer } from '../composer/composer-context.ts'
import { cx } from '../controls/class-names.ts'
import { budgetWords } from '../strings/parts/budget.ts'
import { useWords } from '../strings/use-words.ts'
import { estimateSend } from './estimate-send.ts'
import { sendingOf } from './sending-of.ts'

export interface SendEstimateProps extends Omit<ComponentPropsWithRef<'small'>, 'children'> {
  /** Where prices are found; an empty list knows none. Default: the provider of the chat. */
  readonly models?: Provider | readonly Model[] | undefined
}

/**
 * Inside a `Composer`: about how many tokens would be sent, and what they and an answer would cost, while there is something
 * to send.
 */
export function SendEstimate({ models, className, ...props }: SendEstimateProps) {
  const strings = useWords(budgetWords)
  const store = useChatStore()
  const composer = useComposer()
  const [selectSettled] = useState(createSettledSelector)
  useChatSelector(selectSettled)
  const estimate = composer.canSend ? estimateSend(sendingOf(store, composer, models)) : undefined
  return (
    <small
      title={estimate && strings.estimateDetail(estimate.inputTokens, estimate.outputTokens)}
      {...props}
      className={cx('mr-send-estimate', className)}
    >
      {estimate && <span>{strings.estimatedTokens(estimate.inputTokens)}</span>}
      {estimate?.cost && (
        <>
          {'\u00a0· '}
          <span>{strings.estimatedCost(estimate.cost.total)}</span>
        </>
      )}
    </small>
  )
}

/** Renders for what is said, but not for every piece of it. */
function createSettledSelector(): (state: ChatState) => readonly Message[] {
  let replyIds: ChatState['replyIds'] | undefined
  let settled: readonly Message[] = []
  return (state) => {
    if (state.replyIds !== replyIds || replyIds.length === 0) settled = state.messages
    replyIds = state.replyIds
    return settled
  }
}
