'use client'

import type { ToolCallPart } from '@millrace/core'
import { ChevronRight, Wrench } from 'lucide-react'
import { memo } from 'react'
import { Dots } from '../controls/dots.tsx'
import { useStrings } from '../strings/strings-provider.tsx'

export interface ToolCallProps {
  readonly part: ToolCallPart
  /** The reply is on its way. A call whose input is not whole by its end was cut short. */
  readonly isLive?: boolean
}

/**
 * A call of a tool: its name, its input as the model writes it, and what came of it. `data-state` is the state of the
 * part, or `unfinished`.
 */
export const ToolCall = memo(function ToolCall({ part, isLive = false }: ToolCallProps) {
  const strings = useStrings()
  const state = part.state === 'input-streaming' && !isLive ? 'unfinished' : part.state
  const outcome = part.errorText ?? (part.output === undefined ? undefined : toText(part.output))
  return (
    <details className="mr-tool-call" data-state={state}>
      <summary className="mr-tool-call-summary">
        <Wrench className="mr-icon" />
        <span className="mr-tool-call-name">{part.toolName}</span>
        <code className="mr-tool-call-preview" dir="ltr">
          {preview(part.argumentsText, state === 'input-streaming')}
        </code>
        {state === 'input-streaming' && <Dots />}
        <span className="mr-tool-call-state">{strings.toolStates[state]}</span>
        <ChevronRight className="mr-icon" data-chevron="" />
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
  )
})

const previewLength = 40

/** A line of the input: its end while the model writes, as that is what is new, else its beginning. */
function preview(text: string, isStreaming: boolean): string {
  return isStreaming && text.length > previewLength ? `…${text.slice(-previewLength)}` : text.slice(0, 200)
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))
