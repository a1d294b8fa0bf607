import { ChatError, type Message, parsePartialJson } from '@millrace/core'
import { createStore } from 'zustand/vanilla'
import type { ChatOptions } from './chat-options.ts'
import type { ChatStatus } from './chat-state.ts'
import { createChat } from './create-chat.ts'
import { type DeepPartial, describeIssues, type StandardSchema, validated } from './standard-schema.ts'

export interface ObjectOptions<T> extends Omit<ChatOptions, 'messages' | 'whenBusy' | 'onFinish' | 'onError'> {
  /** What the answer has to be: a schema of zod, valibot, arktype or any library of the Standard Schema. */
  readonly schema: StandardSchema<T>
  /** The same as JSON Schema, sent to the model as Chat Completions' `response_format`. Other formats: use `body`. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>
  readonly onFinish?: (result: ObjectResult<T>) => void
}

/** How an answer ended: as an object that fits the schema, or not. The message has the text and the usage. */
export type ObjectResult<T> =
  | { readonly ok: true; readonly object: T; readonly message: Message }
  | { readonly ok: false; readonly error: ChatError; readonly message: Message }

export interface ObjectState<T> {
  /** What has come so far; validated only once `status` is `ready` again. Parts that did not change keep identity. */
  readonly object: DeepPartial<T> | undefined
  readonly status: ChatStatus
  readonly error: ChatError | undefined
}

/** An object that a model writes, readable while it does. The functions never change. */
export interface ObjectStore<T> {
  getState(): ObjectState<T>
  subscribe(listener: (state: ObjectState<T>) => void): () => void
  setOptions(options: ObjectOptions<T>): void
  /** Asks for an object; one that is on its way is stopped. Resolves with how that ended. */
  submit(prompt: string): Promise<ObjectResult<T>>
  stop(): void
  /** Stops, and forgets the object. */
  clear(): void
}

/** @throws {TypeError} for options that do not exist or cannot work. */
export function createObject<T>(initialOptions: ObjectOptions<T>): ObjectStore<T> {
  let options = initialOptions
  const chat = createChat(toChatOptions(options))
  const empty: ObjectState<T> = { object: undefined, status: 'ready', error: undefined }
  const { getState, setState, subscribe } = createStore<ObjectState<T>>(() => empty)
  let json = createReader()
  /** How the object ended says more than how the reply did, so that is not told before it is known. */
  chat.subscribe(({ status, messages }) => {
    if (status === 'submitted' || status === 'streaming') {
      setState({
        status,
        error: undefined,
        object: json.read(messages.at(-1)?.content ?? '') as DeepPartial<T> | undefined,
      })
    }
  })

  async function submit(prompt: string): Promise<ObjectResult<T>> {
    chat.clearMessages()
    json = createReader()
    const reader = json
    const message = await chat.sendMessage(prompt).catch((mistake: unknown) => {
      // The answer before it was stopped for this one, which cannot be asked for.
      if (reader === json) setState({ status: 'ready', error: undefined })
      throw mistake
    })
    reader.read(message.content)
    reader.end()
    const result = await judge(message, options.schema, reader.read(message.content))
    // A later submit has taken over.
    if (reader !== json) return result
    if (result.ok) setState({ ...empty, object: result.object as DeepPartial<T> })
    else if (message.finishReason === 'aborted') setState({ status: 'ready' })
    else setState({ status: 'error', error: result.error, object: reader.read(message.content) as DeepPartial<T> })
    options.onFinish?.(result)
    return result
  }

  return {
    getState,
    subscribe,
    submit,
    setOptions(next) {
      chat.setOptions(toChatOptions(next))
      options = next
    },
    stop: chat.stop,
    clear() {
      json = createReader()
      chat.clearMessages()
      setState(empty)
    },
  }
}

function toChatOptions<T>({
  schema: _schema,
  jsonSchema,
  onFinish: _onFinish,
  ...options
}: ObjectOptions<T>): ChatOptions {
  const responseFormat = { type: 'json_schema', json_schema: { name: 'answer', schema: jsonSchema } }
  return jsonSchema ? { ...options, body: { response_format: responseFormat, ...options.body } } : options
}

/** Reads the JSON in a growing text, from its first bracket on: some models put words or a code fence around it. */
function createReader(): { read(text: string): unknown; end(): void } {
  const json = parsePartialJson()
  let start = -1
  let readTo = 0
  return {
    read(text) {
      if (start === -1) start = readTo = text.search(/[[{]/)
      if (start === -1) return undefined
      if (!json.complete) json.push(text.slice(readTo))
      readTo = text.length
      return json.value
    },
    end: json.end,
  }
}

async function judge<T>(message: Message, schema: StandardSchema<T>, value: unknown): Promise<ObjectResult<T>> {
  const failed = (error: ChatError) => ({ ok: false, error, message }) as const
  if (message.finishReason !== 'stop' && message.finishReason !== 'unknown') {
    return failed(
      message.error ?? new ChatError('incomplete', { what: `The answer ended early: ${message.finishReason}.` }),
    )
  }
  const result = await validated(schema, value)
  if (!result.issues) return { ok: true, object: result.value, message }
  const what = `The answer does not fit the schema. ${describeIssues(result.issues)}.`
  return failed(new ChatError('provider-error', { what, cause: result.issues }))
}
