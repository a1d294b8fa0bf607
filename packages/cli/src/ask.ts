import {
  applyChunk,
  ChatError,
  createMessage,
  listModels,
  type Message,
  streamReply,
  type WireFormat,
} from '@millrace/core'
import type { Context } from './context.ts'
import { type ExitCode, exitCodeOfReply, exitCodes } from './exit-codes.ts'
import { onInterrupt } from './interrupt.ts'
import { readPrompt } from './read-prompt.ts'
import { createJsonPrinter, createTextPrinter, type ReplyPrinter } from './reply-printer.ts'
import { printable, styleFor } from './style.ts'
import { summarize } from './summary.ts'
import { tapFetch } from './tap-fetch.ts'
import { chooseTarget, keyNames, type Target, type TargetFlags } from './target.ts'
import { UsageError } from './usage-error.ts'

export interface AskFlags extends TargetFlags {
  readonly model?: string
  readonly wire?: WireFormat
  readonly system?: string
  readonly json: boolean
  readonly raw: boolean
  readonly reasoning?: boolean
  readonly color: boolean
  readonly quiet: boolean
  /** Longest silence, in seconds. */
  readonly timeout?: number
}

/**
 * Asks once and shows the reply as it arrives. What came is on stdout whatever happens next.
 * @throws {UsageError} where it cannot be asked. What the provider does is printed and returned as an exit code.
 */
export async function ask(context: Context, flags: AskFlags, argument: string | undefined): Promise<ExitCode> {
  const { stdout, stderr, env } = context.process
  if (flags.json && flags.raw) throw new UsageError('--json and --raw cannot be had together.')
  const style = styleFor(stderr, env, flags.color)
  const notify = (text: string) => stderr.write(`${style.dim(printable(text, stderr))}\n`)
  const target = chooseTarget(flags, env)
  const prompt = await readPrompt(argument, { stdin: context.stdin, notify })
  const printer = choosePrinter(context, flags)
  const interruption = onInterrupt(context.signals)
  try {
    const model = flags.model ?? (await defaultModel(target, context, interruption.signal))
    const reply = await readReply(
      context,
      { ...flags, model },
      { target, prompt, printer, signal: interruption.signal },
    )
    if (stdout.failure) throw stdout.failure
    // Whoever read along has seen enough.
    if (stdout.isClosed) return exitCodes.ok
    if (reply.error) await stderr.write(`${style.red(printable(explain(reply.error, target), stderr))}\n`)
    if (!flags.quiet && (reply.usage || reply.timing?.firstTokenAt)) await notify(summarize(reply, target.provider))
    return exitCodeOfReply(reply)
  } catch (error) {
    if (interruption.signal.aborted) return exitCodes.stopped
    throw error
  } finally {
    interruption.release()
  }
}

interface Question {
  readonly target: Target
  readonly prompt: string
  readonly printer: ReplyPrinter
  readonly signal: AbortSignal
}

async function readReply(
  context: Context,
  { model, system, wire, raw, timeout }: AskFlags & { readonly model: string },
  { target, prompt, printer, signal }: Question,
): Promise<Message> {
  const { stdout, stderr } = context.process
  const silenceMs = timeout && timeout * 1000
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  stdout.onEnd(stop)
  let reply = createMessage({ role: 'assistant', status: 'pending', model, timing: { startedAt: Date.now() } })
  const chunks = streamReply(
    { model, system, messages: [createMessage({ role: 'user', content: prompt })] },
    {
      ...target,
      wire,
      signal: stopping.signal,
      fetch: raw ? tapFetch(context.fetch, (bytes) => stdout.write(bytes)) : context.fetch,
      // Two attempts would be two bodies, and the lines of both would be mixed up.
      retry: raw ? { attempts: 0 } : {},
      timeouts: silenceMs ? { connectMs: silenceMs, firstTokenMs: silenceMs, stallMs: silenceMs } : {},
      onProgress({ retryAt }) {
        if (retryAt === undefined || !stderr.isTerminal) return
        void stderr.write(`Trying again in ${Math.ceil((retryAt - Date.now()) / 1000)} s …\n`)
      },
    },
  )
  for await (const chunk of chunks) {
    reply = applyChunk(reply, chunk, Date.now())
    await printer.print(chunk)
  }
  await printer.end(reply)
  return reply
}

function choosePrinter({ process: { stdout, stderr, env } }: Context, flags: AskFlags): ReplyPrinter {
  if (flags.json) return createJsonPrinter(stdout)
  // The bytes are printed before they are read.
  if (flags.raw) return { print: async () => {}, end: async () => {} }
  return createTextPrinter({
    stdout,
    stderr,
    style: styleFor(stderr, env, flags.color),
    showReasoning: flags.reasoning ?? stderr.isTerminal,
    showNotes: !flags.quiet,
  })
}

/** The first that is known of the provider, else the first that it lists: servers of one's own often have but one. */
async function defaultModel({ provider, ...target }: Target, { fetch }: Context, signal: AbortSignal): Promise<string> {
  const [known] = provider.models
  if (known) return known.id
  try {
    const [listed] = await listModels(provider, { ...target, fetch, signal })
    if (listed) return listed.id
  } catch (error) {
    if (!(error instanceof ChatError) || error.code !== 'not-a-stream') throw error
  }
  throw new UsageError(`${provider.name} does not list its models: name one with --model.`)
}

/** What happened, and where the key would be if there were one. */
function explain(error: ChatError, { provider, apiKey }: Target): string {
  if (error.code !== 'unauthorized' || apiKey) return error.message
  return `${error.message}\nThere was no key to send: set ${keyNames(provider)}.`
}
