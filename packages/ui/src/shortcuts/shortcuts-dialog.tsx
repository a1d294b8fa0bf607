'use client'

import { Keyboard } from 'lucide'
import { type ComponentPropsWithoutRef, useState } from 'react'
import { Dialog } from '../controls/dialog.tsx'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { shortcutWords } from '../strings/parts/shortcuts.ts'
import { useWords } from '../strings/use-words.ts'
import { listShortcuts, type Shortcut, type ShortcutGroup } from './list-shortcuts.ts'

export type ShortcutsDialogProps = Omit<ComponentPropsWithoutRef<typeof IconButton>, 'label' | 'children' | 'onClick'>

/**
 * A button that shows which keys do what, and so does `?` among the messages. Put it into the header of a `Chat`. It lists
 * what there is at the time: keys that the buttons of messages name in `aria-keyshortcuts`, yours among them.
 */
export function ShortcutsDialog(props: ShortcutsDialogProps) {
  const words = useWords(shortcutWords)
  const [groups, setGroups] = useState<readonly ShortcutGroup[]>()
  return (
    <>
      <IconButton
        aria-keyshortcuts="?"
        aria-haspopup="dialog"
        {...props}
        label={words.shortcuts}
        onClick={() => setGroups(listShortcuts(document, words))}
      >
        <Icon of={Keyboard} />
      </IconButton>
      {groups && (
        <Dialog title={words.shortcuts} className="mr-shortcuts" onClose={() => setGroups(undefined)}>
          {groups.map(({ name, shortcuts }) => (
            <section key={name} className="mr-shortcuts-group">
              <h3 className="mr-shortcuts-title">{words.shortcutGroups[name]}</h3>
              <dl className="mr-shortcuts-list">
                {shortcuts.map((shortcut) => (
                  <Row key={shortcut.keys.join()} {...shortcut} />
                ))}
              </dl>
            </section>
          ))}
        </Dialog>
      )}
    </>
  )
}

function Row({ keys, label }: Shortcut) {
  return (
    <div className="mr-shortcut">
      <dt>{label}</dt>
      <dd>
        {keys.map((way) => (
          <span key={way} className="mr-shortcut-keys">
            {way.split('+').map((key) => (
              <kbd key={key}>{nameOf(key)}</kbd>
            ))}
          </span>
        ))}
      </dd>
    </div>
  )
}

const signs: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
}

const nameOf = (key: string) => signs[key] ?? key[0]?.toUpperCase() + key.slice(1)
