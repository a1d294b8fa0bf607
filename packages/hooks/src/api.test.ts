import { expect, it } from 'vitest'
import * as hooks from './index.ts'
import * as store from './store/index.ts'

it('exports these names', () => {
  expect(Object.keys(hooks).sort()).toEqual([
    'ChatProvider',
    'createChat',
    'createObject',
    'useChatActions',
    'useChatSelector',
    'useMessage',
    'useMessageIds',
    'usePart',
    'usePartialInput',
    'useStreamingChat',
    'useStreamingObject',
  ])
})

it('exports these names without React', () => {
  expect(Object.keys(store).sort()).toEqual([
    'createChat',
    'createMessageIndex',
    'createObject',
    'isReplying',
    'threadUsage',
  ])
})
