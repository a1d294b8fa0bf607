import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { attachments } from '../attachments/attachments.ts'
import { SendEstimate } from '../budget/send-estimate.tsx'
import { Chat } from '../chat/chat.tsx'
import { FakeRecognition } from '../test-support/fake-recognition.ts'
import { fakeModel } from '../test-support/story-chat.tsx'
import { VoiceInput } from './voice-input.tsx'

/** A button that writes what is said, where the browser can. In these stories it hears what the story says. */
const meta = {
  title: 'Parts/VoiceInput',
  component: Chat,
  subcomponents: { VoiceInput },
  args: {
    ...fakeModel(),
    attachments: attachments(),
    composer: (
      <>
        <VoiceInput />
        <SendEstimate models={[]} />
      </>
    ),
  },
  beforeEach() {
    const before = Reflect.get(globalThis, 'SpeechRecognition')
    Reflect.set(globalThis, 'SpeechRecognition', FakeRecognition)
    return () => Reflect.set(globalThis, 'SpeechRecognition', before)
  },
} satisfies Meta<typeof Chat>

export default meta
type Story = StoryObj<typeof meta>

export const Listening: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Dictate' }))
    FakeRecognition.latest?.hear('what turns')
    FakeRecognition.latest?.hear('what turns the wheel')
    await waitFor(() => expect(canvas.getByRole('textbox')).toHaveValue('what turns the wheel'))
    await expect(canvas.getByText('Listening')).toBeVisible()
  },
}

export const NotAllowed: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Dictate' }))
    FakeRecognition.latest?.fail('not-allowed')
    await expect(await canvas.findByText(/The microphone is not allowed/)).toBeVisible()
  },
}
