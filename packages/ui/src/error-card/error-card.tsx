'use client'

import type { Model } from '@millrace/core'
import { CircleAlert, Unplug } from 'lucide'
import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { Button } from '../controls/button.tsx'
import { cx } from '../controls/class-names.ts'
import { Icon } from '../controls/icon.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import type { Ending } from '../message-view/ending.ts'
import { errorCardWords } from '../strings/parts/error-card.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { useWords } from '../strings/use-words.ts'
import { AutomaticRetry } from './automatic-retry.tsx'
import { RetryButton } from './retry-button.tsx'
import { SwitchModel } from './switch-model.tsx'

/** What a card can do. What is not given is not offered, and asking again takes its place. */
export interface ErrorCardActions {
  /** Asks again. Without it there is no button at all: of an older answer nothing is to be done. */
  readonly onRetry?: (() => void) | undefined
  /** Goes on with an answer that is unfinished. */
  readonly onContinue?: (() => void) | undefined
  /** Lets the reader look at the API key. */
  readonly onKeyRequest?: (() => void) | undefined
  /** Where credit is bought: an `http(s)` URL. */
  readonly billingURL?: string | undefined
  /** Who may answer instead. */
  readonly models?: readonly Model[] | undefined
  readonly onModel?: ((modelId: string) => void) | undefined
  /** What is offered for a thread that is too long: `ShortenThread`, say. */
  readonly shorten?: ReactNode
  /**
   * Names the failure in all tabs. With it the card asks again by itself: when the wait that the provider asked for is over
   * and the reader looks, or when the network is back.
   */
  readonly failureId?: string | undefined
}

export interface ErrorCardProps extends ErrorCardActions, Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** See `describeEnding`. */
  readonly ending: Exclude<Ending, { kind: 'note' }>
}

/**
 * A reply that failed or was cut off: what happened, what that means, and the one thing to do. Its `data-kind` is `cut` or
 * `failed`, its `data-action` that of the ending.
 */
export function ErrorCard(card: ErrorCardProps) {
  const {
    ending: { kind, action, title, hint, words },
    onRetry,
    onContinue,
    onKeyRequest,
    billingURL,
    models,
    onModel,
    shorten,
    failureId,
    className,
    ...props
  } = card
  return (
    <div {...props} className={cx('mr-card', className)} data-kind={kind} data-action={action}>
      <Icon of={kind === 'cut' ? Unplug : CircleAlert} />
      <div className="mr-card-text">
        <p className="mr-card-title">{title}</p>
        <p className="mr-card-hint">{hint}</p>
        {words && (
          <p className="mr-card-words" dir="auto">
            {words}
          </p>
        )}
      </div>
      {onRetry && (
        <div className="mr-card-actions">
          <RemedyButtons {...card} onRetry={onRetry} />
        </div>
      )}
    </div>
  )
}

interface RemedyButtonsProps extends ErrorCardActions {
  readonly ending: ErrorCardProps['ending']
  readonly onRetry: () => void
}

function RemedyButtons({
  ending: { action, retryAt, failedAt = 0 },
  onRetry,
  onContinue,
  onKeyRequest,
  billingURL,
  models,
  onModel,
  shorten,
  failureId,
}: RemedyButtonsProps) {
  const strings = useStrings()
  const words = useWords(errorCardWords)
  const again = <RetryButton emphasis="quiet" retryAt={retryAt} onRetry={onRetry} />
  if (action === 'continue' && onContinue)
    return (
      <Button emphasis="primary" focusHeir={transcriptOf} onClick={onContinue}>
        {strings.continueAnswer}
      </Button>
    )
  if (action === 'check-key' && onKeyRequest)
    return (
      <>
        {again}
        <Button emphasis="primary" onClick={onKeyRequest}>
          {strings.checkKey}
        </Button>
      </>
    )
  if (action === 'pay' && billingURL)
    return (
      <>
        {again}
        <a className="mr-button" data-emphasis="primary" href={billingURL} target="_blank" rel="noopener noreferrer">
          {words.addCredit}
        </a>
      </>
    )
  if (action === 'switch-model' && models?.length && onModel)
    return (
      <>
        <SwitchModel models={models} onModel={onModel} />
        {again}
      </>
    )
  if (action === 'shorten' && shorten) return shorten
  if (failureId && (action === 'reconnect' || (action === 'wait' && retryAt)))
    return <AutomaticRetry failureId={failureId} retryAt={retryAt} failedAt={failedAt} onRetry={onRetry} />
  return <RetryButton retryAt={retryAt} onRetry={onRetry} />
}
