import { type FormEvent, useState } from 'react'
import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { useStreamingChat } from './use-streaming-chat.ts'

// What people write around the naive hook that articles show: a key in, and five names out.
function ChatComponent() {
  const [input, setInput] = useState('')
  const [model, setModel] = useState('gpt-4.1')
  const { messages, isStreaming, error, sendMessage, clearMessages } = useStreamingChat('YOUR_HOLYSHEEP_API_KEY')

  const handleSubmit = async (e: FormEvent) => {
    e.preventDefault()
    if (!input.trim() || isStreaming) return
    const prompt = input
    setInput('')
    await sendMessage(prompt, model)
  }

  return (
    <div className="chat-container">
      <select value={model} onChange={(e) => setModel(e.target.value)}>
        <option value="gpt-4.1">GPT-4.1</option>
        <option value="deepseek-v3.2">DeepSeek V3.2</option>
      </select>
      <div className="messages">
        {messages.map((m, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: this is how such components are written
          <div key={i} className={`message ${m.role}`}>
            <strong>{m.role === 'user' ? 'You' : 'AI'}:</strong> {m.content}
          </div>
        ))}
        {isStreaming && <div className="typing">…</div>}
        {error && <div role="alert">Error: {error}</div>}
      </div>
      <form onSubmit={handleSubmit}>
        <input value={input} onChange={(e) => setInput(e.target.value)} aria-label="Message" />
        <button type="submit" disabled={isStreaming}>
          Send
        </button>
        <button type="button" onClick={clearMessages}>
          Clear
        </button>
      </form>
    </div>
  )
}

const asked: { url: string; init: RequestInit | undefined }[] = []

beforeEach(() => {
  const { fetch } = globalThis
  // The gateway does not answer here: its address leads to the fake provider, over real HTTP all the same.
  vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) => {
    const gateway = 'https://api.holysheep.ai/v1'
    if (String(url).startsWith(gateway)) asked.push({ url: String(url), init })
    return fetch(String(url).replace(gateway, inject('fakeProviderURL')), init)
  })
})
afterEach(() => {
  asked.length = 0
  vi.restoreAllMocks()
})

it('streams an answer, from the gateway, with the key and the chosen model', async () => {
  const screen = await render(<ChatComponent />)
  await screen.getByRole('combobox').selectOptions('deepseek-v3.2')
  await screen.getByRole('textbox').fill('Hi')
  await screen.getByRole('button', { name: 'Send' }).click()
  await expect.element(screen.getByText('AI: One, two, three, four, five, six.')).toBeVisible()
  expect(asked[0]?.url).toBe('https://api.holysheep.ai/v1/chat/completions')
  expect(asked[0]?.init?.headers).toMatchObject({ authorization: 'Bearer YOUR_HOLYSHEEP_API_KEY' })
  expect(JSON.parse(String(asked[0]?.init?.body))).toMatchObject({ model: 'deepseek-v3.2', stream: true })
})

it('shows an error in its place, and what to do', async () => {
  const screen = await render(<ChatComponent />)
  await screen.getByRole('textbox').fill('unauthorized')
  await screen.getByRole('button', { name: 'Send' }).click()
  await expect.element(screen.getByRole('alert').getByText(/Check the key/)).toBeVisible()
})

it('clears the messages by a click', async () => {
  const screen = await render(<ChatComponent />)
  await screen.getByRole('textbox').fill('Hi')
  await screen.getByRole('button', { name: 'Send' }).click()
  await expect.element(screen.getByText('You: Hi')).toBeVisible()
  await screen.getByRole('button', { name: 'Clear' }).click()
  await expect.element(screen.getByText('You: Hi')).not.toBeInTheDocument()
})
