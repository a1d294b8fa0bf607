'use client'

import { CircleAlert, File as FileIcon, X } from 'lucide'
import { useEffect, useState } from 'react'
import { firstSentence } from '../controls/first-sentence.ts'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import type { FocusHeir } from '../controls/use-focus-heir.ts'
import { attachmentsWords } from '../strings/parts/attachments.ts'
import { useWords } from '../strings/use-words.ts'
import type { AttachedFile } from './composer-attachments.ts'

interface FileTrayProps {
  readonly files: readonly AttachedFile[]
  readonly onRemove: (id: string) => void
  /** Who gets the focus when the last file leaves. */
  readonly focusHeir: FocusHeir
}

/** The files of the message being written: pictures as themselves, others by their names. Each can be taken off. */
export function FileTray({ files, onRemove, focusHeir }: FileTrayProps) {
  const strings = useWords(attachmentsWords)
  return (
    <ul className="mr-files" aria-label={strings.files} hidden={files.length === 0}>
      {files.map(({ id, file, refusal }) => (
        <li key={id} className="mr-attached" data-refused={refusal === undefined ? undefined : true}>
          <FileFace file={file} refusal={refusal} />
          <IconButton
            label={strings.removeFile(file.name)}
            focusHeir={(button) => neighbourOf(button) ?? focusHeir(button)}
            onClick={() => onRemove(id)}
          >
            <Icon of={X} />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}

function FileFace({ file, refusal }: Pick<AttachedFile, 'file' | 'refusal'>) {
  const strings = useWords(attachmentsWords)
  if (refusal !== undefined) {
    return (
      <>
        <Icon of={CircleAlert} />
        <span className="mr-refused" role="alert">
          <span dir="auto">{strings.fileRefused(file.name)}</span> <small dir="auto">{firstSentence(refusal)}</small>
        </span>
      </>
    )
  }
  if (file.type.startsWith('image/')) return <Preview file={file} />
  return (
    <>
      <Icon of={FileIcon} />
      <span className="mr-file-name" dir="auto">
        {file.name}
      </span>
      <small className="mr-file-type" dir="auto">
        {strings.fileSize(file.size)}
      </small>
    </>
  )
}

function Preview({ file }: { readonly file: File }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return <img className="mr-preview" src={url} alt={file.name} title={file.name} />
}

/** The button of the file beside, so that one after the other can be taken off. */
function neighbourOf(button: HTMLElement): HTMLElement | null | undefined {
  const item = button.closest('li')
  return (item?.nextElementSibling ?? item?.previousElementSibling)?.querySelector<HTMLElement>('button')
}
