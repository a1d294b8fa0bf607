import { createThreads, memoryStorage, type Threads } from '@millrace/hooks'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { en } from '../strings/all.ts'
import '../styles.css'
import { ThreadList } from './thread-list.tsx'

let threads: Threads
const long = 'A title that is far too long for a list of this width, as titles that are questions tend to be'

beforeEach(async () => {
  threads = createThreads({ storage: memoryStorage() })
  for (const title of ['Second', long, 'First']) threads.create({ title })
  threads.select(undefined)
  await render(
    <div className="millrace" style={{ inlineSize: 240, blockSize: 400, display: 'grid' }}>
      <ThreadList threads={threads} />
    </div>,
  )
})
afterEach(() => cleanup())

const row = (title: string) => page.getByRole('button', { name: title, exact: true })
const buttonOf = (name: string) => page.getByRole('button', { name, exact: true })
const heightOf = (element: Element) => element.getBoundingClientRect().height

it('cuts off a title that is too long, and keeps its row as high as the others', async () => {
  expect(heightOf(row(long).element())).toBe(heightOf(row('First').element()))
  const { scrollWidth, clientWidth } = document.querySelector('.mr-threads-scroller') as HTMLElement
  expect(scrollWidth).toBe(clientWidth)
  expect(clientWidth).toBeLessThan(260)
})

it('has the buttons of a row where the focus is, and the Tab key leads to them and out', async () => {
  for (const { title } of threads.getState().threads) expect(buttonOf(en.renameThread(title)).elements()).toEqual([])
  ;(page.getByRole('searchbox').element() as HTMLElement).focus()
  await userEvent.tab()
  const [first] = threads.getState().threads
  await expect.element(row(first?.title ?? '')).toHaveFocus()
  await userEvent.tab()
  await expect.element(buttonOf(en.renameThread(first?.title ?? ''))).toHaveFocus()
  await userEvent.tab()
  await expect.element(buttonOf(en.removeThread(first?.title ?? ''))).toHaveFocus()
  await userEvent.tab()
  expect(document.activeElement?.closest('[data-thread]')).toBeNull()
})

it('renames with the text selected, and Enter gives the focus back', async () => {
  ;(row('First').element() as HTMLElement).focus()
  await userEvent.keyboard('{F2}Third{Enter}')
  await expect.element(row('Third')).toHaveFocus()
})

it('puts the focus on a neighbour after Delete, and on the row that is taken back', async () => {
  ;(row('First').element() as HTMLElement).focus()
  await userEvent.keyboard('{Delete}')
  expect(document.activeElement?.closest('[data-thread]')).not.toBeNull()
  await buttonOf(en.undo).click()
  await expect.element(row('First')).toHaveFocus()
})

it('begins each title where the list does, also where the page is written the other way', async () => {
  const titleOf = (title: string) => row(title).element().querySelector('span') as HTMLElement
  const list = document.querySelector('.millrace') as HTMLElement
  const startsOf = (side: 'left' | 'right') =>
    ['First', 'Second'].map((title) => Math.round(titleOf(title).getBoundingClientRect()[side]))
  const [left, ...others] = startsOf('left')
  expect(others).toEqual([left])
  list.dir = 'rtl'
  const [right, ...rest] = startsOf('right')
  expect(rest).toEqual([right])
  expect(right).toBeGreaterThan(list.getBoundingClientRect().right - 32)
})
