import { expect, it } from 'vitest'
import * as testing from './index.ts'
import * as node from './node.ts'

it('exports these names', () => {
  expect(Object.keys(testing).sort()).toEqual([
    'anthropicEncoding',
    'callTool',
    'cite',
    'createDemoProvider',
    'createFakeProvider',
    'createManualProvider',
    'cutAt',
    'cutEvery',
    'cutRandomly',
    'demoFault',
    'demoScript',
    'encodeReply',
    'failFirst',
    'faultNames',
    'geminiEncoding',
    'inTurn',
    'ollamaEncoding',
    'openaiChatEncoding',
    'openaiResponsesEncoding',
    'pause',
    'raw',
    'refuse',
    'reply',
    'reportUsage',
    'say',
    'splitTokens',
    'textEncoding',
    'think',
    'uiMessageStreamEncoding',
  ])
})

it('exports these names for Node', () => {
  expect(Object.keys(node)).toEqual(['serveFakeProvider'])
})
