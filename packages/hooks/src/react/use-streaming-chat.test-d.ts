import type { ChatError, Message, Part, ToolCallPart } from '@millrace/core'
import type { MouseEventHandler } from 'react'
import { describe, expectTypeOf, it } from 'vitest'
import type { Chat, ChatStore } from '../store/chat.ts'
import type { ChatOptions, FinishEvent } from '../store/chat-options.ts'
import type { ChatMessage, ChatPart, ChatToolCall, ChatTypes } from '../store/chat-types.ts'
import type { StandardSchema } from '../store/standard-schema.ts'
import { tool } from '../store/tool.ts'
import type { ChatProviderProps } from './chat-provider.tsx'
import { useMessage, usePart } from './use-chat-selectors.ts'
import { useStreamingChat } from './use-streaming-chat.ts'

declare const citySchema: StandardSchema<{ city: string }>

const tools = {
  weather: tool({ inputSchema: citySchema, execute: async ({ city }) => ({ city, celsius: 21 }) }),
  ask: tool<{ question: string }, boolean>({ description: 'Asks the person.' }),
}

interface Sent {
  sentAt: number
}

type MyTypes = {
  metadata: Sent
  data: { progress: { percent: number }; note: string }
  tools: { weather: { input: { city: string }; output: { celsius: number } } }
}

function useTyped() {
  return useStreamingChat<MyTypes>()
}
function useInferred() {
  return useStreamingChat({ tools })
}
function usePlain() {
  return useStreamingChat('sk-1')
}

describe('without types', () => {
  it('messages are those of core', () => {
    expectTypeOf<ReturnType<typeof usePlain>['messages'][number]>().toExtend<Message>()
    expectTypeOf<Message>().toExtend<ReturnType<typeof usePlain>['messages'][number]>()
    expectTypeOf<ChatPart>().toEqualTypeOf<Part>()
  })

  it('options may be undefined, as exactOptionalPropertyTypes tells apart', () => {
    const model: string | undefined = undefined as string | undefined
    useStreamingChat({ model, apiKey: undefined, whenBusy: undefined, tools: undefined, onFinish: undefined })
  })

  it('an option that does not exist is an error', () => {
    // @ts-expect-error: a typo
    useStreamingChat({ modle: 'gpt-4.1' })
    // @ts-expect-error: a provider is an object
    useStreamingChat({ provider: 'openai' })
  })
})

describe('types that are named', () => {
  type MyChat = ReturnType<typeof useTyped>
  type MyMessage = MyChat['messages'][number]
  type MyPart = MyMessage['parts'][number]

  it('are those of the messages, wherever there are any', () => {
    expectTypeOf<MyMessage>().toEqualTypeOf<ChatMessage<MyTypes>>()
    expectTypeOf<Awaited<ReturnType<MyChat['sendMessage']>>>().toEqualTypeOf<ChatMessage<MyTypes>>()
    useStreamingChat<MyTypes>({
      onFinish: (event) => expectTypeOf(event).toEqualTypeOf<FinishEvent<MyTypes>>(),
      onError(error, message) {
        expectTypeOf(error).toEqualTypeOf<ChatError>()
        expectTypeOf(message).toEqualTypeOf<ChatMessage<MyTypes>>()
      },
      onToolCall: ({ toolCall }) => expectTypeOf(toolCall).toEqualTypeOf<ChatToolCall<MyTypes>>(),
    })
    expectTypeOf(useMessage<MyTypes>).returns.toEqualTypeOf<ChatMessage<MyTypes> | undefined>()
    expectTypeOf(usePart<MyTypes>).returns.toEqualTypeOf<ChatPart<MyTypes> | undefined>()
  })

  it('are still messages and a chat for whoever takes any', () => {
    expectTypeOf<MyMessage>().toExtend<Message>()
    expectTypeOf<MyPart>().toExtend<Part>()
    expectTypeOf<MyChat>().toExtend<Chat>()
    expectTypeOf<MyChat>().toExtend<ChatProviderProps['chat']>()
    expectTypeOf<MyChat['store']>().toEqualTypeOf<ChatStore>()
  })

  it('narrow parts by what they are', () => {
    const read = (part: MyPart) => {
      if (part.type === 'text') expectTypeOf(part.text).toEqualTypeOf<string>()
      if (part.type === 'reasoning') expectTypeOf(part.durationMs).toEqualTypeOf<number | undefined>()
      if (part.type === 'data' && part.name === 'progress') {
        expectTypeOf(part.data).toEqualTypeOf<{ percent: number }>()
      }
      if (part.type === 'data' && part.name === 'note') expectTypeOf(part.data).toEqualTypeOf<string>()
      if (part.type === 'tool-call' && part.state === 'output-available') {
        expectTypeOf(part.output).toEqualTypeOf<{ celsius: number }>()
      }
    }
    expectTypeOf(read).parameter(0).toEqualTypeOf<MyPart>()
  })

  it('know the metadata: whole where it is sent, what may be there where it is read', () => {
    expectTypeOf<NonNullable<MyMessage['metadata']>['sentAt']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<NonNullable<MyMessage['metadata']>['responseId']>().toEqualTypeOf<string | undefined>()
    const send = useTyped().sendMessage
    void send({ text: 'Hi', metadata: { sentAt: 1 } })
    // @ts-expect-error: it is a number
    void send({ text: 'Hi', metadata: { sentAt: 'now' } })
    // @ts-expect-error: something is missing
    void send({ text: 'Hi', metadata: {} })
  })

  it('may be an interface, and only some of them', () => {
    interface Own extends ChatTypes {
      metadata: Sent
    }
    expectTypeOf<ChatMessage<Own>>().toExtend<Message>()
    expectTypeOf<ChatPart<Own>>().toEqualTypeOf<Part>()
  })
})

describe('tools in the options', () => {
  type Call = ChatToolCall<{ tools: typeof tools }>

  it('type the calls, told apart by name', () => {
    const read = (message: ReturnType<typeof useInferred>['messages'][number]) => {
      for (const part of message.parts) {
        if (part.type !== 'tool-call') continue
        expectTypeOf(part).toExtend<ToolCallPart>()
        expectTypeOf(part.toolName).toEqualTypeOf<'weather' | 'ask'>()
        if (part.toolName === 'weather' && part.state === 'output-available') {
          expectTypeOf(part.input).toEqualTypeOf<{ city: string }>()
          expectTypeOf(part.output).toEqualTypeOf<{ city: string; celsius: number }>()
        }
        if (part.toolName === 'ask' && part.state === 'input-available') {
          expectTypeOf(part.input).toEqualTypeOf<{ question: string }>()
        }
        // @ts-expect-error: there is no such tool
        if (part.toolName === 'wether') return
      }
    }
    expectTypeOf(read).returns.toBeVoid()
  })

  it('have an input only where it is whole, and an error where there is one', () => {
    expectTypeOf<Extract<Call, { state: 'input-streaming' }>['input']>().toEqualTypeOf<undefined>()
    expectTypeOf<Extract<Call, { state: 'output-error' }>['errorText']>().toEqualTypeOf<string>()
    expectTypeOf<Extract<Call, { state: 'output-error' }>['input']>().toEqualTypeOf<unknown>()
  })

  it('type what comes back from outside, and the callbacks beside them', () => {
    const { addToolOutput } = useInferred()
    void addToolOutput({ toolCallId: 'a', output: true })
    void addToolOutput({ toolCallId: 'a', errorText: 'No.' })
    // @ts-expect-error: no tool returns that
    void addToolOutput({ toolCallId: 'a', output: 'yes' })
    useStreamingChat({
      tools,
      onToolCall: ({ toolCall }) => expectTypeOf(toolCall.toolName).toEqualTypeOf<'weather' | 'ask'>(),
    })
  })

  it('take their input from the schema', () => {
    tool({
      inputSchema: citySchema,
      needsApproval: ({ city }) => city === 'Hà Nội',
      execute: (input, { signal }) => {
        expectTypeOf(input).toEqualTypeOf<{ city: string }>()
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
      },
    })
  })
})

describe('actions', () => {
  it('may be handlers as they are, where they need nothing', () => {
    const { stop, clearMessages, clearError, retry } = usePlain()
    expectTypeOf(stop).toExtend<MouseEventHandler>()
    expectTypeOf(clearMessages).toExtend<MouseEventHandler>()
    expectTypeOf(clearError).toExtend<MouseEventHandler>()
    expectTypeOf(retry).toExtend<MouseEventHandler>()
  })

  it('would not take a click for what they need', () => {
    const { sendMessage, regenerate, continueMessage } = usePlain()
    expectTypeOf(sendMessage).not.toExtend<MouseEventHandler>()
    expectTypeOf(regenerate).not.toExtend<MouseEventHandler>()
    expectTypeOf(continueMessage).not.toExtend<MouseEventHandler>()
  })

  it('send in every form', () => {
    const { sendMessage } = usePlain()
    void sendMessage('Hi')
    void sendMessage('Hi', 'gpt-4.1')
    void sendMessage('Hi', { models: ['a', 'b'], whenBusy: 'interrupt', headers: undefined })
    void sendMessage({ text: 'Hi', files: [{ type: 'file', mediaType: 'image/png', url: '/a.png' }], messageId: 'm' })
    void sendMessage({ text: 'Hi', metadata: { anything: 1 } })
    // @ts-expect-error: that is no way to be busy
    void sendMessage('Hi', { whenBusy: 'drop' })
    // @ts-expect-error: there is no text
    void sendMessage({ files: [] })
    expectTypeOf(sendMessage).returns.resolves.toEqualTypeOf<ChatMessage>()
  })

  it('take messages as they are handed out', () => {
    const { setMessages } = useTyped()
    setMessages((messages) => messages.slice(1))
    setMessages((messages) => messages.map((message) => ({ ...message, metadata: { sentAt: 1 } })))
    setMessages([{ role: 'user', content: 'Hi' }])
  })
})

it('has no any in what it hands out', () => {
  expectTypeOf<Chat<MyTypes>['messages'][number]['parts'][number]>().not.toBeAny()
  expectTypeOf<Parameters<Chat<MyTypes>['sendMessage']>[0]>().not.toBeAny()
  expectTypeOf<ChatOptions<MyTypes>['onFinish']>().not.toBeAny()
  expectTypeOf<ChatToolCall<{ tools: typeof tools }>['input']>().not.toBeAny()
})
