import { expect, it } from 'vitest'
import * as core from './index.ts'
import * as providers from './providers/index.ts'
import * as sse from './sse/index.ts'
import * as wire from './wire/index.ts'

it('exports these names', () => {
  expect(Object.keys(core).sort()).toEqual([
    'ChatError',
    'addMessage',
    'allMessages',
    'applyChunk',
    'assertTransportOptions',
    'continueText',
    'costOf',
    'createId',
    'createMessage',
    'createSeam',
    'createSseDecoder',
    'createThread',
    'decodeMessage',
    'decodeReply',
    'encodeMessage',
    'encodeSse',
    'exportThread',
    'findMessage',
    'findModel',
    'flattenThread',
    'holysheep',
    'holysheepWithImages',
    'importThread',
    'interruptMessage',
    'isToken',
    'listModels',
    'messageCost',
    'openaiChat',
    'openaiCompatible',
    'parsePartialJson',
    'pathAfter',
    'pathTo',
    'readFileParts',
    'readReply',
    'reopenMessage',
    'replaceMessages',
    'resumable',
    'selectBranch',
    'showMessage',
    'siblingsOf',
    'streamReply',
    'textOf',
    'threadCost',
    'threadToMarkdown',
    'unflattenThread',
    'uniqueCallIds',
    'updateMessage',
    'verifyKey',
  ])
})

it('exports these names for server-sent events', () => {
  expect(Object.keys(sse).sort()).toEqual(['createSseDecoder', 'encodeSse'])
})

it('exports these wire formats', () => {
  expect(Object.keys(wire).sort()).toEqual([
    'anthropic',
    'gemini',
    'ollama',
    'openaiChat',
    'openaiResponses',
    'text',
    'uiMessageStream',
    'wireFormat',
    'withThinkTags',
  ])
})

it('exports these providers', () => {
  expect(Object.keys(providers).sort()).toEqual([
    'anthropic',
    'azure',
    'deepseek',
    'gemini',
    'groq',
    'holysheep',
    'lmstudio',
    'mistral',
    'ollama',
    'openai',
    'openaiCompatible',
    'openaiModelsEndpoint',
    'openaiResponses',
    'openrouter',
    'perplexity',
    'providerById',
    'providers',
    'together',
    'vllm',
    'xai',
  ])
})
