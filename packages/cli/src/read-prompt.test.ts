import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Input } from './context.ts'
import { readPrompt } from './read-prompt.ts'
import { inputOf } from './test-support/run.ts'

afterEach(() => {
  vi.useRealTimers()
})

const notify = vi.fn()
const read = (argument: string | undefined, stdin: Input) => readPrompt(argument, { stdin, notify })

describe('the prompt', () => {
  it('is the argument, where stdin is a terminal', async () => {
    expect(await read('Why?', inputOf(undefined))).toBe('Why?')
  })

  it.each([undefined, '-'])('is all of stdin, where the argument is %s', async (argument) => {
    expect(await read(argument, inputOf('  Why?\nReally.\n'))).toBe('  Why?\nReally.')
  })

  it('is the argument and then what is piped in', async () => {
    expect(await read('Summarize:', inputOf('A long text.\n'))).toBe('Summarize:\n\nA long text.')
  })

  it('is the argument alone, where nothing is piped in', async () => {
    expect(await read('Why?', inputOf(''))).toBe('Why?')
  })

  it('keeps a character that arrives in two pieces', async () => {
    const stdin = new PassThrough()
    const prompt = read('-', stdin)
    const bytes = Buffer.from('cà phê')
    stdin.write(bytes.subarray(0, 2))
    stdin.end(bytes.subarray(2))
    expect(await prompt).toBe('cà phê')
  })

  it('is asked for where there is none', async () => {
    await expect(read(' ', inputOf('\n'))).rejects.toThrow('There is no prompt.')
  })

  it('is told to be missing where stdin fails', async () => {
    const stdin = new PassThrough()
    const prompt = read('-', stdin)
    stdin.destroy(new Error('EISDIR'))
    await expect(prompt).rejects.toThrow('stdin cannot be read: EISDIR')
  })
})

describe('a stdin that stays silent', () => {
  it('is given up after a while, which is said', async () => {
    vi.useFakeTimers()
    const stdin = new PassThrough()
    const prompt = read('Why?', stdin)
    await vi.advanceTimersByTimeAsync(3000)
    expect(await prompt).toBe('Why?')
    expect(notify).toHaveBeenLastCalledWith(expect.stringContaining('Nothing came on stdin within 3 s'))
    expect(stdin.destroyed).toBe(true)
  })

  it('is read to its end once it said something', async () => {
    vi.useFakeTimers()
    const stdin = new PassThrough()
    const prompt = read('Summarize:', stdin)
    stdin.write('First, ')
    await vi.advanceTimersByTimeAsync(60_000)
    stdin.end('last.')
    expect(await prompt).toBe('Summarize:\n\nFirst, last.')
  })

  it('is waited for however long where the argument is -', async () => {
    vi.useFakeTimers()
    const stdin = new PassThrough()
    const prompt = read('-', stdin)
    await vi.advanceTimersByTimeAsync(600_000)
    stdin.end('At last.')
    expect(await prompt).toBe('At last.')
  })
})
