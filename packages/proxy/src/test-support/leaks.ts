import { expect, onTestFinished } from 'vitest'
import type { ChatProxy } from '../proxy.ts'

/**
 * The same proxy, all of whose answers are searched for a secret: when the test is over, none may have held it. What two
 * pieces hold together is found too.
 */
export function watchForLeaks(proxy: ChatProxy, secret: string): ChatProxy {
  const leaks: string[] = []
  onTestFinished(() => expect(leaks, 'the key got out').toEqual([]))

  function look(where: string, text: string): void {
    if (text.includes(secret)) leaks.push(where)
  }

  async function fetch(request: Request, context?: unknown): Promise<Response> {
    const response = await proxy.fetch(request, context)
    look('headers', JSON.stringify([...response.headers]))
    if (!response.body) return response
    return new Response(
      watchBody(response.body, (text) => look('body', text)),
      response,
    )
  }
  return { ...proxy, fetch }
}

function watchBody(body: ReadableStream<Uint8Array>, look: (text: string) => void): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const utf8 = new TextDecoder()
  let seen = ''
  return new ReadableStream(
    {
      async pull(controller) {
        const { value } = await reader.read()
        if (!value) return controller.close()
        seen = seen.slice(-200) + utf8.decode(value, { stream: true })
        look(seen)
        controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
