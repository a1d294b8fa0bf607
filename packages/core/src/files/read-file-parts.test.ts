import { describe, expect, it } from 'vitest'
import type { FilePart } from '../message.ts'
import { type FileSource, type ReadFilePartsOptions, readFileParts } from './read-file-parts.ts'

const file = (content: string, name: string, type = '') => new File([content], name, { type })
const read = (source: FileSource, options?: ReadFilePartsOptions) =>
  readFileParts([source], options).then(([part]) => part)

describe('a part is made of', () => {
  it('a file', async () => {
    expect(await read(file('hello', 'a.png', 'image/png'))).toEqual({
      type: 'file',
      mediaType: 'image/png',
      data: btoa('hello'),
      name: 'a.png',
    })
  })

  it('bytes without a name', async () => {
    const blob = new Blob(['hello'], { type: 'text/plain;charset=utf-8' })
    expect(await read(blob)).toEqual({ type: 'file', mediaType: 'text/plain', data: btoa('hello') })
  })

  it('an address, which is not fetched', async () => {
    expect(await read(new URL('https://a.test/pictures/a%20b.JPG?x=1'))).toEqual({
      type: 'file',
      mediaType: 'image/jpeg',
      url: 'https://a.test/pictures/a%20b.JPG?x=1',
      name: 'a b.JPG',
    })
  })

  it('an address with a percent sign that means one', async () => {
    expect(await read(new URL('https://a.test/100%.png'))).toMatchObject({ name: '100%.png' })
  })

  it('a data URL', async () => {
    const url = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
    expect(await read(new URL(url))).toEqual({ type: 'file', mediaType: 'image/gif', url })
  })

  it('an address that only this page knows, by its bytes', async () => {
    const url = URL.createObjectURL(new Blob(['hello'], { type: 'image/png' }))
    expect(await read(new URL(url))).toEqual({ type: 'file', mediaType: 'image/png', data: btoa('hello') })
    URL.revokeObjectURL(url)
  })

  it('a part, as it is', async () => {
    const part: FilePart = { type: 'file', mediaType: 'image/png', data: 'AA==' }
    expect(await read(part)).toBe(part)
  })

  it('each of several files, in their order', async () => {
    const parts = await readFileParts([file('long'.repeat(300_000), 'a.txt'), file('b', 'b.txt'), file('c', 'c.txt')])
    expect(parts.map(({ name }) => name)).toEqual(['a.txt', 'b.txt', 'c.txt'])
  })

  it('bytes of any kind, however many', async () => {
    const bytes = Uint8Array.from({ length: 1_000_003 }, (_, index) => (index * 31) % 256)
    const { data = '' } = (await read(new File([bytes], 'a.pdf'))) ?? {}
    expect(Uint8Array.from(atob(data), (character) => character.charCodeAt(0))).toEqual(bytes)
  })
})

describe('the type of a file', () => {
  it.each([
    ['notes.MD', '', 'text/markdown'],
    ['data.json', '', 'application/json'],
    ['main.rs', '', 'text/plain'],
    ['scan.pdf', 'application/octet-stream', 'application/pdf'],
    ['index.ts', 'video/mp2t', 'text/plain'],
    ['film.mp4', 'video/mp4', 'video/mp4'],
    ['odd.bin', 'application/x-odd', 'application/x-odd'],
  ])('%s of type "%s" is %s', async (name, type, mediaType) => {
    expect((await read(file('x', name, type)))?.mediaType).toBe(mediaType)
  })
})

describe('a file is refused', () => {
  it('that is too large', async () => {
    await expect(read(file('12345', 'film.mp4', 'video/mp4'), { maxBytes: 4 })).rejects.toThrow(
      '"film.mp4" has 5 bytes of at most 4 bytes. Choose a smaller one, or raise maxBytes.',
    )
    const part: FilePart = { type: 'file', mediaType: 'image/png', data: 'A'.repeat(40_000_000), name: 'a.png' }
    await expect(read(part)).rejects.toThrow('"a.png" has 30 MB of at most 20 MB.')
    await expect(read(file('1234', 'a.txt'), { maxBytes: 4 })).resolves.toBeDefined()
  })

  it('that is empty', async () => {
    await expect(read(file('', 'a.txt'))).rejects.toThrow('"a.txt" is empty.')
    await expect(read(new URL('data:text/plain;base64,'))).rejects.toThrow('A file is empty.')
  })

  it.each([
    ['image/*', 'a.pdf', 'application/pdf'],
    ['image/png, .txt', 'a.jpg', 'image/jpeg'],
  ])('that is not accepted: %s', async (accept, name, type) => {
    await expect(read(file('x', name, type), { accept })).rejects.toThrow(
      `"${name}" is of type ${type}; accepted are ${accept}. Convert it, or choose another.`,
    )
  })

  it.each([
    ['image/*', 'a.png', 'image/png'],
    ['.PDF', 'a.pdf', 'application/pdf'],
    ['text/plain', 'a.txt', ''],
    ['*/*', 'a.bin', 'application/x-odd'],
  ])('but not where it is accepted: %s', async (accept, name, type) => {
    await expect(read(file('x', name, type), { accept })).resolves.toBeDefined()
  })

  it('of which nothing tells the type', async () => {
    await expect(read(file('x', 'unknown'))).rejects.toThrow('"unknown" does not say of what type it is.')
    await expect(read(new URL('https://a.test/picture'))).rejects.toThrow(TypeError)
    await expect(read(new Blob(['x']))).rejects.toThrow('A file does not say')
  })

  it('before another one is read', async () => {
    const unread = file('x', 'a.txt')
    unread.slice = () => {
      throw new Error('It was read.')
    }
    await expect(readFileParts([unread, file('x', 'unknown')])).rejects.toThrow(TypeError)
  })
})

describe('an abort', () => {
  it('before the start reads nothing', async () => {
    const signal = AbortSignal.abort(new Error('Changed my mind'))
    await expect(read(file('x', 'a.txt'), { signal })).rejects.toThrow('Changed my mind')
  })

  it('ends the reading', async () => {
    const controller = new AbortController()
    const reading = read(file('x'.repeat(5_000_000), 'a.txt'), { signal: controller.signal })
    controller.abort(new Error('Changed my mind'))
    await expect(reading).rejects.toThrow('Changed my mind')
  })
})
