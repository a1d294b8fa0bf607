import { expect, it } from 'vitest'
import * as hooks from './index.ts'
import * as store from './store/index.ts'

it('exports these names', () => {
  expect(Object.keys(hooks).sort()).toEqual([
    'ChatProvider',
    'createChat',
    'createObject',
    'estimateTokens',
    'resumable',
    'useBranches',
    'useChatActions',
    'useChatSelector',
    'useChatStatus',
    'useIsOnline',
    'useMessage',
    'useMessageIds',
    'useMetrics',
    'usePart',
    'usePartialInput',
    'useStreamingChat',
    'useStreamingObject',
    'useThreadMetrics',
  ])
})

it('exports these names without React', () => {
  expect(Object.keys(store).sort()).toEqual([
    'createChat',
    'createMessageIndex',
    'createObject',
    'createTokenEstimator',
    'estimateTokens',
    'isReplying',
    'messageMetrics',
    'resumable',
    'threadMetrics',
    'threadUsage',
  ])
})
