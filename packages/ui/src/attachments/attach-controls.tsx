'use client'

import { createId } from '@millrace/core'
import { Paperclip } from 'lucide'
import { useRef } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { VisuallyHidden } from '../controls/visually-hidden.tsx'
import { attachmentsWords } from '../strings/parts/attachments.ts'
import { useWords } from '../strings/use-words.ts'
import type { AttachControlsProps, AttachedFile } from './composer-attachments.ts'
import { FileTray } from './file-tray.tsx'
import { useIncomingFiles } from './use-incoming-files.ts'

/** The files that are attached, each of which can be taken off. */
export function AttachTray({ files, onChange, areaRef }: AttachControlsProps) {
  const strings = useWords(attachmentsWords)
  const taken = files.filter(({ refusal }) => refusal === undefined)
  return (
    <>
      <FileTray
        files={files}
        onRemove={(id) => onChange((before) => before.filter((file) => file.id !== id))}
        focusHeir={() => areaRef.current}
      />
      <VisuallyHidden role="status">{taken.length > 0 && strings.filesAttached(taken.length)}</VisuallyHidden>
    </>
  )
}

/** The button that attaches files. They are read at once: what is refused is told at once. */
export function AttachControls({ attachments, onChange, areaRef }: AttachControlsProps) {
  const strings = useWords(attachmentsWords)
  const inputRef = useRef<HTMLInputElement>(null)
  const isDropping = useIncomingFiles(areaRef, add)

  const focusArea = () => areaRef.current?.focus({ preventScroll: true })
  const change = (id: string, changes: Partial<AttachedFile>) =>
    onChange((before) => before.map((each) => (each.id === id ? { ...each, ...changes } : each)))

  function add(added: readonly File[]): void {
    const fresh = added.map((file) => ({ id: createId(), file }))
    // What was refused before has been read by now.
    onChange((before) => [...before.filter(({ refusal }) => refusal === undefined), ...fresh])
    for (const { id, file } of fresh) {
      attachments([file]).then(
        ([part]) => change(id, { part }),
        (cause: unknown) => change(id, { refusal: cause instanceof Error ? cause.message : String(cause) }),
      )
    }
    focusArea()
  }

  return (
    <>
      <input
        ref={inputRef}
        type="file"
        hidden
        multiple
        accept={attachments.accept}
        onChange={({ target }) => {
          add([...(target.files ?? [])])
          // Or the same file could not be chosen again.
          target.value = ''
        }}
      />
      <IconButton className="mr-attach" label={strings.attachFiles} onClick={() => inputRef.current?.click()}>
        <Icon of={Paperclip} />
      </IconButton>
      {isDropping && <p className="mr-drop">{strings.dropFiles}</p>}
    </>
  )
}
