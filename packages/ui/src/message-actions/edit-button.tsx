'use client'

import { useBranches } from '@millrace/hooks'
import { Pencil } from 'lucide'
import { useEffect, useState } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { useStrings } from '../strings/strings-provider.tsx'

const leftMessages = new Set<string>()

/** Gives the focus back after editing: to the button of the turn that stands in that message's place then. */
export function returnFocus(messageId: string): void {
  leftMessages.add(messageId)
}

interface EditButtonProps {
  readonly messageId: string
  readonly onEdit: () => void
}

/** Begins to edit a message. */
export function EditButton({ messageId, onEdit }: EditButtonProps) {
  const strings = useStrings()
  const { ids } = useBranches(messageId)
  const [takesFocus] = useState(() => ids.some((id) => leftMessages.has(id)))
  useEffect(() => {
    for (const id of ids) leftMessages.delete(id)
  }, [ids])
  return (
    <IconButton label={strings.editMessage} aria-keyshortcuts="e" autoFocus={takesFocus} onClick={onEdit}>
      <Icon of={Pencil} />
    </IconButton>
  )
}
