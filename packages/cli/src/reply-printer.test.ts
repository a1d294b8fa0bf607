import { Writable } from 'node:stream'
import { ChatError, type Chunk, createMessage } from '@millrace/core'
import { describe, expect, it } from 'vitest'
import { createOutput } from './output.ts'
import { createJsonPrinter, createTextPrinter } from './reply-printer.ts'
import { styleFor } from './style.ts'

function memory(isTTY: boolean) {
  const stream = Object.assign(
    new Writable({
      write(bytes, _encoding, done) {
        result.text += bytes
        done()
      },
    }),
    { isTTY },
  )
  const result = { text: '', output: createOutput(stream) }
  return result
}

interface Options {
  readonly terminal?: boolean
  readonly showReasoning?: boolean
}

async function print(chunks: readonly Chunk[], { terminal = false, showReasoning = terminal }: Options = {}) {
  const [stdout, stderr] = [memory(terminal), memory(terminal)]
  const style = styleFor(stderr.output, {})
  const outputs = { stdout: stdout.output, stderr: stderr.output }
  const printer = createTextPrinter({ ...outputs, style, showReasoning, showNotes: true })
  for (const chunk of chunks) await printer.print(chunk)
  await printer.end(createMessage({ role: 'assistant' }))
  return { stdout: stdout.text, stderr: stderr.text }
}

const think = (text: string): Chunk => ({ type: 'reasoning-delta', text })
const say = (text: string): Chunk => ({ type: 'text-delta', text })

describe('text', () => {
  it('goes to stdout and ends its line', async () => {
    expect(await print([say('Hello, '), say('you.')])).toEqual({ stdout: 'Hello, you.\n', stderr: '' })
  })

  it('gets no second line end', async () => {
    expect((await print([say('Hello.\n')])).stdout).toBe('Hello.\n')
  })

  it('may be a refusal', async () => {
    expect((await print([{ type: 'refusal-delta', text: 'No.' }])).stdout).toBe('No.\n')
  })

  it('cannot control a terminal', async () => {
    const hostile = 'a\x1b]52;c;ZXZpbA==\x07b\x9b2Jc\r\td\n'
    expect((await print([say(hostile)], { terminal: true })).stdout).toBe('a]52;c;ZXZpbA==b2Jc\td\n')
    expect((await print([say(hostile)])).stdout).toBe(hostile)
  })
})

describe('thinking', () => {
  it('is dimmed on a terminal, and apart from the answer', async () => {
    const { stdout, stderr } = await print([think('Hm.'), say('Yes.')], { terminal: true })
    expect(stderr).toBe('\x1b[2mHm.\x1b[22m\n\n')
    expect(stdout).toBe('Yes.\n')
  })

  it('is left out where nobody looks', async () => {
    expect(await print([think('Hm.'), say('Yes.')])).toEqual({ stdout: 'Yes.\n', stderr: '' })
  })

  it('is plain where it is asked for all the same', async () => {
    expect((await print([think('Hm.'), say('Yes.')], { showReasoning: true })).stderr).toBe('Hm.\n\n')
  })
})

it('writes a chunk a line, an error with its message and without what it holds back', async () => {
  const stdout = memory(false)
  const printer = createJsonPrinter(stdout.output)
  await printer.print(say('Hé\n'))
  await printer.print({ type: 'error', error: new ChatError('stalled', { excerpt: 'secret', cause: new Error('x') }) })
  const [first, second] = stdout.text.trimEnd().split('\n')
  expect(first).toBe('{"type":"text-delta","text":"Hé\\n"}')
  expect(JSON.parse(second ?? '')).toMatchObject({ type: 'error', error: { code: 'stalled', retryable: true } })
  expect(second).not.toContain('secret')
})
