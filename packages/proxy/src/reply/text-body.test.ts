import { expect, it } from 'vitest'
import { bodyOfStream, streamOfBody, type TextBody } from './text-body.ts'

function bodyOf(...texts: string[]): TextBody {
  return { read: async () => texts.shift(), cancel() {} }
}

it('is the same text as a stream', async () => {
  expect(await new Response(streamOfBody(bodyOf('xin ', 'chào'))).text()).toBe('xin chào')
})

it('is given back by the answer it was put in', () => {
  const body = bodyOf('text')
  expect(bodyOfStream(new Response(streamOfBody(body)).body)).toBe(body)
})

it('is not given back once its stream is read, nor by another stream', () => {
  const stream = streamOfBody(bodyOf('text'))
  stream.getReader()
  expect(bodyOfStream(stream)).toBeUndefined()
  expect(bodyOfStream(new ReadableStream())).toBeUndefined()
  expect(bodyOfStream(null)).toBeUndefined()
})

it('breaks the stream off where the text breaks off', async () => {
  const stream = streamOfBody({ read: () => Promise.reject(new Error('broken')), cancel() {} })
  await expect(new Response(stream).text()).rejects.toThrow('broken')
})
