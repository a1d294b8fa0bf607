import { Writable } from 'node:stream'
import { expect, it, vi } from 'vitest'
import { createOutput } from './output.ts'

function failingWith(code: string) {
  return new Writable({
    write(_bytes, _encoding, done) {
      done(Object.assign(new Error(`write ${code}`), { code }))
    },
  })
}

it('resolves a write once the stream has taken it', async () => {
  const taken: (() => void)[] = []
  const output = createOutput(
    new Writable({
      write(_bytes, _encoding, done) {
        taken.push(done)
      },
    }),
  )
  const onWritten = vi.fn()
  const written = output.write('One').then(onWritten)
  await Promise.resolve()
  expect(onWritten).not.toHaveBeenCalled()
  taken[0]?.()
  await written
})

it('takes a reader who left for no failure, and tells it once', async () => {
  const output = createOutput(failingWith('EPIPE'))
  const onEnd = vi.fn()
  output.onEnd(onEnd)
  await output.write('One')
  await output.write('two')
  await vi.waitFor(() => expect(onEnd).toHaveBeenCalledOnce())
  expect(output).toMatchObject({ isClosed: true, failure: undefined })
})

it('keeps what else went wrong', async () => {
  const output = createOutput(failingWith('ENOSPC'))
  const onEnd = vi.fn()
  output.onEnd(onEnd)
  await output.write('One')
  await vi.waitFor(() => expect(onEnd).toHaveBeenCalledOnce())
  expect(output).toMatchObject({ isClosed: false, failure: { message: 'write ENOSPC' } })
})
