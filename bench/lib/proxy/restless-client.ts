import { Agent, type IncomingMessage, request } from 'node:http'
import { createSseDecoder } from '@millrace/core/sse'

const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY })

/** How a stream went. `wrong` says what was not as it was said. */
export interface Outcome {
  readonly how: 'whole' | 'said why not' | 'left' | 'refused' | 'wrong'
  readonly wrong?: string
}

/** Reads a stream, or part of it: some leave, some of those come back, some read slowly. */
export async function readRestlessly(port: number): Promise<Outcome> {
  const leavesAfter = Math.random() < 0.3 ? Math.floor(Math.random() * 10) : Number.POSITIVE_INFINITY
  const comesBack = Math.random() < 0.5
  const isSlow = Math.random() < 0.2
  let lastEventId = ''
  let next = 0
  let outcome: Outcome | undefined

  function take(data: string, id: string): Outcome | undefined {
    const seq = Number(id.split(':')[1])
    const lastSeq = Number(lastEventId.split(':')[1] ?? 0)
    if (seq !== lastSeq + 1) return { how: 'wrong', wrong: `event ${seq} came after ${lastSeq}` }
    lastEventId = id
    if (data === '[DONE]') return { how: 'whole' }
    const event = JSON.parse(data)
    if (event.error) return { how: 'said why not' }
    const { content } = event.choices[0].delta
    if (content !== undefined && content !== `word ${next++} 💧`)
      return { how: 'wrong', wrong: `${content} is not word ${next - 1}` }
    return undefined
  }

  async function readConnection(response: IncomingMessage, mayLeave: boolean): Promise<Outcome> {
    if (response.statusCode === 204) return { how: 'said why not' }
    if (response.statusCode !== 200) {
      response.resume()
      return { how: 'refused' }
    }
    const decoder = createSseDecoder()
    const utf8 = new TextDecoder()
    try {
      for await (const bytes of response) {
        for (const { data, id } of decoder.push(utf8.decode(bytes, { stream: true }))) {
          const end = take(data, id)
          if (end) return end
        }
        if (mayLeave && next >= leavesAfter) return { how: 'left' }
        if (isSlow) await new Promise((resolve) => setTimeout(resolve, 400))
      }
    } catch {
      return { how: 'wrong', wrong: 'the connection broke off' }
    } finally {
      response.destroy()
    }
    return { how: 'wrong', wrong: 'the stream ended and did not say how' }
  }

  outcome = await readConnection(await ask(port), true)
  if (outcome.how !== 'left' || !comesBack || !lastEventId) return outcome
  outcome = await readConnection(await ask(port, lastEventId), false)
  // Who stayed away too long finds nothing.
  return outcome.how === 'refused' ? { how: 'left' } : outcome
}

function ask(port: number, lastEventId?: string): Promise<IncomingMessage> {
  const body = lastEventId ? undefined : '{"model":"m","stream":true,"messages":[{"role":"user","content":"Count"}]}'
  const path = lastEventId ? `/v1/streams/${lastEventId.split(':')[0]}` : '/v1/chat/completions'
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      agent,
      path,
      method: body ? 'POST' : 'GET',
      headers: body ? { 'content-type': 'application/json' } : { 'last-event-id': lastEventId },
    })
    sent.on('response', resolve).on('error', reject)
    sent.end(body)
  })
}
