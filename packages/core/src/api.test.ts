import { expect, it } from 'vitest'
import * as core from './index.ts'
import * as providers from './providers/index.ts'
import * as sse from './sse/index.ts'
import * as wire from './wire/index.ts'

it('exports these names', () => {
  expect(Object.keys(core).sort()).toEqual([
    'ChatError',
    'applyChunk',
    'assertTransportOptions',
    'createId',
    'createMessage',
    'createSseDecoder',
    'decodeReply',
    'encodeSse',
    'holysheep',
    'isToken',
    'openaiChat',
    'openaiCompatible',
    'readReply',
    'streamReply',
    'textOf',
  ])
})

it('exports these names for server-sent events', () => {
  expect(Object.keys(sse).sort()).toEqual(['createSseDecoder', 'encodeSse'])
})

it('exports these wire formats', () => {
  expect(Object.keys(wire).sort()).toEqual(['openaiChat', 'text', 'wireFormat'])
})

it('exports these providers', () => {
  expect(Object.keys(providers).sort()).toEqual(['holysheep', 'openaiCompatible'])
})
