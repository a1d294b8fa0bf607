import { createMessage, holysheep } from '@millrace/core'
import { beforeEach, expect, it, vi } from 'vitest'
import { bodyOf, contents, manualChat, turn } from '../test-support/manual-chat.ts'
import { attachments } from './attachments.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})

const note = new File(['Hello'], 'note.png', { type: 'image/png' })

/** Reading takes turns of the event loop that no fake clock knows of. */
const untilSent = (requests: readonly Request[], count: number) =>
  vi.waitFor(() => expect(requests).toHaveLength(count), { interval: 1 })

it('sends a file as a part with its bytes', async () => {
  const { chat, provider } = manualChat({ attachments: attachments() })
  chat.sendMessage({ text: 'See', files: [note] })
  await untilSent(provider.requests, 1)
  expect(chat.getState().messages[0]?.parts).toMatchObject([
    { text: 'See' },
    { type: 'file', mediaType: 'image/png', name: 'note.png', data: btoa('Hello') },
  ])
  const [message] = (await bodyOf(provider.requests[0])).messages
  expect(message.content[1]).toMatchObject({ image_url: { url: `data:image/png;base64,${btoa('Hello')}` } })
})

it('keeps the order of what is sent, though a file takes longer to read', async () => {
  let finish = () => {}
  const slow = new Promise<void>((resolve) => {
    finish = resolve
  })
  const { chat, provider } = manualChat({ attachments: async () => slow.then(() => []), whenBusy: 'queue' })
  chat.sendMessage({ text: 'First', files: [note] })
  chat.sendMessage('Second')
  await turn()
  expect(chat.getState().messages).toEqual([])
  finish()
  await untilSent(provider.requests, 1)
  expect(contents(chat)[0]).toBe('First')
  expect(chat.getState().queue.map(({ message }) => message.content)).toEqual(['Second'])
})

it('shows the next message at once again when the files are read', async () => {
  const { chat, provider } = manualChat({ attachments: attachments() })
  chat.sendMessage({ text: 'See', files: [note] })
  await untilSent(provider.requests, 1)
  chat.stop()
  chat.sendMessage('Next')
  expect(contents(chat)).toContain('Next')
})

/** A chat that is to send a file, which is still being read. */
function readingChat({ after }: { after?: Promise<unknown> } = {}) {
  let finish = () => {}
  const read = new Promise<[]>((resolve) => {
    finish = () => resolve([])
  })
  const { chat, provider } = manualChat({ attachments: () => read })
  if (after) chat.hold(after)
  return { chat, provider, finish, reply: chat.sendMessage({ text: 'See', files: [note] }) }
}

it('sends nothing where the chat went away while the files were read', async () => {
  const { chat, provider, finish, reply } = readingChat()
  chat.stopAll()
  finish()
  expect(await reply).toMatchObject({ finishReason: 'aborted' })
  await turn()
  expect(provider.requests).toEqual([])
})

it('is taken back with all that waits when the thread is cleared', async () => {
  const { chat, finish, reply } = readingChat()
  chat.clearMessages()
  finish()
  expect(await reply).toMatchObject({ finishReason: 'aborted' })
  expect(chat.getState().messages).toEqual([])
})

it('keeps its place though a saved thread is there before its files', async () => {
  const { chat, finish } = readingChat({ after: Promise.resolve() })
  await turn()
  chat.sendMessage('Second')
  await turn()
  expect(chat.getState().messages).toEqual([])
  finish()
  await turn()
  expect(contents(chat)[0]).toBe('See')
})

it('refuses a file that is too large, by its name, and sends nothing', async () => {
  const { chat, provider } = manualChat({ attachments: attachments({ maxBytes: 4 }) })
  await expect(chat.sendMessage({ text: 'See', files: [note] })).rejects.toThrow('"note.png" has 5 bytes of at most 4')
  expect(provider.requests).toEqual([])
  expect(chat.getState().messages).toEqual([])
})

it('sends what follows a file that was refused', async () => {
  const { chat, provider } = manualChat({ attachments: attachments({ accept: 'image/jpeg' }) })
  const refused = chat.sendMessage({ text: 'See', files: [note] }).catch(() => 'refused')
  chat.sendMessage('Next')
  expect(await refused).toBe('refused')
  await untilSent(provider.requests, 1)
  expect(contents(chat)[0]).toBe('Next')
})

it('says what to do about a file without the option', async () => {
  const { chat } = manualChat()
  await expect(chat.sendMessage({ text: 'See', files: [note] })).rejects.toThrow('Files need the option attachments.')
})

const letter = { type: 'file', mediaType: 'application/pdf', data: 'AA==' } as const
const pixel = { type: 'file', mediaType: 'image/png', data: 'AA==' } as const

it('takes parts without the option, at once', () => {
  const { chat } = manualChat()
  chat.sendMessage({ text: 'See', files: [pixel] })
  expect(chat.getState().messages[0]?.parts).toHaveLength(2)
})

it('is not asked for by a provider that was chosen', async () => {
  const { chat, provider } = manualChat({ provider: holysheep })
  chat.sendMessage({ text: 'Read', files: [letter] })
  await untilSent(provider.requests, 1)
})

it('brings the default provider what it needs to send every file, of messages before as well', async () => {
  const messages = [createMessage({ role: 'user', content: 'Before', parts: [letter] })]
  const { chat, provider } = manualChat({ attachments: attachments(), messages })
  chat.sendMessage('See')
  await untilSent(provider.requests, 1)
  expect(JSON.stringify((await bodyOf(provider.requests[0])).messages)).toContain('data:application/pdf;base64,AA==')
})

it('is asked for by the default provider where a file is no image, with nothing lost', async () => {
  const { chat } = manualChat()
  await expect(chat.sendMessage({ text: 'Read', files: [letter] })).rejects.toThrow(/attachments\(\)/)
  expect(chat.getState()).toMatchObject({ status: 'ready', messages: [] })
})
