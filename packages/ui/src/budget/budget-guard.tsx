'use client'

import type { Model, Provider } from '@millrace/core'
import { type SendOptions, useChatStore } from '@millrace/hooks'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useComposer } from '../composer/composer-context.ts'
import { focusComposer } from '../composer/find-composer.ts'
import { Button } from '../controls/button.tsx'
import { useFocusHeir } from '../controls/use-focus-heir.ts'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'
import { type BudgetAmounts, budgetWords } from '../strings/parts/budget.ts'
import { useWords } from '../strings/use-words.ts'
import type { Budget } from './create-budget.ts'
import { estimateSend, type Sending } from './estimate-send.ts'
import { beforeAsking, type Wanted } from './guarded-chat.ts'
import { sendingOf } from './sending-of.ts'

export interface BudgetGuardProps {
  /** What `createBudget` returned. Keep its identity between renders. */
  readonly budget: Budget
  /** Where prices are found; an empty list knows none. Default: the provider of the chat. */
  readonly models?: Provider | readonly Model[] | undefined
}

interface Asked extends BudgetAmounts {
  /** The draft that would be sent: the question is about nothing else. Of what others want it is the chat. */
  readonly about: string
}

/**
 * Inside a `Composer`: asks, in its place, before a message is sent that crosses a budget. The text stays until it is
 * answered. In a chat by `guardedChat` it asks before every other reply too. Models without a known price are not asked about.
 */
export function BudgetGuard({ budget, models }: BudgetGuardProps) {
  const store = useChatStore()
  const composer = useComposer()
  const { text, files, beforeSend } = composer
  const [asked, setAsked] = useState<Asked>()
  const isGranted = useRef(false)
  const isPassing = useRef(false)
  const answer = useRef<(isGranted: boolean) => void>(undefined)
  const draft = [store.id, text, ...files.map(({ id }) => id)].join('\n')

  /** The amounts to ask about; undefined where it stays within the budget. */
  function overrun(sending: Sending, options: SendOptions): BudgetAmounts | undefined {
    if (isGranted.current || budget.isAllowed(store.id)) return undefined
    const cost = costOf(sending, options)
    const { queue, replyIds } = store.getState()
    const spent = budget.spent(store, sending.models)
    // What is on its way, or waits, will cost something too; nobody knows what yet.
    const onTheWay = queue.length + replyIds.length
    if (cost === undefined || spent + cost * (1 + onTheWay) <= budget.max) return undefined
    return { cost, spent: spent + cost * onTheWay, max: budget.max }
  }

  function maySend(options: SendOptions): boolean {
    const amounts = overrun(sendingOf(store, composer, models), options)
    if (amounts) ask({ ...amounts, about: draft })
    else letPass()
    return !amounts
  }

  function mayAsk({ options, ...wanted }: Wanted): true | Promise<boolean> {
    if (isPassing.current) {
      isPassing.current = false
      return true
    }
    const amounts = overrun({ ...sendingOf(store, composer, models), ...wanted }, options)
    return amounts === undefined || new Promise((settle) => ask({ ...amounts, about: store.id }, settle))
  }

  /** Of two questions the newer one stays. */
  function ask(next: Asked | undefined, onAnswer?: (isGranted: boolean) => void): void {
    answer.current?.(false)
    answer.current = onAnswer
    setAsked(next)
  }

  /** What the composer may send it sends in this very task, and is not asked about again. */
  function letPass(): void {
    isPassing.current = true
    queueMicrotask(() => {
      isPassing.current = false
    })
  }

  const latest = useRef({ maySend, mayAsk, ask })
  useIsomorphicLayoutEffect(() => {
    latest.current = { maySend, mayAsk, ask }
  })
  useEffect(() => beforeSend(() => (options) => latest.current.maySend(options)), [beforeSend])
  useEffect(() => {
    const stop = beforeAsking(store, (wanted) => latest.current.mayAsk(wanted))
    return () => {
      stop()
      // Nobody answers any more.
      latest.current.ask(undefined)
    }
  }, [store])
  // What a chat has cost counts after it was left.
  useIsomorphicLayoutEffect(
    () => () => void budget.spent(store, models ?? store.getOptions().provider),
    [budget, store, models],
  )

  function send(isAlways: boolean): void {
    if (isAlways) budget.allow(store.id)
    if (answer.current) answer.current(true)
    else {
      isGranted.current = true
      composer.send()
      isGranted.current = false
    }
    ask(undefined)
  }

  const isOfOthers = asked?.about === store.id
  const isOpen = isOfOthers || asked?.about === draft
  // Written anew, it is another question, also where the words are the same in the end.
  if (asked && !isOpen) setAsked(undefined)
  if (!asked || !isOpen) return null
  return (
    <BudgetQuestion
      amounts={asked}
      budget={budget}
      isOfOthers={isOfOthers}
      onSend={send}
      onClose={() => ask(undefined)}
    />
  )
}

/** Of the answers of all models that are asked; undefined where no price is known. */
function costOf(sending: Sending, { model = sending.model, models = [model] }: SendOptions): number | undefined {
  const costs = models.map((each) => estimateSend({ ...sending, model: each }).cost?.total)
  const known = costs.filter((cost) => cost !== undefined)
  return known.length > 0 ? known.reduce((sum, cost) => sum + cost, 0) : undefined
}

interface BudgetQuestionProps {
  readonly amounts: BudgetAmounts
  readonly budget: Budget
  readonly isOfOthers: boolean
  readonly onSend: (isAlways: boolean) => void
  readonly onClose: () => void
}

function BudgetQuestion({ amounts, budget, isOfOthers, onSend, onClose }: BudgetQuestionProps) {
  const strings = useWords(budgetWords)
  const { areaRef } = useComposer()
  const questionId = useId()
  // Not a button: whoever pressed Enter twice has not answered.
  const ref = useFocusHeir<HTMLDivElement>(() => areaRef.current)
  useEffect(() => ref.current?.focus({ preventScroll: true }), [ref])

  function send(isAlways: boolean): void {
    if (ref.current) focusComposer(ref.current)
    onSend(isAlways)
  }

  function close(): void {
    areaRef.current?.focus({ preventScroll: true })
    onClose()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    close()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is one of a form, and this asks about the form.
    <div ref={ref} role="group" className="mr-budget" tabIndex={-1} aria-labelledby={questionId} onKeyDown={onKeyDown}>
      <p id={questionId} className="mr-budget-question">
        {budget.per === 'chat' ? strings.budgetForChat(amounts) : strings.budgetForSession(amounts)}
      </p>
      <Button emphasis="primary" onClick={() => send(false)}>
        {isOfOthers ? strings.askOnce : strings.sendOnce}
      </Button>
      <Button onClick={() => send(true)}>{isOfOthers ? strings.askAlways : strings.sendAlways}</Button>
      <Button emphasis="quiet" onClick={close}>
        {isOfOthers ? strings.askNot : strings.keepWriting}
      </Button>
    </div>
  )
}
