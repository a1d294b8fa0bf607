import { expect, it } from 'vitest'
import { readFileParts } from './read-file-parts.ts'

const bytes = Uint8Array.from({ length: 3_000_001 }, (_, index) => (index * 31) % 256)

it('reads the bytes of a file in a browser', async () => {
  const [part] = await readFileParts([new File([bytes], 'a.png', { type: 'image/png' })])
  expect(part).toMatchObject({ type: 'file', mediaType: 'image/png', name: 'a.png' })
  expect(Uint8Array.from(atob(part?.data ?? ''), (character) => character.charCodeAt(0))).toEqual(bytes)
})

it('ends the reading at an abort in a browser', async () => {
  const controller = new AbortController()
  const reading = readFileParts([new File([bytes], 'a.png', { type: 'image/png' })], { signal: controller.signal })
  await Promise.resolve()
  controller.abort(new Error('Changed my mind'))
  await expect(reading).rejects.toThrow('Changed my mind')
})
