import { createMessage, holysheep } from '@millrace/core'
import { afterEach, expect, it } from 'vitest'
import { cleanup, render } from 'vitest-browser-react'
import { Chat, type ChatProps } from '../chat/chat.tsx'
import '../styles.css'
import { createTestChat } from '../test-support/test-chat.tsx'
import { UsageMeter } from '../usage-meter/usage-meter.tsx'

afterEach(cleanup)

/** What is seen below the last answer, which is one of two to its question. */
async function actionsBelow(meter: ChatProps['meter']): Promise<string> {
  const question = createMessage({ role: 'user', content: 'Which?' })
  const answer = createMessage({
    role: 'assistant',
    content: 'First.',
    model: 'gpt-4.1',
    finishReason: 'stop',
    usage: { inputTokens: 1000, outputTokens: 500, totalTokens: 1500 },
  })
  const { store } = createTestChat({ provider: holysheep, messages: [question, answer] })
  await store.editMessage(answer.id, 'Second.')
  store.selectBranch(answer.id, 0)
  await render(<Chat chat={{ store }} meter={meter} />)
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden does not count.
  return document.querySelector<HTMLElement>('.mr-actions[data-pinned]')?.innerText ?? ''
}

it.each([
  ['beside its model', undefined],
  ['among its numbers', UsageMeter],
])('says once what the last answer cost, %s', async (_, meter) => {
  expect((await actionsBelow(meter)).match(/\$0\.012/g)).toHaveLength(1)
})
