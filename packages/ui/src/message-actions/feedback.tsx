'use client'

import { ThumbsDown, ThumbsUp } from 'lucide'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { isComposing } from '../composer/is-composing.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { usePopover } from '../controls/use-popover.ts'
import { VisuallyHidden } from '../controls/visually-hidden.tsx'
import { feedbackWords } from '../strings/parts/feedback.ts'
import { useWords } from '../strings/use-words.ts'

/** What a reader thinks of an answer. */
export type Rating = 'up' | 'down'

export interface FeedbackProps {
  /** What was said before. A change of it is shown. */
  readonly rating?: Rating | undefined
  /** Called at once with what was pressed, `undefined` where it was taken back; and again with a reason, if one is given. */
  readonly onFeedback: (rating: Rating | undefined, reason?: string) => void
  /** Asks why an answer was bad. Default true. */
  readonly asksWhy?: boolean
}

/** Says whether an answer was good. For the `actions` of a `Chat`. */
export function Feedback({ rating: given, onFeedback, asksWhy = true }: FeedbackProps) {
  const words = useWords(feedbackWords)
  const [rating, setRating] = useState(given)
  const [seen, setSeen] = useState(given)
  const [asked, setAsked] = useState<HTMLElement | null>(null)
  const [reason, setReason] = useState('')
  const [isThanked, setIsThanked] = useState(false)
  if (given !== seen) {
    setSeen(given)
    setRating(given)
  }

  function rate(pressed: Rating, button: HTMLElement): void {
    const next = pressed === rating ? undefined : pressed
    setRating(next)
    setIsThanked(false)
    setAsked(next === 'down' && asksWhy ? button : null)
    onFeedback(next)
  }

  function tellWhy(): void {
    const told = reason.trim()
    if (told !== '') onFeedback('down', told)
    setReason('')
    setIsThanked(told !== '')
  }

  return (
    <>
      <IconButton
        label={words.goodAnswer}
        aria-pressed={rating === 'up'}
        aria-keyshortcuts="u"
        onClick={({ currentTarget }) => rate('up', currentTarget)}
      >
        <Icon of={ThumbsUp} />
      </IconButton>
      <IconButton
        label={words.badAnswer}
        aria-pressed={rating === 'down'}
        aria-keyshortcuts="d"
        onClick={({ currentTarget }) => rate('down', currentTarget)}
      >
        <Icon of={ThumbsDown} />
      </IconButton>
      {asked && (
        <WhyForm trigger={asked} reason={reason} onReason={setReason} onSend={tellWhy} onClose={() => setAsked(null)} />
      )}
      {/* It has to be there before it speaks; but one for every message, all the time, would be too many. */}
      {rating === 'down' && <VisuallyHidden role="status">{isThanked && words.feedbackThanks}</VisuallyHidden>}
    </>
  )
}

interface WhyFormProps {
  readonly trigger: HTMLElement
  /** It outlives the form, which is closed by any press beside it. */
  readonly reason: string
  readonly onReason: (reason: string) => void
  readonly onSend: () => void
  readonly onClose: () => void
}

function WhyForm({ trigger, reason, onReason, onSend, onClose }: WhyFormProps) {
  const words = useWords(feedbackWords)
  const ref = useRef<HTMLFormElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const labelId = useId()
  usePopover(ref, trigger, onClose)

  useEffect(() => input.current?.focus({ preventScroll: true }), [])

  function submit(event: FormEvent): void {
    event.preventDefault()
    onSend()
    leave()
  }

  function leave(): void {
    trigger.focus({ preventScroll: true })
    onClose()
  }

  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation()
    if (event.key !== 'Escape' || isComposing(event)) return
    event.preventDefault()
    leave()
  }

  return (
    <form ref={ref} className="mr-why" aria-labelledby={labelId} onSubmit={submit} onKeyDown={onKeyDown}>
      <label id={labelId} className="mr-why-label">
        {words.whatWasWrong}
        <input
          ref={input}
          className="mr-input"
          dir="auto"
          placeholder={words.whyOptional}
          value={reason}
          onChange={(event) => onReason(event.target.value)}
        />
      </label>
      <Button type="submit">{words.sendReason}</Button>
    </form>
  )
}
