import { useChatActions } from '@millrace/hooks'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useEffect, useRef, useState } from 'react'
import { expect, userEvent, within } from 'storybook/test'
import { Button } from '../controls/button.tsx'
import { StoryChat, type StoryChatProps } from '../test-support/story-chat.tsx'
import { Announcer } from './announcer.tsx'

function AnnouncedChat(props: StoryChatProps) {
  return (
    <StoryChat {...props}>
      <AnnouncementLog />
    </StoryChat>
  )
}

/** The announcer is for the ear alone; here every sentence is written down as well. */
function AnnouncementLog() {
  const { sendMessage, stop } = useChatActions()
  const regions = useRef<HTMLDivElement>(null)
  const [spoken, setSpoken] = useState<readonly string[]>([])

  useEffect(() => {
    const observer = new MutationObserver(() => {
      const sentence = regions.current?.textContent
      if (sentence) setSpoken((before) => [...before, sentence])
    })
    if (regions.current) observer.observe(regions.current, { subtree: true, childList: true, characterData: true })
    return () => observer.disconnect()
  }, [])

  return (
    <>
      <div style={{ display: 'flex', gap: 'var(--mr-space-2)' }}>
        <Button onClick={() => void sendMessage('Speak')}>Ask</Button>
        <Button onClick={stop}>Stop</Button>
      </div>
      <ol data-testid="log">
        {spoken.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences are only ever added.
          <li key={index}>{sentence}</li>
        ))}
      </ol>
      <div ref={regions}>
        <Announcer />
      </div>
    </>
  )
}

/** Speaks for the transcript, which is silent itself: that a reply has begun, what it says, and how it ended. */
const meta = {
  title: 'Parts/Announcer',
  component: AnnouncedChat,
  subcomponents: { Announcer },
  parameters: { layout: 'padded' },
} satisfies Meta<typeof AnnouncedChat>

export default meta
type Story = StoryObj<typeof meta>

async function expectSpoken(canvasElement: HTMLElement, ...sentences: readonly string[]) {
  const log = within(within(canvasElement).getByTestId('log'))
  await log.findByText(sentences.at(-1) ?? '')
  await expect(log.getAllByRole('listitem').map((item) => item.textContent)).toEqual(sentences)
}

export const OfAnAnswer: Story = {
  args: { answers: { script: 'Four words are spoken.' } },
  async play({ canvasElement }) {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Ask' }))
    await expectSpoken(canvasElement, 'The assistant is responding', 'Four words are spoken. Answer complete, 4 words')
  },
}

export const OfAFailure: Story = {
  args: { answers: { fault: 'server-error' } },
  async play({ canvasElement }) {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Ask' }))
    await expectSpoken(canvasElement, 'The assistant is responding', 'The answer failed: The provider had a problem')
    await expect(within(canvasElement).getByRole('alert')).not.toBeEmptyDOMElement()
  },
}

export const OfAStop: Story = {
  args: { answers: { script: 'water '.repeat(300) } },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Ask' }))
    await within(canvas.getByTestId('log')).findByText('The assistant is responding')
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
    await expectSpoken(canvasElement, 'The assistant is responding', 'Answer stopped')
  },
}
