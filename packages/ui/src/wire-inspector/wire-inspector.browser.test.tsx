import { afterEach, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { en } from '../strings/all.ts'
import '../styles.css'
import { createInspector } from './create-inspector.ts'
import { WireInspector } from './wire-inspector.tsx'

afterEach(() => cleanup())

/** An inspector that has seen a stream of so many events. */
async function inspectorOf(count: number) {
  const text = Array.from({ length: count }, (_, index) => `data: {"place":${index}}\n\n`).join('')
  const fetch = async () => new Response(text, { headers: { 'content-type': 'text/event-stream' } })
  const inspector = createInspector({ fetch, maxEntries: 20_000 })
  await (await inspector.fetch('https://model.test/v1/chat/completions', { method: 'POST', body: '{}' })).text()
  await expect.poll(() => inspector.getExchanges()[0]?.endedAtMs).toBeDefined()
  return inspector
}

const renderIn = (inspector: Awaited<ReturnType<typeof inspectorOf>>) =>
  render(
    <div className="millrace" style={{ blockSize: 500 }}>
      <WireInspector inspector={inspector} />
    </div>,
  )

it('shows ten thousand events, and lays out what is in view', async () => {
  await renderIn(await inspectorOf(10_000))
  await expect.poll(() => document.querySelectorAll('.mr-wire-entry').length).toBe(10_000)
  const isLaidOut = (entry: Element) => (entry as HTMLElement).checkVisibility({ contentVisibilityAuto: true })
  const entries = [...document.querySelectorAll('.mr-wire-entry')]
  await expect.poll(() => entries.filter(isLaidOut).length).toBeLessThan(500)
})

it('has one stop for its kinds, which arrows go through', async () => {
  await renderIn(await inspectorOf(3))
  ;(page.getByRole('radio', { name: en.wireKinds.event }).element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(page.getByRole('radio', { name: en.wireKinds.chunk })).toBeChecked()
  await expect.element(page.getByText(en.noEntries)).toBeInTheDocument()
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  expect(document.activeElement?.getAttribute('type')).not.toBe('radio')
})

it('filters, and shows an event in lines of its own', async () => {
  await renderIn(await inspectorOf(300))
  await page.getByRole('searchbox', { name: en.filterEntries }).fill('"place":299')
  await expect.poll(() => document.querySelectorAll('.mr-wire-entry').length).toBe(1)
  await page.getByText('message: {"place":299}').click()
  await expect.poll(() => document.querySelector('.mr-wire-entry pre')?.textContent).toContain('"place": 299')
})

it('goes from kind to kind by keyboard', async () => {
  await renderIn(await inspectorOf(1))
  await expect.element(page.getByText('message: {"place":0}')).toBeVisible()
  ;(page.getByRole('radio', { name: en.wireKinds.event }).element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowLeft}')
  await expect.element(page.getByText('data: {"place":0}')).toBeVisible()
})

it('says when there is nothing yet, and nothing of a kind', async () => {
  const inspector = await inspectorOf(1)
  await renderIn(inspector)
  await page.getByRole('radio', { name: en.wireKinds.chunk }).click()
  await expect.element(page.getByText(en.noEntries)).toBeVisible()
  await page.getByRole('button', { name: en.clearLog }).click()
  await expect.element(page.getByText(en.nothingSent)).toBeVisible()
})

it('keeps the focus when all is cleared, and the button with it', async () => {
  await renderIn(await inspectorOf(3))
  ;(page.getByRole('button', { name: en.clearLog }).element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(en.nothingSent)).toBeVisible()
  expect(document.activeElement).toBe(page.getByRole('region', { name: en.inspector }).element())
})
