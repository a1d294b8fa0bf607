import { Icon, ModelPicker, type ModelPickerProps } from '@millrace/ui'
import { Menu, SquarePen } from 'lucide'
import type { ReactNode } from 'react'
import { BarButton } from './bar-button.tsx'
import type { Words } from './words.ts'

export interface TopBarProps extends Pick<ModelPickerProps, 'models' | 'value' | 'onChange'> {
  readonly words: Words
  /** Where the chats are in a drawer. */
  readonly drawer?: { readonly onOpen: () => void; readonly onNewChat: () => void } | undefined
  /** What can be done with the chat. */
  readonly children: ReactNode
}

export function TopBar({ drawer, children, words, ...picker }: TopBarProps) {
  return (
    <header className="pg-bar">
      {drawer && (
        <BarButton label={words.chats} onClick={drawer.onOpen}>
          <Icon of={Menu} />
        </BarButton>
      )}
      <ModelPicker {...picker} />
      <div className="pg-tools">
        {drawer && (
          <BarButton label={words.newChat} onClick={drawer.onNewChat}>
            <Icon of={SquarePen} />
          </BarButton>
        )}
        {children}
      </div>
    </header>
  )
}
