import { expect, it } from 'vitest'
import * as hooks from './index.ts'
import * as store from './store/index.ts'

it('exports these names', () => {
  expect(Object.keys(hooks).sort()).toEqual([
    'ChatProvider',
    'StorageError',
    'attachments',
    'createChat',
    'createObject',
    'createThreads',
    'estimateTokens',
    'indexedDBStorage',
    'memoryStorage',
    'resumable',
    'resumeReply',
    'tool',
    'useBranches',
    'useChatActions',
    'useChatSelector',
    'useChatStatus',
    'useChatStore',
    'useIsOnline',
    'useMessage',
    'useMessageIds',
    'useMetrics',
    'usePart',
    'usePartialInput',
    'useStreamingChat',
    'useStreamingObject',
    'useTextFeeds',
    'useThreadMetrics',
    'useThreads',
  ])
})

it('exports these names without React', () => {
  expect(Object.keys(store).sort()).toEqual([
    'StorageError',
    'attachments',
    'createChat',
    'createMessageIndex',
    'createObject',
    'createThreads',
    'createTokenEstimator',
    'estimateTokens',
    'indexedDBStorage',
    'isReplying',
    'memoryStorage',
    'messageMetrics',
    'resumable',
    'resumeReply',
    'threadMetrics',
    'threadUsage',
    'tool',
  ])
})
