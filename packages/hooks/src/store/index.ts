export { type Resume, type ResumeOptions, resumable } from '@millrace/core'
export { type Attachments, attachments } from './attachments.ts'
export type { Chat, ChatActions, ChatFields, ChatStore, Persistence } from './chat.ts'
export type { ChatOptions, FinishEvent, Pace, SendInput, SendOptions, WhenBusy } from './chat-options.ts'
export { type ChatState, type ChatStatus, isReplying, type QueuedMessage } from './chat-state.ts'
export { createChat } from './create-chat.ts'
export {
  createObject,
  type ObjectOptions,
  type ObjectResult,
  type ObjectState,
  type ObjectStore,
} from './create-object.ts'
export { createTokenEstimator, estimateTokens } from './estimate-tokens.ts'
export { indexedDBStorage } from './indexed-db-storage.ts'
export { createMessageIndex, type MessageIndex } from './message-index.ts'
export { type MessageMetrics, messageMetrics, type ThreadMetrics, threadMetrics } from './metrics.ts'
export { resumeReply } from './resume-reply.ts'
export type { DeepPartial, SchemaIssue, SchemaResult, StandardSchema } from './standard-schema.ts'
export {
  memoryStorage,
  type SavedMessage,
  type SavedThread,
  type StorageChanges,
  StorageError,
  type ThreadStorage,
} from './storage.ts'
export { threadUsage } from './thread-usage.ts'
export { createThreads, type Threads, type ThreadsActions, type ThreadsOptions, type ThreadsState } from './threads.ts'
export { type Tool, type ToolContext, type Tools, tool } from './tool.ts'
export type { ToolApprovalResponse, ToolOutput } from './tool-loop.ts'
