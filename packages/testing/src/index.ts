export { type Cut, cutAt, cutEvery, cutRandomly } from './body/cut.ts'
export type { Pace } from './body/pace.ts'
export { demoFault } from './demo/demo-fault.ts'
export { createDemoProvider, type DemoOptions } from './demo/demo-provider.ts'
export { demoScript } from './demo/demo-script.ts'
export { anthropicEncoding } from './encoders/anthropic.ts'
export { type EncodeReplyOptions, encodeReply } from './encoders/encode-reply.ts'
export { geminiEncoding } from './encoders/gemini.ts'
export { ollamaEncoding } from './encoders/ollama.ts'
export { openaiChatEncoding } from './encoders/openai-chat.ts'
export { openaiResponsesEncoding } from './encoders/openai-responses.ts'
export { textEncoding } from './encoders/text.ts'
export { uiMessageStreamEncoding } from './encoders/ui-message-stream.ts'
export type { EncoderOptions, ReasoningField, WireEncoder, WireEncoding } from './encoders/wire-encoder.ts'
export { createFakeProvider, type FakeProvider, type FakeProviderOptions } from './fake-provider.ts'
export {
  type CutFault,
  type Fault,
  type FaultName,
  type FaultOption,
  failFirst,
  faultNames,
  type HttpFault,
  type HttpFaultName,
  type MidStreamFault,
  type OtherFault,
} from './faults/fault.ts'
export { createManualProvider, type ManualProvider } from './manual-provider.ts'
export type { RecordedRequest, RequestMessage, RequestTool } from './recorded-request.ts'
export {
  callTool,
  cite,
  type Deltas,
  inTurn,
  pause,
  type Reply,
  raw,
  refuse,
  reply,
  reportUsage,
  type Script,
  type Step,
  say,
  think,
} from './reply/reply.ts'
export { splitTokens } from './reply/tokens.ts'
