'use client'

import type { ToolCallPart } from '@millrace/core'
import type { ChatActions } from '@millrace/hooks'
import { ChevronRight, Wrench } from 'lucide'
import { type ComponentPropsWithoutRef, memo } from 'react'
import { cx } from '../controls/class-names.ts'
import { Dots } from '../controls/dots.tsx'
import { Icon } from '../controls/icon.tsx'
import type { ChatStrings } from '../strings/strings.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { ToolApproval } from './tool-approval.tsx'

export interface ToolCallProps extends Pick<ComponentPropsWithoutRef<'div'>, 'id' | 'className' | 'style'> {
  readonly part: ToolCallPart
  /** The reply is on its way. A call whose input is not whole by its end was cut short. */
  readonly isLive?: boolean
  /** Answers a call that asks first. Without it nobody is asked. Keep its identity between renders. */
  readonly onApproval?: ChatActions['addToolApprovalResponse'] | undefined
}

/**
 * A call of a tool: its name, its input as the model writes it, and what came of it. `data-state` is the state of the
 * part, or `unfinished`, `allowed`, `declined`. A call that asks first shows what it would do, and waits.
 */
export const ToolCall = memo(function ToolCall({
  part,
  isLive = false,
  onApproval,
  className,
  ...props
}: ToolCallProps) {
  const strings = useStrings()
  const state = stateOf(part, isLive)
  const isAsking = state === 'approval-requested' && onApproval !== undefined
  const outcome = part.errorText ?? (part.output === undefined ? undefined : toText(part.output))
  return (
    <div {...props} className={cx('mr-tool-call', className)} data-state={state}>
      <details className="mr-tool-call-fold">
        <summary className="mr-tool-call-summary">
          <Icon of={Wrench} />
          <span className="mr-tool-call-name">{part.toolName}</span>
          <code className="mr-tool-call-preview" dir="ltr">
            {!isAsking && preview(part.argumentsText, state === 'input-streaming')}
          </code>
          {state === 'input-streaming' && <Dots />}
          <span className="mr-tool-call-state">{strings.toolStates[state]}</span>
          <Icon of={ChevronRight} data-chevron="" />
        </summary>
        <dl className="mr-tool-call-details">
          <dt>{strings.toolInput}</dt>
          <dd>
            <pre dir="ltr">{part.input === undefined ? part.argumentsText : toText(part.input)}</pre>
          </dd>
          {outcome !== undefined && (
            <>
              <dt>{strings.toolOutput}</dt>
              <dd>
                <pre dir="ltr">{outcome}</pre>
              </dd>
            </>
          )}
        </dl>
      </details>
      {isAsking && <ToolApproval part={part} onApproval={onApproval} />}
    </div>
  )
})

function stateOf({ state, approved }: ToolCallPart, isLive: boolean): keyof ChatStrings['toolStates'] {
  if (state === 'input-streaming' && !isLive) return 'unfinished'
  if (state === 'input-available' && approved) return 'allowed'
  if (state === 'output-error' && approved === false) return 'declined'
  return state
}

const previewLength = 40

/** A line of the input: its end while the model writes, as that is what is new, else its beginning. */
function preview(text: string, isStreaming: boolean): string {
  return isStreaming && text.length > previewLength ? `…${text.slice(-previewLength)}` : text.slice(0, 200)
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))
