export { applyChunk, reopenMessage } from './apply-chunk.ts'
export { type Chunk, isToken } from './chunk.ts'
export { type Cost, costOf, findModel, messageCost, type ThreadCost, threadCost } from './cost.ts'
export { ChatError, type ChatErrorCode, type ChatErrorDetails } from './errors.ts'
export { exportThread, importThread, type ThreadLabels } from './export-thread.ts'
export { type FileSource, type ReadFilePartsOptions, readFileParts } from './files/read-file-parts.ts'
export { type FlatThread, flattenThread, type PlacedMessage, unflattenThread } from './flat-thread.ts'
export {
  createId,
  createMessage,
  type DataPart,
  type FilePart,
  type FinishReason,
  type Message,
  type MessageInit,
  type Part,
  type ReasoningPart,
  type RefusalPart,
  type Role,
  type SourcePart,
  type TextPart,
  type Timing,
  type ToolCallPart,
  textOf,
  type Usage,
} from './message.ts'
export { decodeMessage, encodeMessage, interruptMessage, type MessageData } from './message-data.ts'
export { type KeyCheck, type ListModelsOptions, listModels, verifyKey } from './models.ts'
export { type PartialJson, type PartialJsonOptions, parsePartialJson } from './partial-json.ts'
export { holysheep, holysheepWithImages } from './providers/holysheep.ts'
export { type OpenAICompatibleOptions, openaiCompatible } from './providers/openai-compatible.ts'
export type { Capability, Model, ModelsEndpoint, ModelsPage, Price, Provider, Rates } from './providers/provider.ts'
export { type DecodeReplyOptions, decodeReply, type ReadReplyOptions, readReply } from './reply.ts'
export { createSeam, type Seam } from './seam.ts'
export {
  createSseDecoder,
  encodeSse,
  type ServerSentEvent,
  type SseDecoder,
  type SseDecoderOptions,
} from './sse/index.ts'
export {
  addMessage,
  allMessages,
  createThread,
  type Fork,
  findMessage,
  pathAfter,
  pathTo,
  replaceMessages,
  selectBranch,
  showMessage,
  siblingsOf,
  type Thread,
  updateMessage,
} from './thread.ts'
export { threadToMarkdown } from './thread-markdown.ts'
export { streamReply } from './transport/http-transport.ts'
export type { Link, Pieces, Resume } from './transport/link.ts'
export {
  assertTransportOptions,
  type RetryOptions,
  type TransportOptions,
  type TransportProgress,
} from './transport/options.ts'
export { type ResumeOptions, resumable } from './transport/resumable.ts'
export type { Timeouts } from './transport/watchdog.ts'
export { uniqueCallIds } from './wire/call-ids.ts'
export { continueText } from './wire/continue-turn.ts'
export { openaiChat } from './wire/openai-chat.ts'
export type {
  ChatRequest,
  DecoderOptions,
  RequestTarget,
  ToolDefinition,
  WireDecoder,
  WireFormat,
  WireFormatName,
  WireRequest,
} from './wire/wire-format.ts'
