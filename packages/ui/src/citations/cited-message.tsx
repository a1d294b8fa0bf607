'use client'

import type { Message, SourcePart } from '@millrace/core'
import { useMessage } from '@millrace/hooks'
import { type ReactNode, useMemo } from 'react'
import { MessageView, type MessageViewProps } from '../message-view/message-view.tsx'
import { Citations } from './citations.tsx'

/** For `renderMessage` of a `Chat` or `Thread`: each reply's `[1]` and the like lead to its own sources. See `Citations`. */
export const renderCited = (props: MessageViewProps): ReactNode => <CitedMessage {...props} />

function CitedMessage(props: MessageViewProps) {
  const message = useMessage(props.id, hasSameSources)
  const sources = useMemo(() => (message ? sourcesOf(message) : []), [message])
  return (
    <Citations sources={sources}>
      <MessageView {...props} />
    </Citations>
  )
}

const sourcesOf = ({ parts }: Pick<Message, 'parts'>): readonly SourcePart[] =>
  parts.filter((part): part is SourcePart => part.type === 'source')

function hasSameSources(before: Message, after: Message): boolean {
  const [known, found] = [sourcesOf(before), sourcesOf(after)]
  return known.length === found.length && known.every((source, index) => source === found[index])
}
