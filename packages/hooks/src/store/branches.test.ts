import { allMessages, findMessage, siblingsOf } from '@millrace/core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  bodyOf,
  contents,
  manualChat,
  offlineOptions,
  replyingChat,
  replyText,
  turn,
} from '../test-support/manual-chat.ts'
import { createScriptedServer } from '../test-support/model/scripted-server.ts'
import { createChat } from './create-chat.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

/** A chat with one question and its answer. */
async function answeredChat(answer = 'One') {
  const { chat, provider, reply } = await replyingChat(answer)
  provider.finish('stop')
  await reply
  await turn()
  return { chat, provider }
}

/** Lets the newest request be answered with that text. */
async function answer(provider: Awaited<ReturnType<typeof answeredChat>>['provider'], text: string) {
  await turn()
  provider.say(text)
  provider.finish('stop')
  await turn()
}

const lastId = (chat: Awaited<ReturnType<typeof answeredChat>>['chat']) => chat.getState().messages.at(-1)?.id ?? ''
const askedWith = async (request: Request | undefined) =>
  (await bodyOf(request)).messages.map(({ content }: { content: string }) => content)

describe('regenerating', () => {
  it('keeps the old reply as a branch and shows the new one', async () => {
    const { chat, provider } = await answeredChat('One')
    chat.regenerate()
    await answer(provider, 'Two')
    expect(contents(chat)).toEqual(['Hi', 'Two'])
    expect(siblingsOf(chat.getState(), lastId(chat))).toHaveLength(2)
    chat.selectBranch(lastId(chat), 0)
    expect(contents(chat)).toEqual(['Hi', 'One'])
  })

  it('asks another model, and remembers which one answered', async () => {
    const { chat, provider } = await answeredChat()
    chat.regenerate({ model: 'other-model' })
    await answer(provider, 'Two')
    expect(await bodyOf(provider.requests.at(-1))).toMatchObject({ model: 'other-model' })
    expect(chat.getState().messages.at(-1)?.model).toBe('other-model')
  })

  it('takes what followed an earlier reply along to its branch', async () => {
    const { chat, provider } = await answeredChat('One')
    const first = lastId(chat)
    chat.sendMessage('More')
    await answer(provider, 'Two')
    chat.regenerate({ messageId: first })
    await answer(provider, 'Three')
    expect(contents(chat)).toEqual(['Hi', 'Three'])
    chat.selectBranch(lastId(chat), 0)
    expect(contents(chat)).toEqual(['Hi', 'One', 'More', 'Two'])
  })

  it('goes on from the branch that is shown', async () => {
    const { chat, provider } = await answeredChat('One')
    chat.regenerate()
    await answer(provider, 'Two')
    chat.selectBranch(lastId(chat), 0)
    chat.sendMessage('Go on')
    await answer(provider, 'Yes')
    expect(await askedWith(provider.requests.at(-1))).toEqual(['Hi', 'One', 'Go on'])
  })

  it('keeps what a reply on its way had said, as a branch', async () => {
    const { chat, provider, reply } = await replyingChat('Hal')
    chat.regenerate()
    expect(await reply).toMatchObject({ finishReason: 'aborted', content: 'Hal' })
    await answer(provider, 'Whole')
    expect(contents(chat)).toEqual(['Hi', 'Whole'])
  })
})

describe('on a branch that is not shown', () => {
  it('answers again with the same model, and leaves what is written elsewhere alone', async () => {
    const { chat, provider } = manualChat()
    chat.sendMessage('A', 'other-model')
    await answer(provider, 'To A')
    const first = chat.getState().messages[0]?.id ?? ''
    chat.editMessage(first, 'B')
    await turn()
    const onB = lastId(chat)
    chat.regenerate({ messageId: first })
    await turn()
    expect(await bodyOf(provider.requests.at(-1))).toMatchObject({ model: 'other-model', messages: [{ content: 'A' }] })
    expect(chat.getState().replyIds).toContain(onB)
  })

  it('changes a reply, and leaves what is written elsewhere alone', async () => {
    const { chat } = await answeredChat('One')
    const [question, hidden] = chat.getState().messages
    chat.editMessage(question?.id ?? '', 'Hello')
    await turn()
    await chat.editMessage(hidden?.id ?? '', 'Mine')
    expect(contents(chat)).toEqual(['Hi', 'Mine'])
    expect(chat.getState().status).toBe('submitted')
  })
})

describe('editing', () => {
  it('asks again with the changed message, and keeps the old one with its reply', async () => {
    const { chat, provider } = await answeredChat('One')
    const [question] = chat.getState().messages
    chat.editMessage(question?.id ?? '', 'Hello')
    await answer(provider, 'Two')
    expect(contents(chat)).toEqual(['Hello', 'Two'])
    expect(await askedWith(provider.requests.at(-1))).toEqual(['Hello'])
    chat.selectBranch(chat.getState().messages[0]?.id ?? '', 0)
    expect(contents(chat)).toEqual(['Hi', 'One'])
  })

  it('keeps files and metadata', async () => {
    const { chat, provider } = manualChat()
    const file = { type: 'file', mediaType: 'image/png', data: 'AA==' } as const
    chat.sendMessage({ text: 'See', files: [file], metadata: { from: 'me' } })
    await answer(provider, 'One')
    chat.editMessage(chat.getState().messages[0]?.id ?? '', 'Look')
    await answer(provider, 'Two')
    expect(chat.getState().messages[0]).toMatchObject({ parts: [{ text: 'Look' }, file], metadata: { from: 'me' } })
  })

  it('changes a reply without asking anybody', async () => {
    const { chat, provider } = await answeredChat('One')
    await chat.editMessage(lastId(chat), 'Mine')
    expect(contents(chat)).toEqual(['Hi', 'Mine'])
    expect(provider.requests).toHaveLength(1)
    chat.selectBranch(lastId(chat), 0)
    expect(contents(chat)).toEqual(['Hi', 'One'])
  })

  it('by sending with a messageId is the same', async () => {
    const { chat, provider } = await answeredChat('One')
    chat.sendMessage({ text: 'Hello', messageId: chat.getState().messages[0]?.id })
    await answer(provider, 'Two')
    expect(contents(chat)).toEqual(['Hello', 'Two'])
  })

  it('refuses to say nothing, and leaves the reply on its way alone', async () => {
    const { chat } = await replyingChat('Hal')
    await expect(chat.editMessage(chat.getState().messages[0]?.id ?? '', ' ')).rejects.toThrow('A message needs text')
    expect(chat.getState().status).toBe('streaming')
  })

  it('refuses a message that does not exist, and asks nobody', async () => {
    const { chat, provider } = await answeredChat()
    await expect(chat.editMessage('nobody', 'Hello')).rejects.toThrow('No such message')
    await expect(chat.sendMessage({ text: 'Hello', messageId: 'nobody' })).rejects.toThrow('No such message')
    expect(provider.requests).toHaveLength(1)
  })
})

describe('several models', () => {
  it('are asked at the same time, each on a branch, the first one shown', async () => {
    const { chat, provider } = manualChat()
    chat.sendMessage('Hi', { models: ['model-a', 'model-b'] })
    await turn()
    expect(await Promise.all(provider.requests.map(bodyOf))).toMatchObject([{ model: 'model-a' }, { model: 'model-b' }])
    expect(chat.getState().messages.at(-1)?.model).toBe('model-a')
    expect(siblingsOf(chat.getState(), lastId(chat))).toHaveLength(2)
    expect(chat.getState().replyIds).toHaveLength(2)
  })

  it('are busy until the last has ended, and resolve with the first', async () => {
    const { chat, provider } = manualChat()
    const reply = chat.sendMessage('Hi', { models: ['model-a', 'model-b'] })
    await answer(provider, 'From B')
    expect(chat.getState().status).toBe('submitted')
    chat.stop()
    expect(await reply).toMatchObject({ model: 'model-a', finishReason: 'aborted' })
    expect(chat.getState().status).toBe('ready')
  })

  it('come to the state in one change, however many they are', async () => {
    const server = createScriptedServer()
    const chat = createChat({ ...offlineOptions, fetch: server.fetch, pace: { everyMs: 50 } })
    chat.sendMessage('Hi', { models: ['model-a', 'model-b'] })
    await turn()
    const say = (text: string) => {
      for (const request of server.open) request.emit({ type: 'text-delta', text })
    }
    say('One')
    await turn()
    const onChange = vi.fn()
    chat.subscribe(onChange)
    say(' two')
    await turn()
    expect(onChange).not.toHaveBeenCalled()
    vi.advanceTimersByTime(50)
    expect(onChange).toHaveBeenCalledOnce()
    expect(allMessages(chat.getState()).map(({ content }) => content)).toEqual(['Hi', 'One two', 'One two'])
  })

  it('can be stopped one by one', async () => {
    const { chat, provider } = manualChat()
    chat.sendMessage('Hi', { models: ['model-a', 'model-b'] })
    await turn()
    const [a = '', b = ''] = siblingsOf(chat.getState(), lastId(chat))
    chat.stopMessage(a)
    await turn()
    expect(chat.getState().replyIds).toEqual([b])
    expect(provider.cancelled).toBe(0)
    chat.stopMessage(b)
    expect(chat.getState().status).toBe('ready')
  })

  it('are chosen by selecting a branch: the next message goes on from there', async () => {
    const { chat, provider } = manualChat()
    chat.sendMessage('Hi', { models: ['model-a', 'model-b'] })
    await answer(provider, 'From B')
    chat.stop()
    chat.selectBranch(lastId(chat), 1)
    expect(replyText(chat)).toBe('From B')
    chat.sendMessage('Go on')
    await turn()
    expect(await askedWith(provider.requests.at(-1))).toEqual(['Hi', 'From B', 'Go on'])
  })

  it('fail each for itself: an error that nobody sees is that message’s alone', async () => {
    const { chat, provider } = manualChat()
    chat.sendMessage('Hi', { models: ['model-a', 'model-b'] })
    await turn()
    provider.lose()
    await turn()
    const [, b = ''] = siblingsOf(chat.getState(), lastId(chat))
    chat.stop()
    expect(chat.getState()).toMatchObject({ status: 'ready', error: undefined })
    expect(findMessage(chat.getState(), b)?.finishReason).toBe('incomplete')
  })
})

describe('a stop while another of several replies has failed', () => {
  it('leaves the chat ready, as every stop does; the message keeps its error', async () => {
    const server = createScriptedServer()
    const chat = createChat({ ...offlineOptions, fetch: server.fetch, retry: { attempts: 0 } })
    const reply = chat.sendMessage('Hi', { models: ['model-a', 'model-b'] })
    await turn()
    server.open[0]?.lose()
    await turn()
    expect(chat.getState().messages.at(-1)?.finishReason).toBe('error')
    chat.stop()
    expect(chat.getState()).toMatchObject({ status: 'ready', error: undefined })
    expect((await reply).error?.code).toBe('network')
  })
})

describe('retrying', () => {
  it('uses the place of a reply that said nothing, under the same id', async () => {
    const { chat, provider } = manualChat()
    provider.failNext(500)
    await chat.sendMessage('Hi')
    const failed = lastId(chat)
    chat.retry()
    await answer(provider, 'Hello')
    expect(lastId(chat)).toBe(failed)
    expect(siblingsOf(chat.getState(), failed)).toHaveLength(1)
  })

  it('keeps half an answer as a branch', async () => {
    const { chat, provider, reply } = await replyingChat('Half')
    provider.lose()
    await reply
    chat.retry()
    await answer(provider, 'Whole')
    expect(contents(chat)).toEqual(['Hi', 'Whole'])
    chat.selectBranch(lastId(chat), 0)
    expect(replyText(chat)).toBe('Half')
  })
})

it('adds up what all branches have used', async () => {
  const { chat, provider } = manualChat()
  const usage = { inputTokens: 3, outputTokens: 4, totalTokens: 7 }
  for (const ask of [() => chat.sendMessage('Hi'), () => chat.regenerate()]) {
    ask()
    await turn()
    provider.emit({ type: 'text-delta', text: 'ok' }, { type: 'usage', usage })
    provider.finish('stop')
    await turn()
  }
  expect(chat.getState().usage).toMatchObject({ totalTokens: 14 })
})
