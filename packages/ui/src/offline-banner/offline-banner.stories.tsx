import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, spyOn, within } from 'storybook/test'
import { Composer } from '../composer/composer.tsx'
import { StoryChat } from '../test-support/story-chat.tsx'
import { OfflineBanner } from './offline-banner.tsx'

/** Says that the browser is offline. What is sent meanwhile waits in the queue, and leaves by itself. */
const meta = {
  title: 'Parts/OfflineBanner',
  component: OfflineBanner,
  parameters: { layout: 'padded' },
  beforeEach() {
    spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  },
  decorators: (Story, { parameters }) => (
    <StoryChat asks={parameters.asks} options={{ fetch: () => Promise.reject(new TypeError('Failed to fetch')) }}>
      <Story />
      <Composer />
    </StoryChat>
  ),
} satisfies Meta<typeof OfflineBanner>

export default meta
type Story = StoryObj<typeof meta>

export const NothingWaits: Story = {
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByText(/You are offline/)).toBeVisible()
  },
}

export const MessagesWait: Story = {
  parameters: { asks: ['Is the mill turning?', 'And the brook?', 'How far does it fall?'] },
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText(/3 messages wait/)).toBeVisible()
  },
}
