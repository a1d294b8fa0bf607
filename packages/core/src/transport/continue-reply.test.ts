import { expect, it } from 'vitest'
import { createMessage } from '../message.ts'
import { delta, done, event, finish, say, toolCalls } from '../test-support/openai-chat-events.ts'
import { scriptedFetch, startReply, streams } from '../test-support/scripted-fetch.ts'

const user = createMessage({ role: 'user', content: 'Tell me of the mill.' })
const half = createMessage({ role: 'assistant', content: 'The mill stands by the river. The wheel tur' })
const request = { messages: [user, half], continueLast: true }

function continued(...events: readonly string[]) {
  const { fetch, sent } = scriptedFetch(streams(...events))
  const reply = startReply(fetch, {}, request)
  return { ...reply, sent }
}

it('what a continuation says again is taken out of it', async () => {
  const { finished } = continued(say('The wheel'), say(' turns'), say(' slowly.'), finish(), done)
  expect(await finished).toMatchObject({ content: 'ns slowly.', finishReason: 'stop' })
})

it('a continuation that says nothing again is as it is', async () => {
  const { finished } = continued(say('ns'), say(' slowly.'), finish(), done)
  expect(await finished).toMatchObject({ content: 'ns slowly.', finishReason: 'stop' })
})

it('what is held back is there before the end', async () => {
  const { chunks, finished } = continued(say('The wheel'), finish(), done)
  await finished
  expect(chunks.map(({ type }) => type)).toEqual(['text-delta', 'message-end'])
})

it('what is held back is there before what follows it', async () => {
  const { finished } = continued(
    say('The wheel'),
    toolCalls({ index: 0, id: 'a', function: { name: 'look', arguments: '{}' } }),
    finish(),
    done,
  )
  expect((await finished).parts.map(({ type }) => type)).toEqual(['text', 'tool-call'])
})

it('thoughts before a continuation, and usage within it, change nothing', async () => {
  const usage = event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } })
  const { finished } = continued(
    delta({ reasoning_content: 'Hm' }),
    say('The wheel'),
    usage,
    say(' turns'),
    finish(),
    done,
  )
  const { content, parts } = await finished
  expect(content).toBe('ns')
  expect(parts.map(({ type }) => type)).toEqual(['reasoning', 'text'])
})

it('the reply is asked to go on', async () => {
  const { finished, sent } = continued(finish(), done)
  await finished
  expect(JSON.parse(String(sent[0]?.init.body)).messages.map(({ role }: { role: string }) => role)).toEqual([
    'user',
    'assistant',
    'user',
  ])
})
