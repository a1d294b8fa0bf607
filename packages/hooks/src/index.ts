export type { Chat, ChatActions, ChatFields, ChatStore } from './store/chat.ts'
export type { ChatOptions, FinishEvent, Pace, SendInput, SendOptions, WhenBusy } from './store/chat-options.ts'
export type { ChatState, ChatStatus, QueuedMessage } from './store/chat-state.ts'
