'use client'

import type { FinishReason, Message, Part, SourcePart } from '@millrace/core'
import type { ChatActions, TextFeed } from '@millrace/hooks'
import { memo } from 'react'
import { Prose } from '../prose/prose.tsx'
import { useStrings } from '../strings/strings-provider.tsx'
import { FileChip } from './file-chip.tsx'
import { Reasoning } from './reasoning.tsx'
import { Sources } from './sources.tsx'
import { ToolCall } from './tool-call.tsx'

export interface MessagePartsProps {
  readonly message: Message
  /** How the text of a part grows between renders, from `useTextFeeds`. Without it, all that grows comes as a new message. */
  readonly feedOf?: ((partIndex: number) => TextFeed) | undefined
  /** Answers a tool that asks first. Without it nobody is asked. Keep its identity between renders. */
  readonly onToolApproval?: ChatActions['addToolApprovalResponse'] | undefined
}

/**
 * Everything a message says, part by part; its sources last. A part that does not change is not rendered again. What a
 * model wrote is Markdown; what the reader wrote is shown as it was written.
 */
export function MessageParts({ message, feedOf, onToolApproval }: MessagePartsProps) {
  const { role, parts, status } = message
  const isLive = status !== 'done'
  const cutAt = cutBy.has(message.finishReason) ? parts.findLastIndex(({ type }) => type !== 'source') : -1
  const sources = parts.filter((part): part is SourcePart => part.type === 'source')
  return (
    <>
      {parts.map((part, index) => (
        <PartView
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever appended, so their place is their identity.
          key={index}
          part={part}
          isReply={role === 'assistant'}
          isLive={isLive}
          feed={isLive && part.type === 'text' && part.state === 'streaming' ? feedOf?.(index) : undefined}
          isCut={index === cutAt}
          onToolApproval={onToolApproval}
        />
      ))}
      {sources.length > 0 && <Sources sources={sources} />}
    </>
  )
}

/** After these the last words, which sources may follow, may stand in the middle of a construct. */
const cutBy: ReadonlySet<FinishReason | undefined> = new Set([
  'length',
  'aborted',
  'incomplete',
  'error',
  'content-filter',
])

interface PartViewProps {
  readonly part: Part
  readonly isReply: boolean
  readonly isLive: boolean
  readonly feed: TextFeed | undefined
  readonly isCut: boolean
  readonly onToolApproval: MessagePartsProps['onToolApproval']
}

const PartView = memo(function PartView({ part, isReply, isLive, feed, isCut, onToolApproval }: PartViewProps) {
  switch (part.type) {
    case 'text':
      if (!isReply) return <Text text={part.text} />
      return <Prose text={part.text} isStreaming={isLive && part.state === 'streaming'} growth={feed} isCut={isCut} />
    case 'reasoning':
      // Some providers send a signature and keep the thought to themselves.
      return part.text ? <Reasoning part={part} isLive={isLive} /> : null
    case 'refusal':
      return <Refusal text={part.text} isStreaming={isLive && part.state === 'streaming'} />
    case 'tool-call':
      return <ToolCall part={part} isLive={isLive} onApproval={onToolApproval} />
    case 'file':
      return <FileChip part={part} />
    // Sources stand together after the parts; data is the application's own.
    case 'source':
    case 'data':
      return null
  }
})

/** What a reader wrote, as it was written: in paragraphs, line breaks kept. */
function Text({ text }: { readonly text: string }) {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph !== '')
  return (
    <div className="mr-text">
      {paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else, and stay as they are.
        <p key={index} className="mr-paragraph" dir="auto">
          {paragraph}
        </p>
      ))}
    </div>
  )
}

function Refusal({ text, isStreaming }: { readonly text: string; readonly isStreaming: boolean }) {
  const strings = useStrings()
  return (
    <div className="mr-refusal">
      <p className="mr-refusal-label">{strings.refused}</p>
      <Prose text={text} isStreaming={isStreaming} />
    </div>
  )
}
