export { type Resume, type ResumeOptions, resumable } from '@millrace/core'
export { ChatProvider, type ChatProviderProps } from './react/chat-provider.tsx'
export {
  type Branches,
  type TextFeed,
  useBranches,
  useChatActions,
  useChatSelector,
  useChatStatus,
  useChatStore,
  useMessage,
  useMessageIds,
  usePart,
  useTextFeeds,
} from './react/use-chat-selectors.ts'
export { useIsOnline } from './react/use-is-online.ts'
export { useMetrics, useThreadMetrics } from './react/use-metrics.ts'
export { usePartialInput } from './react/use-partial-input.ts'
export { useStreamingChat } from './react/use-streaming-chat.ts'
export { type StreamingObject, useStreamingObject } from './react/use-streaming-object.ts'
export { useThreads } from './react/use-threads.ts'
export { type Attachments, attachments } from './store/attachments.ts'
export type { Chat, ChatActions, ChatFields, ChatStore, Persistence, RegenerateOptions } from './store/chat.ts'
export type { ChatOptions, FinishEvent, Pace, SendInput, SendOptions, WhenBusy } from './store/chat-options.ts'
export type { ChatState, ChatStatus, QueuedMessage } from './store/chat-state.ts'
export type {
  ChatData,
  ChatMessage,
  ChatPart,
  ChatToolCall,
  ChatTypes,
} from './store/chat-types.ts'
export { createChat } from './store/create-chat.ts'
export {
  createObject,
  type ObjectOptions,
  type ObjectResult,
  type ObjectState,
  type ObjectStore,
} from './store/create-object.ts'
export { estimateTokens } from './store/estimate-tokens.ts'
export { indexedDBStorage } from './store/indexed-db-storage.ts'
export type { MessageMetrics, ThreadMetrics } from './store/metrics.ts'
export { resumeReply } from './store/resume-reply.ts'
export type { DeepPartial, SchemaIssue, SchemaResult, StandardSchema } from './store/standard-schema.ts'
export {
  memoryStorage,
  type SavedMessage,
  type SavedThread,
  type StorageChanges,
  StorageError,
  type ThreadStorage,
} from './store/storage.ts'
export {
  createThreads,
  type Threads,
  type ThreadsActions,
  type ThreadsOptions,
  type ThreadsState,
} from './store/threads.ts'
export { type Tool, type ToolContext, type Tools, tool } from './store/tool.ts'
export type { ToolApprovalResponse, ToolOutput } from './store/tool-loop.ts'
