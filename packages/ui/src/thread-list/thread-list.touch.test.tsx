import { createThreads, memoryStorage } from '@millrace/hooks'
import { afterEach, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { en } from '../strings/all.ts'
import '../styles.css'
import { ThreadList } from './thread-list.tsx'

afterEach(() => cleanup())

it('has targets of 44 px for a finger', async () => {
  const threads = createThreads({ storage: memoryStorage() })
  for (const title of ['Second', 'First']) threads.create({ title })
  await render(
    <div className="millrace" style={{ inlineSize: 240, blockSize: 400, display: 'grid' }}>
      <ThreadList threads={threads} />
    </div>,
  )
  const open = threads.getState().threads.find(({ id }) => id === threads.getState().selectedId)
  for (const name of [en.newChat, 'First', 'Second', en.renameThread(open?.title ?? '')]) {
    const target = page.getByRole('button', { name, exact: true })
    await expect.poll(() => target.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(44)
  }
})
