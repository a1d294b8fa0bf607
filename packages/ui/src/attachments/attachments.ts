import { attachments as readWith } from '@millrace/hooks'
import { AttachControls, AttachTray } from './attach-controls.tsx'
import type { ComposerAttachments } from './composer-attachments.ts'

/**
 * Lets people attach files: give it to `Chat`, or to a `Composer` and, as `attachments`, to its chat. A chat without it
 * does not pay for it. Default: 20 MB each, of every type.
 */
export function attachments(options: Parameters<typeof readWith>[0] = {}): ComposerAttachments {
  return Object.assign(readWith(options), { accept: options.accept, Tray: AttachTray, Controls: AttachControls })
}
