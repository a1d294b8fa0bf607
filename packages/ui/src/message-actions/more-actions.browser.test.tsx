import { createMessage } from '@millrace/core'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { en } from '../strings/all.ts'
import '../styles.css'
import { Feedback, type FeedbackProps } from './feedback.tsx'
import { MessageActions } from './message-actions.tsx'
import { MoreActions } from './more-actions.tsx'
import { ReadAloud } from './read-aloud.tsx'
import { ActionSlotProvider } from './slots.ts'

const message = createMessage({
  role: 'assistant',
  content: 'Nước chảy đá mòn. Cối xay quay suốt ngày đêm.\n\n```ts\nwait()\n```\n\nThế thôi.',
  finishReason: 'stop',
})

const onFeedback = vi.fn<FeedbackProps['onFeedback']>()

async function renderActions(width = 800) {
  await page.viewport(width, 600)
  const actions = () => (
    <MoreActions>
      <Feedback onFeedback={onFeedback} />
      <ReadAloud message={message} />
    </MoreActions>
  )
  await render(
    <div className="millrace">
      <ActionSlotProvider value={actions}>
        <MessageActions message={message} isLast onRegenerate={() => {}} />
      </ActionSlotProvider>
    </div>,
  )
}

const button = (name: string) => page.getByRole('button', { name })

beforeEach(() => onFeedback.mockClear())
afterEach(async () => {
  await cleanup()
  vi.restoreAllMocks()
  await page.viewport(414, 896)
})

it('stands beside the others where there is room', async () => {
  await renderActions()
  await expect.element(button(en.goodAnswer)).toBeVisible()
  await expect.element(button(en.moreActions)).not.toBeInTheDocument()
})

it('is behind a button on a phone, and gives the focus back there', async () => {
  await renderActions(390)
  await expect.element(button(en.goodAnswer)).not.toBeInTheDocument()
  ;(button(en.moreActions).element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(button(en.goodAnswer)).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(button(en.moreActions)).toHaveFocus()
  await button(en.moreActions).click()
  await button(en.goodAnswer).click()
  expect(onFeedback).toHaveBeenCalledWith('up')
})

it('presses nothing with the key that showed it and is still held', async () => {
  await renderActions(390)
  ;(button(en.moreActions).element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter>4/}')
  await expect.element(button(en.goodAnswer)).toHaveFocus()
  expect(onFeedback).not.toHaveBeenCalled()
})

it('is put away again by the button that showed it', async () => {
  await renderActions(390)
  const more = button(en.moreActions).element() as HTMLElement
  more.focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(button(en.goodAnswer)).toHaveFocus()
  more.focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(button(en.goodAnswer)).not.toBeInTheDocument()
  await expect.element(button(en.moreActions)).toHaveAttribute('aria-expanded', 'false')
})

it('tells what was pressed, shows it, and takes it back', async () => {
  await renderActions()
  await button(en.goodAnswer).click()
  await expect.element(button(en.goodAnswer)).toHaveAttribute('aria-pressed', 'true')
  await button(en.goodAnswer).click()
  await expect.element(button(en.goodAnswer)).toHaveAttribute('aria-pressed', 'false')
  expect(onFeedback.mock.calls).toEqual([['up'], [undefined]])
})

it('asks why an answer was bad, after telling that it was', async () => {
  await renderActions()
  await button(en.badAnswer).click()
  expect(onFeedback.mock.calls).toEqual([['down']])
  await expect.element(page.getByRole('textbox', { name: en.whatWasWrong })).toHaveFocus()
  await userEvent.keyboard('Too long{Enter}')
  expect(onFeedback).toHaveBeenLastCalledWith('down', 'Too long')
  await expect.element(button(en.badAnswer)).toHaveFocus()
  await expect.element(page.getByText(en.feedbackThanks)).toBeInTheDocument()
})

it('needs no reason', async () => {
  await renderActions()
  await button(en.badAnswer).click()
  await userEvent.keyboard('{Escape}')
  await expect.element(button(en.badAnswer)).toHaveFocus()
  await expect.element(page.getByRole('textbox')).not.toBeInTheDocument()
  expect(onFeedback).toHaveBeenCalledOnce()
})

it('keeps a reason that an input method is still writing', async () => {
  await renderActions()
  await button(en.badAnswer).click()
  const field = page.getByRole('textbox', { name: en.whatWasWrong })
  await field.fill('Quá dà')
  field.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true }))
  await expect.element(field).toHaveValue('Quá dà')
})

it('keeps a reason that somebody presses beside', async () => {
  await renderActions()
  await button(en.badAnswer).click()
  const field = page.getByRole('textbox', { name: en.whatWasWrong })
  await field.fill('Too long')
  await userEvent.click(document.body, { position: { x: 700, y: 500 } })
  await expect.element(field).not.toBeInTheDocument()
  await button(en.badAnswer).click()
  await button(en.badAnswer).click()
  await expect.element(field).toHaveValue('Too long')
})

/** A voice that says a sentence when it is told to go on. */
function fakeVoice() {
  const spoken: SpeechSynthesisUtterance[] = []
  vi.spyOn(speechSynthesis, 'speak').mockImplementation((utterance) => void spoken.push(utterance))
  const cancel = vi.spyOn(speechSynthesis, 'cancel').mockImplementation(() => {})
  const texts = () => spoken.map(({ text }) => text)
  const goOn = () => spoken.at(-1)?.dispatchEvent(new Event('end'))
  return { spoken, texts, cancel, goOn }
}

it('reads the sentences aloud in the language of the message, with a pause at code', async () => {
  const { spoken, texts, goOn } = fakeVoice()
  await renderActions()
  await button(en.readAloud).click()
  expect(spoken[0]?.lang).toBe('vi')
  goOn()
  await expect.poll(texts).toHaveLength(2)
  goOn()
  await expect.poll(texts).toHaveLength(3)
  const pausedAt = performance.now()
  goOn()
  await expect.poll(texts).toHaveLength(4)
  expect(performance.now() - pausedAt).toBeGreaterThan(600)
  goOn()
  await expect.element(button(en.readAloud)).toBeVisible()
  expect(texts()).toEqual(['Nước chảy đá mòn.', 'Cối xay quay suốt ngày đêm.', en.announceCode('ts'), 'Thế thôi.'])
})

it('stops reading by its button, and when the message goes', async () => {
  const { cancel, goOn, texts } = fakeVoice()
  await renderActions()
  await button(en.readAloud).click()
  await button(en.stopReading).click()
  expect(cancel).toHaveBeenCalledOnce()
  goOn()
  await button(en.readAloud).click()
  await cleanup()
  expect(cancel).toHaveBeenCalledTimes(2)
  expect(texts()).toHaveLength(2)
})
