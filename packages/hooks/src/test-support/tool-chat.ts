import type { ToolCallPart } from '@millrace/core'
import type { ChatOptions } from '../store/chat-options.ts'
import { tool } from '../store/tool.ts'
import { bodyOf, type ManualChat, manualChat, turn } from './manual-chat.ts'

let calls = 0

/** The newest request is answered with calls of these tools. */
export async function callTools({ provider }: ManualChat, ...called: [toolName: string, input: unknown][]) {
  await turn()
  for (const [toolName, input] of called) {
    const toolCallId = `call-${calls++}`
    provider.emit(
      { type: 'tool-call-start', toolCallId, toolName },
      { type: 'tool-call-delta', toolCallId, argumentsText: JSON.stringify(input) },
      { type: 'tool-call-end', toolCallId },
    )
  }
  provider.finish('tool-calls')
  await turn()
}

export async function answer({ provider }: ManualChat, text: string) {
  await turn()
  provider.say(text)
  provider.finish('stop')
  await turn()
}

const partsOf = ({ chat }: ManualChat) => chat.getState().messages.at(-1)?.parts ?? []
export const callsOf = (manual: ManualChat) =>
  partsOf(manual).filter((part): part is ToolCallPart => part.type === 'tool-call')
export const idOf = (manual: ManualChat, index = 0) => callsOf(manual)[index]?.toolCallId ?? ''
export const outputsIn = async (request: Request | undefined) =>
  (await bodyOf(request)).messages
    .filter(({ role }: { role: string }) => role === 'tool')
    .map(({ content }: { content: string }) => content)

export const add = tool({ execute: ({ a, b }: { a: number; b: number }) => a + b })
export const withTools = (tools: ChatOptions['tools'], options: ChatOptions = {}) => manualChat({ tools, ...options })
