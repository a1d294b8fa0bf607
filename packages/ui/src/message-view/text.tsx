'use client'

import { memo } from 'react'

export interface TextProps {
  readonly text: string
  /** More is to come: shows the caret. */
  readonly isStreaming?: boolean
}

/**
 * Plain text in paragraphs, line breaks kept. While it streams only the last paragraph changes; the others are not
 * rendered again, however long the answer grows.
 */
export const Text = memo(function Text({ text, isStreaming = false }: TextProps) {
  const end = text.lastIndexOf('\n\n')
  const settled = end === -1 ? '' : text.slice(0, end).trimEnd()
  const tail = end === -1 ? text : text.slice(end).replace(/^\n+/, '')
  return (
    <div className="mr-text">
      <SettledParagraphs text={settled} />
      {(tail !== '' || isStreaming) && (
        <p className="mr-paragraph" dir="auto" data-streaming={isStreaming || undefined}>
          {tail}
        </p>
      )}
    </div>
  )
})

const SettledParagraphs = memo(function SettledParagraphs({ text }: { readonly text: string }) {
  if (text === '') return null
  return text
    .split(/\n{2,}/)
    .map((paragraph, index) => [index, paragraph] as const)
    .filter(([, paragraph]) => paragraph !== '')
    .map(([index, paragraph]) => <Paragraph key={index} text={paragraph} />)
})

const Paragraph = memo(function Paragraph({ text }: { readonly text: string }) {
  return (
    <p className="mr-paragraph" dir="auto">
      {text}
    </p>
  )
})
