'use client'

import { useBranches } from '@millrace/hooks'
import { ChevronLeft, ChevronRight } from 'lucide'
import { useEffect, useRef } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { useStrings } from '../strings/strings-provider.tsx'
import { BranchLabel } from './branch-label.tsx'

export interface BranchPickerProps {
  /** The message in whose place others may stand. */
  readonly messageId: string
}

type Step = -1 | 1

/** Which way somebody went: the turn that is shown then is another, and its picker takes over the focus. */
const steps = new WeakMap<readonly string[], Step>()

/**
 * Goes through what was said in a message's place: other answers, other wordings of a question. Of an answer it says which
 * model gave it, what that cost and how soon it came. Nothing where there is none.
 */
export function BranchPicker({ messageId }: BranchPickerProps) {
  const strings = useStrings()
  const { ids, index, count, select } = useBranches(messageId)
  const ref = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    const step = steps.get(ids)
    if (!step || !steps.delete(ids)) return
    ref.current?.querySelector<HTMLElement>(`[data-step='${step}']`)?.focus({ preventScroll: true })
  }, [ids])

  if (count < 2) return null

  function go(step: Step): void {
    const next = index + step
    if (next < 0 || next >= count) return
    steps.set(ids, step)
    select(next)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and has a look of its own.
    <span
      ref={ref}
      className="mr-branches"
      role="group"
      aria-label={strings.branches}
      onKeyDown={(event) => {
        // With one of them held, browsers go back and forward.
        if (event.ctrlKey || event.metaKey || event.altKey) return
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
        if (step) go((event.currentTarget.matches(':dir(rtl)') ? -step : step) as Step)
      }}
    >
      <StepButton step={-1} isDisabled={index === 0} label={strings.previousBranch} onStep={go} />
      <span className="mr-branches-place" aria-live="polite">
        {strings.branchPlace(index + 1, count)}
      </span>
      <StepButton step={1} isDisabled={index === count - 1} label={strings.nextBranch} onStep={go} />
      <BranchLabel messageId={messageId} />
    </span>
  )
}

interface StepButtonProps {
  readonly step: Step
  readonly isDisabled: boolean
  readonly label: string
  readonly onStep: (step: Step) => void
}

/** It can hold the focus at the end of the way as well. */
function StepButton({ step, isDisabled, label, onStep }: StepButtonProps) {
  const arrow = step < 0 ? ChevronLeft : ChevronRight
  return (
    <IconButton
      label={label}
      data-step={step}
      aria-keyshortcuts={step < 0 ? 'ArrowLeft' : 'ArrowRight'}
      aria-disabled={isDisabled || undefined}
      onClick={() => onStep(step)}
    >
      <Icon of={arrow} />
    </IconButton>
  )
}
