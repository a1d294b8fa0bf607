import { beforeEach, describe, expect, it, vi } from 'vitest'
import { bodyOf, turn } from '../test-support/manual-chat.ts'
import { add, answer, callsOf, callTools, outputsIn, withTools } from '../test-support/tool-chat.ts'
import type { StandardSchema } from './standard-schema.ts'
import { tool } from './tool.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

/** A schema of the Standard Schema that wants a city. */
const citySchema: StandardSchema<{ city: string }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value: unknown) =>
      typeof (value as { city?: unknown }).city === 'string'
        ? { value: value as { city: string } }
        : { issues: [{ message: 'expected a string', path: ['city'] }] },
    jsonSchema: { input: () => ({ type: 'object', properties: { city: { type: 'string' } } }) },
  },
}

describe('a tool that runs here', () => {
  it('is told to the model with its schema', async () => {
    const manual = withTools({
      weather: tool({ description: 'The weather', inputSchema: citySchema, execute: () => 1 }),
    })
    manual.chat.sendMessage('Hi')
    await turn()
    expect((await bodyOf(manual.provider.requests[0])).tools).toEqual([
      {
        type: 'function',
        function: {
          name: 'weather',
          description: 'The weather',
          parameters: { type: 'object', properties: { city: { type: 'string' } } },
        },
      },
    ])
  })

  it('is run, and the model goes on in the same message with what it returned', async () => {
    const manual = withTools({ add })
    const reply = manual.chat.sendMessage('1 + 2?')
    await callTools(manual, ['add', { a: 1, b: 2 }])
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['3'])
    await answer(manual, 'Three.')
    expect(await reply).toMatchObject({
      finishReason: 'stop',
      content: 'Three.',
      parts: [
        { type: 'tool-call', state: 'output-available', output: 3 },
        { type: 'text', text: 'Three.' },
      ],
    })
    expect(manual.chat.getState().messages).toHaveLength(2)
  })

  it('is streaming while it runs, and ready only after the answer', async () => {
    let finish = (_: string) => {}
    const slow = tool({ execute: () => new Promise<string>((resolve) => (finish = resolve)) })
    const manual = withTools({ slow })
    manual.chat.sendMessage('Hi')
    await callTools(manual, ['slow', {}])
    expect(manual.chat.getState().status).toBe('streaming')
    expect(callsOf(manual)[0]?.state).toBe('input-available')
    finish('done')
    await answer(manual, 'ok')
    expect(manual.chat.getState().status).toBe('ready')
  })

  it('runs beside the others that are called with it, and each shows its outcome as it comes', async () => {
    const finish: (() => void)[] = []
    const slow = tool({ execute: () => new Promise<void>((resolve) => finish.push(resolve)) })
    const manual = withTools({ slow })
    manual.chat.sendMessage('Hi')
    await callTools(manual, ['slow', { n: 1 }], ['slow', { n: 2 }])
    expect(finish).toHaveLength(2)
    finish[1]?.()
    await turn()
    expect(callsOf(manual).map(({ state }) => state)).toEqual(['input-available', 'output-available'])
    expect(manual.provider.requests).toHaveLength(1)
  })

  it('tells the model why it failed', async () => {
    const broken = tool({
      execute: () => {
        throw new Error('No such city.')
      },
    })
    const manual = withTools({ broken })
    manual.chat.sendMessage('Hi')
    await callTools(manual, ['broken', {}])
    expect(callsOf(manual)[0]).toMatchObject({ state: 'output-error', errorText: 'No such city.' })
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['No such city.'])
  })

  it('has failed also where its error says nothing', async () => {
    const mute = tool({ execute: () => Promise.reject(new Error()) })
    const manual = withTools({ mute })
    manual.chat.sendMessage('Hi')
    await callTools(manual, ['mute', {}])
    expect(callsOf(manual)[0]).toMatchObject({ state: 'output-error', errorText: '' })
  })

  it('is not run with an input that does not fit, and the model is told what does not', async () => {
    const execute = vi.fn()
    const manual = withTools({ weather: tool({ inputSchema: citySchema, execute }) })
    manual.chat.sendMessage('Hi')
    await callTools(manual, ['weather', { city: 7 }])
    expect(execute).not.toHaveBeenCalled()
    expect(callsOf(manual)[0]?.errorText).toContain('city: expected a string')
  })

  it('tells the model of an output that is no JSON', async () => {
    const manual = withTools({ big: tool({ execute: () => 1n }) })
    manual.chat.sendMessage('Hi')
    await callTools(manual, ['big', {}])
    expect(callsOf(manual)[0]?.state).toBe('output-error')
  })

  it('hears of a stop, and its outcome comes too late', async () => {
    const execute = vi.fn(
      (_: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    )
    const manual = withTools({ slow: tool({ execute }) })
    const reply = manual.chat.sendMessage('Hi')
    await callTools(manual, ['slow', {}])
    manual.chat.stop()
    expect(await reply).toMatchObject({ finishReason: 'aborted' })
    await turn()
    expect(execute.mock.calls[0]?.[1].signal.aborted).toBe(true)
    expect(callsOf(manual)[0]?.state).toBe('input-available')
    expect(manual.provider.requests).toHaveLength(1)
  })

  it('is never run where the provider runs it', async () => {
    const execute = vi.fn()
    const manual = withTools({ search: tool({ execute }), ask: tool({}) })
    const call = { type: 'tool-call', argumentsText: '{}', state: 'input-available' } as const
    const theirs = { ...call, toolCallId: 'theirs', toolName: 'search', providerExecuted: true }
    const ours = { ...call, toolCallId: 'ours', toolName: 'ask' }
    manual.chat.setMessages([{ role: 'assistant', parts: [theirs, ours] }])
    manual.chat.addToolOutput({ toolCallId: 'ours', output: 1 })
    await answer(manual, 'ok')
    expect(execute).not.toHaveBeenCalled()
    expect(manual.provider.requests).toHaveLength(1)
  })

  it('is not run when its call was cut off', async () => {
    const execute = vi.fn()
    const manual = withTools({ add: tool({ execute }) })
    const reply = manual.chat.sendMessage('Hi')
    await turn()
    manual.provider.emit({ type: 'tool-call-start', toolCallId: 'half', toolName: 'add' })
    manual.provider.lose()
    expect((await reply).finishReason).toBe('incomplete')
    expect(execute).not.toHaveBeenCalled()
  })

  it('adds what every step used', async () => {
    const manual = withTools({ add })
    const usage = { inputTokens: 3, outputTokens: 4, totalTokens: 7 }
    const reply = manual.chat.sendMessage('Hi')
    await turn()
    manual.provider.emit({ type: 'usage', usage })
    await callTools(manual, ['add', { a: 1, b: 2 }])
    manual.provider.emit({ type: 'usage', usage })
    await answer(manual, 'ok')
    expect((await reply).usage).toMatchObject({ totalTokens: 14 })
  })

  it('is unknown: the model is told, and may try another', async () => {
    const manual = withTools({ add })
    manual.chat.sendMessage('Hi')
    await callTools(manual, ['subtract', {}])
    expect(await outputsIn(manual.provider.requests[1])).toEqual(['There is no tool subtract.'])
  })

  it('needs a schema that can be told to the model', async () => {
    const { jsonSchema: _, ...mute } = citySchema['~standard']
    const manual = withTools({ weather: tool({ inputSchema: { '~standard': mute }, execute: () => 1 }) })
    await expect(manual.chat.sendMessage('Hi')).rejects.toThrow('The schema of the tool weather has no JSON Schema')
    expect(manual.chat.getState().messages).toEqual([])
  })
})

describe('loops', () => {
  it('end after so many steps, with all that was said', async () => {
    const manual = withTools({ add }, { maxSteps: 2 })
    const reply = manual.chat.sendMessage('Hi')
    await callTools(manual, ['add', { a: 1, b: 1 }])
    await callTools(manual, ['add', { a: 2, b: 2 }])
    expect(await reply).toMatchObject({ finishReason: 'error', error: { code: 'tool-loop' } })
    expect(callsOf(manual)).toHaveLength(2)
    expect(manual.provider.requests).toHaveLength(2)
  })

  it('end when the same call comes for the third time', async () => {
    const manual = withTools({ add })
    const reply = manual.chat.sendMessage('Hi')
    for (let i = 0; i < 3; i++) await callTools(manual, ['add', { a: 1, b: 1 }])
    expect(await reply).toMatchObject({ error: { code: 'tool-loop' } })
    expect(callsOf(manual).map(({ state }) => state)).toEqual([
      'output-available',
      'output-available',
      'input-available',
    ])
  })
})
