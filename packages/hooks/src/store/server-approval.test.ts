import { uiMessageStream } from '@millrace/core/wire'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { bodyOf, offlineOptions, turn } from '../test-support/manual-chat.ts'
import { createChat } from './create-chat.ts'
import { tool } from './tool.ts'

// A route of the AI SDK runs its own tools, and asks before it does.

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const events = (...payloads: readonly object[]) =>
  new Response(
    [...payloads, '[DONE]']
      .map((each) => `data: ${typeof each === 'string' ? each : JSON.stringify(each)}\n\n`)
      .join(''),
  )
const asking = [
  { type: 'tool-input-available', toolCallId: 'c1', toolName: 'wipe', input: { disk: 1 } },
  { type: 'tool-approval-request', toolCallId: 'c1', approvalId: 'a1' },
  { type: 'finish', finishReason: 'tool-calls' },
]

async function askedChat(...answer: readonly object[]) {
  const requests: Request[] = []
  const bodies = [events(...asking), events(...answer, { type: 'finish', finishReason: 'stop' })]
  const chat = createChat({
    ...offlineOptions,
    wire: uiMessageStream,
    tools: { wipe: tool({}) },
    async fetch(url, init) {
      requests.push(new Request(url, init))
      return bodies.shift() ?? Response.error()
    },
  })
  const reply = await chat.sendMessage('Wipe it.')
  const partIn = async (index: number) => {
    const { messages } = await bodyOf(requests[index])
    return messages.at(-1).parts.find(({ type }: { type: string }) => type === 'tool-wipe')
  }
  return { chat, reply, requests, partIn }
}

it('a call waits for a person, and nothing is sent meanwhile', async () => {
  const { reply, requests } = await askedChat()
  await turn()
  expect(reply).toMatchObject({
    finishReason: 'tool-calls',
    parts: [{ state: 'approval-requested', input: { disk: 1 } }],
  })
  expect(requests).toHaveLength(1)
})

it('is run by its server once a person has agreed', async () => {
  const output = { type: 'tool-output-available', toolCallId: 'c1', output: 'Wiped.' }
  const { chat, partIn } = await askedChat(output, { type: 'text-delta', id: 't', delta: 'Done.' })
  const reply = await chat.addToolApprovalResponse({ toolCallId: 'c1', approved: true })
  expect(await partIn(1)).toMatchObject({ state: 'approval-responded', approval: { id: 'a1', approved: true } })
  expect(reply).toMatchObject({ parts: [{ state: 'output-available', output: 'Wiped.' }, { text: 'Done.' }] })
})

it('is told to its server as declined, with the reason', async () => {
  const { chat, partIn } = await askedChat({ type: 'text-delta', id: 't', delta: 'Then not.' })
  const reply = await chat.addToolApprovalResponse({ toolCallId: 'c1', approved: false, reason: 'Too early.' })
  expect(await partIn(1)).toMatchObject({
    state: 'approval-responded',
    approval: { id: 'a1', approved: false, reason: expect.stringContaining('Too early.') },
  })
  expect(reply.content).toBe('Then not.')
})
