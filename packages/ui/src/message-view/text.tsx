'use client'

import { memo } from 'react'

export interface TextProps {
  readonly text: string
}

/** Plain text in paragraphs, line breaks kept: what a reader wrote, as it was written. */
export const Text = memo(function Text({ text }: TextProps) {
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
})
