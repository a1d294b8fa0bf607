import { render } from 'vitest-browser-react'
import { attachments } from '../attachments/attachments.ts'
import { Chat } from '../chat/chat.tsx'
import { ExportMenu } from '../export-menu/export-menu.tsx'
import { Feedback } from '../message-actions/feedback.tsx'
import { MoreActions } from '../message-actions/more-actions.tsx'
import { ShortcutsDialog } from '../shortcuts/shortcuts-dialog.tsx'
import { createTestChat } from './test-chat.tsx'

const files = attachments()

/** A question, and an answer that broke off with code in it. */
export const turns = [
  { role: 'user', content: 'Question' },
  { role: 'assistant', content: 'Look:\n\n```ts\nturn()\n```', finishReason: 'length' },
] as const

const extras = () => (
  <MoreActions>
    <Feedback onFeedback={() => {}} />
  </MoreActions>
)

/** A chat with all that can be pressed in one. */
export async function renderChat(): Promise<void> {
  const { store } = createTestChat({ messages: turns, attachments: files })
  const chat = { store }
  const header = (
    <>
      <ShortcutsDialog />
      <ExportMenu chat={chat} />
    </>
  )
  await render(
    <div style={{ blockSize: 700 }}>
      <Chat chat={chat} attachments={files} actions={extras} header={header} />
    </div>,
  )
}

/** What can be pressed and is smaller than that, each with its size. */
export function smallerThan(pixels: number): string[] {
  const targets = document.querySelectorAll<HTMLElement>('button, summary, select, [role^="menuitem"], input')
  return [...targets]
    .filter((target) => target.checkVisibility({ opacityProperty: true }))
    .map((target) => ({ target, box: target.getBoundingClientRect() }))
    .filter(({ box }) => Math.min(box.width, box.height) < pixels - 0.5)
    .map(({ target, box }) => `${target.ariaLabel ?? target.textContent} ${box.width} × ${box.height}`)
}
