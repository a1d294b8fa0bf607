import { expect, it } from 'vitest'
import { type ByteReader, bodyOfReader, readerOfBody } from './byte-reader.ts'

const utf8 = new TextEncoder()

function readerOf(...texts: string[]): ByteReader & { isCancelled: boolean } {
  const reader = {
    isCancelled: false,
    read: async () => {
      const text = texts.shift()
      return text === undefined ? undefined : utf8.encode(text)
    },
    cancel: () => {
      reader.isCancelled = true
    },
  }
  return reader
}

it('is a body like any other', async () => {
  expect(await new Response(bodyOfReader(readerOf('xin ', 'chào'))).text()).toBe('xin chào')
  const reader = readerOf('text')
  await bodyOfReader(reader).cancel()
  expect(reader.isCancelled).toBe(true)
})

it('is given back by the answer it was put in, unless that is being read', () => {
  const reader = readerOf('text')
  const body = new Response(bodyOfReader(reader)).body as ReadableStream<Uint8Array<ArrayBuffer>>
  expect(readerOfBody(body)).toBe(reader)
  body.getReader()
  expect(() => readerOfBody(body)).toThrow(TypeError)
})

it('reads any other body', async () => {
  let isCancelled = false
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(utf8.encode('text')),
    cancel: () => {
      isCancelled = true
    },
  })
  const reader = readerOfBody(body)
  expect(await reader.read()).toEqual(utf8.encode('text'))
  const waiting = reader.read()
  reader.cancel()
  expect(await waiting).toBeUndefined()
  expect(isCancelled).toBe(true)
})
