import type { DataPart, Message, Part, ToolCallPart } from '@millrace/core'
import type { Tool } from './tool.ts'

/**
 * What an application keeps in its messages, for `useStreamingChat<Types>()`; each may be left out. The types are taken
 * at their word: nothing is checked at run time but the input of tools that are run here.
 */
export interface ChatTypes {
  /** The metadata that `sendMessage` is given. */
  readonly metadata?: object
  /** The data parts, by name. */
  readonly data?: object
  /** The tools, by name: `typeof tools`, or `{ input, output }` of each. */
  readonly tools?: object
}

/** A message of an application. Every one is a `Message`. */
export interface ChatMessage<Types extends ChatTypes = ChatTypes> extends Omit<Message, 'parts' | 'metadata'> {
  readonly parts: readonly ChatPart<Types>[]
  /** What it was sent with. A reply has what its provider named, and where its stream can be taken up. */
  readonly metadata?: ReceivedMetadata<Types>
}

/** A part of a message: told apart by `type`, calls of tools by `toolName` and `state`, data by `name`. */
export type ChatPart<Types extends ChatTypes = ChatTypes> =
  | Exclude<Part, ToolCallPart | DataPart>
  | ChatToolCall<Types>
  | ChatData<Types>

/** A call of one of the application's tools. */
export type ChatToolCall<Types extends ChatTypes = ChatTypes> = Types extends { readonly tools: infer Tools }
  ? { [Name in keyof Tools & string]: TypedToolCall<Name, InputOf<Tools[Name]>, OutputOf<Tools[Name]>> }[keyof Tools &
      string]
  : ToolCallPart

/** A data part of the application. */
export type ChatData<Types extends ChatTypes = ChatTypes> = Types extends { readonly data: infer Data }
  ? { [Name in keyof Data & string]: DataPart & { readonly name: Name; readonly data: Data[Name] } }[keyof Data &
      string]
  : DataPart

/** The metadata to send a message with. */
export type SentMetadata<Types extends ChatTypes = ChatTypes> = Types extends { readonly metadata: infer Metadata }
  ? Metadata
  : Readonly<Record<string, unknown>>

type ReceivedMetadata<Types extends ChatTypes> = Types extends { readonly metadata: infer Metadata }
  ? Readonly<Partial<Metadata>> & { readonly responseId?: string; readonly resumeFrom?: string }
  : Readonly<Record<string, unknown>>

/** What the application's tools return. */
export type ToolOutputOf<Types extends ChatTypes = ChatTypes> = Types extends { readonly tools: infer Tools }
  ? OutputOf<Tools[keyof Tools]>
  : unknown

type TypedToolCall<Name extends string, Input, Output> = Omit<
  ToolCallPart,
  'toolName' | 'input' | 'output' | 'errorText' | 'state'
> & { readonly toolName: Name } & (
    | {
        readonly state: 'input-streaming'
        readonly input?: undefined
        readonly output?: undefined
        readonly errorText?: undefined
      }
    | {
        readonly state: 'input-available' | 'approval-requested'
        readonly input: Input
        readonly output?: undefined
        readonly errorText?: undefined
      }
    | {
        readonly state: 'output-available'
        readonly input: Input
        readonly output: Output
        readonly errorText?: undefined
      }
    /** The input may be what was wrong. */
    | {
        readonly state: 'output-error'
        readonly input?: unknown
        readonly output?: undefined
        readonly errorText: string
      }
  )

type InputOf<Each> = Each extends { readonly input: infer Input }
  ? Input
  : Each extends Tool<infer Input, infer _Output>
    ? Input
    : unknown
type OutputOf<Each> = Each extends { readonly output: infer Output }
  ? Output
  : Each extends Tool<infer _Input, infer Output>
    ? Output
    : unknown
