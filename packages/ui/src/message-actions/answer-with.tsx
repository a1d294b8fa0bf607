'use client'

import { findModel, type Message, type Model } from '@millrace/core'
import { useChatActions } from '@millrace/hooks'
import { Shuffle } from 'lucide'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { Menu } from '../controls/menu.tsx'
import { MenuGroup, MenuItem } from '../controls/menu-item.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { modelWords } from '../strings/parts/models.ts'
import { useWords } from '../strings/use-words.ts'

export interface AnswerWithProps {
  readonly message: Message
  /** Who may answer. */
  readonly models: readonly Model[]
}

/**
 * A menu of models, with what each costs, that answer in a reply's place: on a branch of its own. For the `actions` of a
 * `Chat`. Nothing for what is no reply, and where there is nobody to choose.
 */
export function AnswerWith({ message: { id, role, model }, models }: AnswerWithProps) {
  const words = useWords(modelWords)
  const { regenerate } = useChatActions()
  const asked = findModel(models, model ?? '')
  if (role !== 'assistant' || models.length < 2) return null
  return (
    <Menu
      trigger={(props) => (
        <IconButton {...props} label={words.answerWith} focusHeir={transcriptOf}>
          <Icon of={Shuffle} />
        </IconButton>
      )}
    >
      <MenuGroup label={words.answerWith}>
        {models.map((each) => (
          <MenuItem
            key={each.id}
            role="menuitemradio"
            checked={each === asked}
            onClick={() => void regenerate({ messageId: id, model: each.id })}
          >
            {each.name}
            {each.price && <small className="mr-menu-hint">{words.price(each.price)}</small>}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  )
}
