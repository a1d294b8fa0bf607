'use client'

import type { FilePart, Part } from '@millrace/core'
import type { ComponentPropsWithoutRef } from 'react'
import { cx } from '../controls/class-names.ts'
import { FileChip } from '../message-view/file-chip.tsx'
import { attachmentsWords } from '../strings/parts/attachments.ts'
import { useWords } from '../strings/use-words.ts'

export interface AttachmentsProps extends Omit<ComponentPropsWithoutRef<'ul'>, 'children'> {
  /** Those of a message: its files are shown, in its order. */
  readonly parts: readonly Part[]
}

/** The files of a message: pictures as themselves, others by their names. Nothing where there are none. */
export function Attachments({ parts, className, ...props }: AttachmentsProps) {
  const words = useWords(attachmentsWords)
  const files = parts.filter((part): part is FilePart => part.type === 'file')
  if (files.length === 0) return null
  return (
    <ul aria-label={words.files} {...props} className={cx('mr-attachments', className)}>
      {files.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the files of a message never change.
        <li key={index}>
          <FileChip part={part} />
        </li>
      ))}
    </ul>
  )
}
