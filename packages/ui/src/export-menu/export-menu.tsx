'use client'

import { exportThread, importThread, type Thread, type ThreadLabels, threadToMarkdown } from '@millrace/core'
import type { Chat } from '@millrace/hooks'
import { Download, FileJson, FileText, FileUp, Printer } from 'lucide'
import { type ChangeEvent, useRef, useState, useSyncExternalStore } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { Menu } from '../controls/menu.tsx'
import { MenuItem } from '../controls/menu-item.tsx'
import { exportWords } from '../strings/parts/export.ts'
import { useWords } from '../strings/use-words.ts'
import { downloadFile } from './download-file.ts'
import { fileNameOf } from './file-name-of.ts'

export interface ExportMenuProps {
  /** What `useStreamingChat` returned. */
  readonly chat: Pick<Chat, 'store'>
  /** What the thread is called: names the files, and stands in them. */
  readonly title?: string | undefined
  /** Takes the thread of a file that was downloaded here. Without it, none can be opened. */
  readonly onImport?: ((thread: Thread & ThreadLabels) => void) | undefined
}

/**
 * Downloads a thread, as JSON with every branch and number or as Markdown to be read, prints it, and opens such JSON again.
 * It is no part of `Chat`, which does not pay for it: put it into its header.
 */
export function ExportMenu({ chat: { store }, title, onImport }: ExportMenuProps) {
  const strings = useWords(exportWords)
  const fileInput = useRef<HTMLInputElement>(null)
  const [trouble, setTrouble] = useState<string>()
  const isEmpty = () => store.getState().messages.length === 0
  const hasNothing = useSyncExternalStore(store.subscribe, isEmpty, isEmpty)

  function downloadJson(): void {
    const json = exportThread(store.getState(), { id: store.id, title })
    downloadFile(`${fileNameOf(title)}.json`, json, 'application/json')
  }

  function downloadMarkdown(): void {
    downloadFile(`${fileNameOf(title)}.md`, threadToMarkdown(store.getState(), { title }), 'text/markdown')
  }

  async function open({ currentTarget }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = currentTarget.files?.[0]
    if (!file) return
    // The same file can be picked again.
    const text = file.text()
    currentTarget.value = ''
    try {
      onImport?.(importThread(await text))
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    }
  }

  return (
    <span className="mr-export">
      <Menu
        onOpen={() => setTrouble(undefined)}
        trigger={(props) => (
          <IconButton label={strings.export} {...props}>
            <Icon of={Download} />
          </IconButton>
        )}
      >
        <MenuItem icon={FileJson} disabled={hasNothing} onClick={downloadJson}>
          {strings.exportJson}
        </MenuItem>
        <MenuItem icon={FileText} disabled={hasNothing} onClick={downloadMarkdown}>
          {strings.exportMarkdown}
        </MenuItem>
        <MenuItem icon={Printer} disabled={hasNothing} onClick={() => window.print()}>
          {strings.print}
        </MenuItem>
        {onImport && (
          <MenuItem icon={FileUp} onClick={() => fileInput.current?.click()}>
            {strings.importJson}
          </MenuItem>
        )}
      </Menu>
      <input ref={fileInput} type="file" accept=".json,application/json" hidden onChange={open} />
      <span className="mr-export-trouble" role="alert">
        {trouble && (
          <>
            {strings.importFailed} <small dir="auto">{trouble}</small>
          </>
        )}
      </span>
    </span>
  )
}
