import type { FilePart } from '@millrace/core'
import type { Attachments } from '@millrace/hooks'
import type { ComponentType, RefObject } from 'react'

/** How people may attach files: what the hook's `attachments` does, and what the composer shows for it. */
export interface ComposerAttachments extends Attachments {
  /** What is taken, as in `<input accept>`. */
  readonly accept: string | undefined
  /** What is attached, above the text. */
  readonly Tray: ComponentType<AttachControlsProps>
  /** How to attach more, below it. */
  readonly Controls: ComponentType<AttachControlsProps>
}

/** A file of the message being written. */
export interface AttachedFile {
  readonly id: string
  readonly file: File
  /** There once it is read. */
  readonly part?: FilePart | undefined
  /** Why it is not taken: it will not be sent. */
  readonly refusal?: string | undefined
}

export interface AttachControlsProps {
  readonly attachments: ComposerAttachments
  readonly files: readonly AttachedFile[]
  readonly onChange: (change: (files: readonly AttachedFile[]) => readonly AttachedFile[]) => void
  /** The field of the composer: files may be pasted into it, and dropped anywhere in the chat around it. */
  readonly areaRef: RefObject<HTMLTextAreaElement | null>
}

/** The hook's own `attachments` has nothing to show. */
export function hasControls(attachments: Attachments | undefined): attachments is ComposerAttachments {
  return attachments !== undefined && 'Controls' in attachments
}
