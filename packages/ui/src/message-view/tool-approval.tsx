'use client'

import type { ToolCallPart } from '@millrace/core'
import type { ChatActions } from '@millrace/hooks'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { isComposing } from '../composer/is-composing.ts'
import { Button } from '../controls/button.tsx'
import { useFocusHeir } from '../controls/use-focus-heir.ts'
import { useStrings } from '../strings/strings-provider.tsx'

interface ToolApprovalProps {
  readonly part: ToolCallPart
  readonly onApproval: ChatActions['addToolApprovalResponse']
}

/** Asks whether a tool may run, and shows with what. A refusal may have a reason, which the model is told. */
export function ToolApproval({ part: { toolCallId, toolName, input }, onApproval }: ToolApprovalProps) {
  const strings = useStrings()
  const [isExplaining, setIsExplaining] = useState(false)
  const [reason, setReason] = useState('')
  const [hasFailed, setHasFailed] = useState(false)
  const formRef = useFocusHeir<HTMLFormElement>(summaryOf)
  const fields = fieldsOf(input)

  function answer(approved: boolean): void {
    const why = isExplaining && !approved ? reason.trim() : ''
    setHasFailed(false)
    onApproval({ toolCallId, approved, ...(why && { reason: why }) }).catch(() => setHasFailed(true))
  }

  function decline(event: FormEvent): void {
    event.preventDefault()
    answer(false)
  }

  function closeOnEscape(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Escape' || isComposing(event)) return
    event.preventDefault()
    setIsExplaining(false)
    event.currentTarget.form?.querySelector<HTMLElement>('[aria-expanded]')?.focus()
  }

  return (
    <form ref={formRef} className="mr-approval" aria-label={strings.approval(toolName)} onSubmit={decline}>
      <p className="mr-approval-hint">{fields.length > 0 ? strings.approvalHint : strings.approvalNoInput}</p>
      {fields.length > 0 && (
        <dl className="mr-approval-fields">
          {fields.map(([name, value]) => (
            <div key={name} className="mr-approval-field">
              {name !== '' && <dt>{name}</dt>}
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {isExplaining && (
        <input
          className="mr-input"
          dir="auto"
          // biome-ignore lint/a11y/noAutofocus: whoever asked for it wants to type.
          autoFocus
          aria-label={strings.reason}
          placeholder={strings.reason}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={closeOnEscape}
        />
      )}
      <div className="mr-approval-actions">
        <Button emphasis="primary" onClick={() => answer(true)}>
          {strings.allow}
        </Button>
        <Button type="submit">{strings.decline}</Button>
        <Button emphasis="quiet" aria-expanded={isExplaining} onClick={() => setIsExplaining(!isExplaining)}>
          {strings.giveReason}
        </Button>
      </div>
      <p className="mr-approval-failure" role="alert">
        {hasFailed && strings.approvalFailed}
      </p>
    </form>
  )
}

/** The call stays where its question was: its first line takes the focus. */
const summaryOf = (element: HTMLElement) => element.closest('.mr-tool-call')?.querySelector<HTMLElement>('summary')

/** The input as a person reads it: name and value; without names where it is no object. */
function fieldsOf(input: unknown): readonly (readonly [name: string, value: string])[] {
  if (input === undefined || input === null) return []
  if (typeof input !== 'object' || Array.isArray(input)) return [['', toText(input)]]
  return Object.entries(input).map(([name, value]) => [name, toText(value)])
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 1))
