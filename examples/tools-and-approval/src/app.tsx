import { type Chat, type ChatOptions, type ChatToolCall, tool, useStreamingChat } from '@millrace/hooks'
import { z } from 'zod'

const tools = {
  weather: tool({
    description: 'The weather in a city.',
    inputSchema: z.object({ city: z.string() }),
    execute: async ({ city }) => ({ city, celsius: city === 'Huế' ? 24 : 18 }),
  }),
  bookTrain: tool({
    description: 'Books seats on a train, once the person has agreed.',
    inputSchema: z.object({ to: z.string(), seats: z.int() }),
    needsApproval: true,
    execute: async ({ to, seats }) => ({ booked: `${seats} to ${to}` }),
  }),
  chooseDay: tool<{ days: string[] }, string>({
    description: 'Has the person choose a day.',
    inputSchema: z.object({ days: z.array(z.string()) }),
  }),
}
type Types = { tools: typeof tools }

export function App({ fetch }: Pick<ChatOptions, 'fetch'>) {
  const chat = useStreamingChat({ baseURL: '/v1', model: 'gpt-4.1', tools, fetch })
  return (
    <main>
      {chat.messages.map(({ id, role, parts }) => (
        <article key={id} aria-label={role}>
          {parts.map((part, index) => {
            if (part.type === 'tool-call') return <Call key={part.toolCallId} call={part} chat={chat} />
            // biome-ignore lint/suspicious/noArrayIndexKey: parts only come at the end
            return part.type === 'text' && <p key={index}>{part.text}</p>
          })}
        </article>
      ))}
      {chat.error && <p role="alert">{chat.error}</p>}
      <form action={(data) => void chat.sendMessage(`${data.get('text')}`)}>
        <input name="text" aria-label="Message" required />
        {chat.isStreaming ? <Button label="Stop" onClick={chat.stop} /> : <button type="submit">Send</button>}
      </form>
    </main>
  )
}

function Call({ call, call: { toolCallId }, chat }: { call: ChatToolCall<Types>; chat: Chat<Types> }) {
  if (call.toolName === 'bookTrain' && call.state === 'approval-requested') {
    const choices = { [`Book ${call.input.seats} to ${call.input.to}`]: true, 'Do not book': false }
    const answer = (approved: boolean) => () => chat.addToolApprovalResponse({ toolCallId, approved })
    return Object.entries(choices).map(([label, yes]) => <Button key={label} label={label} onClick={answer(yes)} />)
  }
  if (call.toolName === 'chooseDay' && call.state === 'input-available') {
    const choose = (day: string) => () => chat.addToolOutput({ toolCallId, output: day })
    return call.input.days.map((day) => <Button key={day} label={day} onClick={choose(day)} />)
  }
  return <p>{`${call.toolName}: ${call.errorText ?? JSON.stringify(call.output) ?? '…'}`}</p>
}

function Button({ label, ...props }: { label: string; onClick: () => void }) {
  return <button {...props}>{label}</button>
}
