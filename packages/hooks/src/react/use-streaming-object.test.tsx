// @vitest-environment jsdom
import { createManualProvider } from '@millrace/testing'
import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, expectTypeOf, it, vi } from 'vitest'
import type { DeepPartial, StandardSchema } from '../store/standard-schema.ts'
import { offlineOptions, turn } from '../test-support/manual-chat.ts'
import { useStreamingObject } from './use-streaming-object.ts'

interface Recipe {
  readonly name: string
  readonly steps: readonly { readonly text: string }[]
}

const recipeSchema: StandardSchema<Recipe> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) =>
      typeof (value as Recipe)?.name === 'string'
        ? { value: value as Recipe }
        : { issues: [{ message: 'expected a string', path: ['name'] }] },
  },
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

async function submitted(options = {}) {
  const provider = createManualProvider()
  const onFinish = vi.fn()
  const { result, unmount } = renderHook(() =>
    useStreamingObject({
      ...{ ...offlineOptions, fetch: provider.fetch, retry: { attempts: 0 }, pace: 'chunk', ...options },
      schema: recipeSchema,
      onFinish,
    }),
  )
  let done = result.current.submit('A soup')
  await act(turn)
  return {
    provider,
    result,
    unmount,
    onFinish,
    done: () => done,
    again: async (prompt: string) => {
      done = result.current.submit(prompt)
      await act(turn)
    },
    say: async (text: string) => {
      await act(async () => provider.say(text))
      await act(turn)
    },
    finish: async (reason?: 'stop' | 'length') => {
      await act(async () => provider.finish(reason))
      await act(turn)
    },
  }
}

it('shows the object while it is being written', async () => {
  const { result, say } = await submitted()
  expect(result.current).toMatchObject({ object: undefined, status: 'submitted', isStreaming: true })
  await say('{"name": "Pho", "steps": [{"text": "Boil')
  expect(result.current).toMatchObject({ object: { name: 'Pho', steps: [{ text: 'Boil' }] }, status: 'streaming' })
})

it('types what it shows as partial', async () => {
  const { result } = await submitted()
  expectTypeOf(result.current.object).toEqualTypeOf<DeepPartial<Recipe> | undefined>()
})

it('keeps the identity of what is finished while the rest grows', async () => {
  const { result, say } = await submitted()
  await say('{"steps": [{"text": "Boil"}, {"text": "S')
  const before = result.current.object?.steps?.[0]
  await say('erve')
  expect(result.current.object?.steps?.[0]).toBe(before)
})

it('resolves with the validated object', async () => {
  const { result, say, finish, done, onFinish } = await submitted()
  await say('{"name": "Pho", "steps": []}')
  await finish('stop')
  expect(await done()).toMatchObject({ ok: true, object: { name: 'Pho', steps: [] } })
  expect(result.current).toMatchObject({ status: 'ready', isStreaming: false, object: { name: 'Pho' } })
  expect(onFinish).toHaveBeenCalledOnce()
})

it('reads past the words and the fence that some models put around it', async () => {
  const { say, finish, done } = await submitted()
  await say('Here you are:\n```json\n{"name": "Pho", "steps": []}\n```')
  await finish('stop')
  expect(await done()).toMatchObject({ ok: true, object: { name: 'Pho' } })
})

it('says what does not fit the schema, and keeps what came', async () => {
  const { result, say, finish, done } = await submitted()
  await say('{"title": "Pho"}')
  await finish('stop')
  expect(await done()).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('name: expected a string') },
  })
  expect(result.current).toMatchObject({ status: 'error', object: { title: 'Pho' } })
})

it('takes a schema that throws for one that is not fulfilled', async () => {
  const validate = vi.spyOn(recipeSchema['~standard'], 'validate').mockImplementation(() => {
    throw new Error('boom')
  })
  const { result, say, finish, done } = await submitted()
  await say('{"name": "Pho"}')
  await finish('stop')
  expect(await done()).toMatchObject({ ok: false, error: { message: expect.stringContaining('boom') } })
  expect(result.current.status).toBe('error')
  validate.mockRestore()
})

it.each(['length', undefined] as const)('never passes off half an object as one (%s)', async (reason) => {
  const { result, say, finish, done } = await submitted()
  await say('{"name": "Pho"')
  await finish(reason)
  expect(await done()).toMatchObject({ ok: false })
  expect(result.current).toMatchObject({ status: 'error', object: { name: 'Pho' } })
})

it('is ready after a stop, with what had come', async () => {
  const { result, say, done } = await submitted()
  await say('{"name": "Pho"')
  await act(async () => result.current.stop())
  await act(turn)
  expect(await done()).toMatchObject({ ok: false, message: { finishReason: 'aborted' } })
  expect(result.current).toMatchObject({ status: 'ready', error: undefined, object: { name: 'Pho' } })
})

it('starts anew with the next submit', async () => {
  const { result, say, finish, again } = await submitted()
  await say('{"name": "Pho", "steps": []}')
  await finish('stop')
  await again('Another')
  expect(result.current).toMatchObject({ status: 'submitted', object: undefined })
  await say('{"name": "Bun')
  expect(result.current.object).toEqual({ name: 'Bun' })
})

it('takes an object that is on its way off the stage when another is asked for', async () => {
  const { provider, result, say, again } = await submitted()
  await say('{"name": "Pho"')
  await again('Another')
  await say('{"name": "Bun"')
  expect(provider.cancelled).toBe(1)
  expect(result.current).toMatchObject({ status: 'streaming', object: { name: 'Bun' } })
})

it('is ready where the next cannot be asked for, with what had come of the one before', async () => {
  const { result, say } = await submitted()
  await say('{"name": "Pho"')
  await act(() => expect(result.current.submit(' ')).rejects.toThrow('A message needs text'))
  await act(turn)
  expect(result.current).toMatchObject({ status: 'ready', isStreaming: false, object: { name: 'Pho' } })
})

it('stops the request when the component goes', async () => {
  const { provider, unmount } = await submitted()
  unmount()
  await turn()
  expect(provider.cancelled).toBe(1)
})

it('sends a JSON Schema along where one is given', async () => {
  const { provider } = await submitted({ jsonSchema: { type: 'object' } })
  const body = JSON.parse((await provider.requests[0]?.text()) ?? '')
  expect(body.response_format).toMatchObject({ type: 'json_schema', json_schema: { schema: { type: 'object' } } })
})
