import { createDemoProvider } from '@millrace/testing'
import { serveFakeProvider } from '@millrace/testing/node'
import type { Context } from './context.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { untilStopped } from './interrupt.ts'
import { explainListenError } from './listen.ts'

/** Answers as a model provider would, without a model, until it is stopped. */
export async function serveDemo({ process, signals }: Context, { port }: { readonly port: number }): Promise<ExitCode> {
  const provider = createDemoProvider()
  const server = await serveFakeProvider({ provider, port }).catch((error: unknown) => {
    throw explainListenError(error, port)
  })
  const stopped = untilStopped(signals)
  await process.stdout.write(`The demo provider is at ${server.baseURL}

  curl -N ${server.baseURL}/chat/completions \\
    -H 'content-type: application/json' \\
    -d '{"model": "gpt-4.1", "stream": true, "messages": [{"role": "user", "content": "help"}]}'

  millrace ask --base-url ${server.baseURL} help

It takes any key, and needs none. Ctrl-C ends it.
`)
  await stopped
  await server.close()
  return exitCodes.ok
}
