import {
  ChatError,
  type ChatErrorCode,
  type ChatErrorDetails,
  createMessage,
  type FinishReason,
  holysheep,
} from '@millrace/core'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, spyOn, userEvent, within } from 'storybook/test'
import { describeEnding } from '../message-view/ending.ts'
import { MessageEnd } from '../message-view/message-end.tsx'
import { useStrings } from '../strings/strings-provider.tsx'
import { StoryChat } from '../test-support/story-chat.tsx'
import type { ErrorCardActions } from './error-card.tsx'
import { ShortenThread } from './shorten-thread.tsx'

interface EndOfReplyProps extends ErrorCardActions {
  readonly finishReason: FinishReason
  readonly code?: ChatErrorCode
  readonly details?: ChatErrorDetails
  /** What had arrived by then. */
  readonly content?: string
}

/** `describeEnding` says what a reader should learn of an ending, in the words of the nearest `StringsProvider`. */
function EndOfReply({ finishReason, code, details, content = '', ...actions }: EndOfReplyProps) {
  const reply = createMessage({
    role: 'assistant',
    content,
    finishReason,
    ...(code && { error: new ChatError(code, details) }),
  })
  const ending = describeEnding(reply, useStrings())
  return ending && <MessageEnd ending={ending} {...actions} />
}

/** How a reply ended: a quiet note, or an `ErrorCard` with the one thing to do. */
const meta = {
  title: 'Parts/ErrorCard',
  component: EndOfReply,
  args: {
    finishReason: 'error',
    onRetry: fn(),
    onContinue: fn(),
    onKeyRequest: fn(),
    onModel: fn(),
    models: holysheep.models,
    billingURL: 'https://provider.test/billing',
  },
  parameters: { layout: 'padded' },
} satisfies Meta<typeof EndOfReply>

export default meta
type Story = StoryObj<typeof meta>

const some = 'Half of an answ'

const longThread = ['How does a mill turn?', 'And in winter?', 'What then?'].flatMap((question) => [
  createMessage({ role: 'user', content: question }),
  createMessage({ role: 'assistant', content: 'The race carries the water to the wheel.', finishReason: 'stop' }),
])

/** Asks again by itself once the network is back. */
export const Offline: Story = { args: { code: 'offline' } }
export const OfflineAndWaiting: Story = {
  args: { code: 'offline', failureId: 'offline' },
  beforeEach() {
    spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  },
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByText('Waiting for the connection')).toBeVisible()
  },
}
export const Network: Story = { args: { code: 'network' } }
export const Cors: Story = { args: { code: 'cors' } }
export const Unauthorized: Story = {
  args: { code: 'unauthorized', details: { status: 401 } },
  async play({ args, canvasElement }) {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Check the key' }))
    await expect(args.onKeyRequest).toHaveBeenCalledOnce()
  },
}
export const Forbidden: Story = { args: { code: 'forbidden' } }
export const PaymentRequired: Story = {
  args: { code: 'payment-required' },
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByRole('link', { name: 'Add credit' })).toBeVisible()
  },
}
/** The button counts down to the moment that the provider asked to wait for. It can hold the focus all the while. */
export const RateLimited: Story = {
  args: { code: 'rate-limited', details: { retryAfterMs: 20_000 } },
  async play({ args, canvasElement }) {
    const button = within(canvasElement).getByRole('button')
    await expect(button).toHaveTextContent(/Retry in \d+/)
    await userEvent.click(button)
    await expect(args.onRetry).not.toHaveBeenCalled()
    await expect(button).toHaveFocus()
  },
}
/** By itself, and in one tab alone; a person can call it off. */
export const RateLimitedAskingAgain: Story = {
  args: { code: 'rate-limited', details: { retryAfterMs: 20_000 }, failureId: 'limited' },
  async play({ args, canvasElement }) {
    const canvas = within(canvasElement)
    await expect(canvas.getByText(/Retry in \d+/)).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel' }))
    await expect(canvas.getByRole('button')).toHaveTextContent(/Retry in \d+/)
    await expect(args.onRetry).not.toHaveBeenCalled()
  },
}
export const Overloaded: Story = {
  args: { code: 'overloaded' },
  async play({ args, canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.selectOptions(canvas.getByRole('combobox'), 'gemini-2.5-flash')
    await userEvent.click(canvas.getByRole('button', { name: 'Ask this model' }))
    await expect(args.onModel).toHaveBeenCalledWith('gemini-2.5-flash')
  },
}
/** Where nobody else can answer, the same model is asked again. */
export const OverloadedWithoutOthers: Story = {
  args: { code: 'overloaded', models: [] },
  async play({ args, canvasElement }) {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Try again' }))
    await expect(args.onRetry).toHaveBeenCalledOnce()
  },
}
export const ModelNotFound: Story = { args: { code: 'model-not-found' } }
/** `ShortenThread` says what can be left out. Nothing is lost: the shorter thread is a branch beside the whole one. */
export const ContextTooLong: Story = {
  args: { code: 'context-too-long' },
  render: (args) => (
    <StoryChat options={{ messages: longThread }}>
      <EndOfReply {...args} shorten={<ShortenThread onRetry={() => {}} />} />
    </StoryChat>
  ),
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'What to leave out' }), '1')
    await expect(canvas.getByRole('button', { name: 'Ask without it' })).toBeVisible()
  },
}
export const ContentBlocked: Story = { args: { code: 'content-blocked' } }
/** Where the provider said more than the code tells, its own words stand below. */
export const BadRequest: Story = {
  args: { code: 'bad-request', details: { what: '“temperature” has to be between 0 and 2.' } },
}
export const ServerError: Story = { args: { code: 'server-error' } }
export const ConnectTimeout: Story = { args: { code: 'connect-timeout' } }
export const FirstTokenTimeout: Story = { args: { code: 'first-token-timeout' } }
export const NotAStream: Story = { args: { code: 'not-a-stream' } }
export const MalformedEvent: Story = { args: { code: 'malformed-event' } }
export const EventTooLarge: Story = { args: { code: 'event-too-large' } }
export const ProviderError: Story = { args: { code: 'provider-error' } }
export const ToolFailed: Story = { args: { code: 'tool-failed' } }
export const ToolLoop: Story = { args: { code: 'tool-loop' } }

/** Something had arrived: it can be gone on with. */
export const Incomplete: Story = {
  args: { finishReason: 'incomplete', code: 'incomplete', content: some },
  async play({ args, canvasElement }) {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Continue' }))
    await expect(args.onContinue).toHaveBeenCalledOnce()
  },
}
/** Of nothing, nothing can be gone on with. */
export const IncompleteBeforeTheFirstWord: Story = {
  args: { finishReason: 'incomplete', code: 'incomplete' },
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByRole('button')).toHaveTextContent('Try again')
  },
}
export const Stalled: Story = { args: { finishReason: 'incomplete', code: 'stalled', content: some } }

export const LengthReached: Story = { args: { finishReason: 'length', content: some } }
export const Aborted: Story = { args: { finishReason: 'aborted', content: some } }
export const ContentFiltered: Story = { args: { finishReason: 'content-filter', content: some } }
export const EndUnknown: Story = { args: { finishReason: 'unknown', content: some } }
export const NothingSaid: Story = { args: { finishReason: 'stop' } }

/** In an older turn there is nothing to be done any more. */
export const OfAnOlderTurn: Story = { args: { code: 'network', onRetry: undefined, onContinue: undefined } }
