'use client'

import { useBranches } from '@millrace/hooks'
import { Pencil } from 'lucide'
import { useState } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { useStrings } from '../strings/strings-provider.tsx'

/** Messages whose editor gives the focus back as it goes: to the button of the turn that stands in their place then. */
export const leftMessages = new Set<string>()

interface EditButtonProps {
  readonly messageId: string
  readonly onEdit: () => void
}

/** Begins to edit a message. */
export function EditButton({ messageId, onEdit }: EditButtonProps) {
  const strings = useStrings()
  const { ids } = useBranches(messageId)
  const [takesFocus] = useState(() => ids.some((id) => leftMessages.has(id)))
  return (
    <IconButton label={strings.editMessage} aria-keyshortcuts="e" autoFocus={takesFocus} onClick={onEdit}>
      <Icon of={Pencil} />
    </IconButton>
  )
}
