'use client'

import type { FilePart } from '@millrace/core'
import { File } from 'lucide'
import { Icon } from '../controls/icon.tsx'
import { useStrings } from '../strings/strings-provider.tsx'
import { safeImage, safeLink } from './safe-url.ts'

export interface FileChipProps {
  readonly part: FilePart
}

/** A file of a message: a picture as itself, anything else as its name. */
export function FileChip({ part: { mediaType, url, data, name } }: FileChipProps) {
  const strings = useStrings()
  const label = name ?? strings.file
  if (mediaType.startsWith('image/')) {
    const image = safeImage(url ?? (data && `data:${mediaType};base64,${data}`))
    if (image) return <img className="mr-image" src={image} alt={label} title={label} />
  }
  const link = safeLink(url)
  const content = (
    <>
      <Icon of={File} />
      <span className="mr-file-name" dir="auto">
        {label}
      </span>
      <small className="mr-file-type">{mediaType}</small>
    </>
  )
  if (!link) return <span className="mr-file">{content}</span>
  return (
    <a className="mr-file" href={link.href} target="_blank" rel="noopener noreferrer">
      {content}
    </a>
  )
}
