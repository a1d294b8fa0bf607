import type { Input } from './context.ts'
import { UsageError } from './usage-error.ts'

export interface ReadPromptOptions {
  readonly stdin: Input
  /** Tells a person what is waited for, or was not. */
  readonly notify: (text: string) => void
  /** How long a piped stdin may say nothing where there is an argument already. Default 3,000. */
  readonly firstByteMs?: number
}

/**
 * The prompt: the argument, followed by what is piped in. Without an argument, or with `-`, all of stdin.
 *
 * Many a program starts another with a stdin that it never writes to nor closes. With an argument such a silence is
 * taken for nothing after a while, and said; with `-` it is waited for however long.
 * @throws {UsageError} where there is no prompt, or stdin cannot be read.
 */
export async function readPrompt(argument: string | undefined, options: ReadPromptOptions): Promise<string> {
  const { stdin, notify, firstByteMs = 3000 } = options
  const given = argument === '-' ? undefined : argument?.trim()
  if (given && stdin.isTTY) return given
  if (!given && stdin.isTTY) notify('Type the prompt, then Ctrl-D.')
  const piped = await readText(stdin, given ? firstByteMs : undefined)
  if (piped === undefined) {
    const seconds = firstByteMs / 1000
    notify(
      `Nothing came on stdin within ${seconds} s: asking without it. "-" as the prompt waits; "< /dev/null" does not.`,
    )
  }
  const prompt = [given, piped?.replace(/\s+$/, '')].filter(Boolean).join('\n\n')
  if (prompt) return prompt
  throw new UsageError('There is no prompt. Write one: millrace ask "Why is the sky blue?"')
}

/** All there is; undefined where nothing came in time. */
function readText(stdin: Input, firstByteMs: number | undefined): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const decoder = new TextDecoder()
    let text = ''
    const giveUp = () => {
      // A stdin that is still listened to would keep the process from ending.
      stdin.destroy()
      resolve(undefined)
    }
    const timer = firstByteMs === undefined ? undefined : setTimeout(giveUp, firstByteMs)
    stdin.on('data', (bytes: Uint8Array) => {
      clearTimeout(timer)
      text += decoder.decode(bytes, { stream: true })
    })
    stdin.once('end', () => {
      clearTimeout(timer)
      resolve(text + decoder.decode())
    })
    stdin.once('error', ({ message }) => {
      clearTimeout(timer)
      reject(new UsageError(`stdin cannot be read: ${message}`))
    })
  })
}
