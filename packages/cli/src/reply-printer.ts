import type { Chunk, Message } from '@millrace/core'
import type { Output } from './output.ts'
import { printable, type Style } from './style.ts'

/** Shows a reply as it arrives. Each promise resolves once the reader has taken what was shown. */
export interface ReplyPrinter {
  print(chunk: Chunk): Promise<void>
  /** What is left to show at the end. */
  end(reply: Message): Promise<void>
}

/** One chunk a line, as JSON. The last is the `message-end`. */
export function createJsonPrinter(stdout: Output): ReplyPrinter {
  return {
    print: (chunk) => stdout.write(`${JSON.stringify(toJson(chunk))}\n`),
    end: async () => {},
  }
}

/** JSON leaves out the message of an Error. What it came from and the text around it stay out: they may hold anything. */
function toJson(chunk: Chunk): unknown {
  if (chunk.type !== 'error') return chunk
  const { code, message, retryable, status, retryAfterMs, requestId, provider, providerCode } = chunk.error
  return { type: 'error', error: { code, message, retryable, status, retryAfterMs, requestId, provider, providerCode } }
}

export interface TextPrinterOptions {
  readonly stdout: Output
  readonly stderr: Output
  /** Of stderr. */
  readonly style: Style
  readonly showReasoning: boolean
  /** Whether to tell, at the end, which tools were called and which pages cited. */
  readonly showNotes: boolean
}

/** The text to stdout, and nothing else there; what the model thought, called and cited to stderr. */
export function createTextPrinter(options: TextPrinterOptions): ReplyPrinter {
  const { stdout, stderr, style, showReasoning, showNotes } = options
  let lastText = ''
  let isThinking = false

  async function print(chunk: Chunk): Promise<void> {
    if (chunk.type === 'reasoning-delta' && showReasoning && chunk.text) {
      isThinking = true
      await stderr.write(style.dim(printable(chunk.text, stderr)))
    } else if ((chunk.type === 'text-delta' || chunk.type === 'refusal-delta') && chunk.text) {
      await endThinking()
      lastText = chunk.text
      await stdout.write(printable(chunk.text, stdout))
    }
  }

  async function end(reply: Message): Promise<void> {
    await endThinking()
    if (lastText && !lastText.endsWith('\n')) await stdout.write('\n')
    const notes = showNotes ? notesOn(reply) : []
    for (const note of notes) await stderr.write(`${style.dim(printable(note, stderr))}\n`)
  }

  async function endThinking(): Promise<void> {
    if (!isThinking) return
    isThinking = false
    await stderr.write('\n\n')
  }

  return { print, end }
}

function notesOn({ parts }: Message): string[] {
  return parts.flatMap((part) => {
    if (part.type === 'tool-call') return [`[calls ${part.toolName} ${part.argumentsText}]`]
    if (part.type === 'source') return [`[source] ${[part.title, part.url].filter(Boolean).join(' ')}`]
    // Bytes in a data URL would fill the screen.
    if (part.type === 'file') return [`[file ${part.name ?? part.mediaType}]`]
    return []
  })
}
