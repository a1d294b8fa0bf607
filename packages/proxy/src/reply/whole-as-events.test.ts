import { createSseDecoder } from '@millrace/core/sse'
import { expect, it, vi } from 'vitest'
import { chatRequest, proxyTo, replyText, scriptedBody, secretKey } from '../test-support/scripted-upstream.ts'

/** A proxy whose upstream answers when it is told to, which is after its streams have begun. */
function proxyToLate() {
  let answerWith = (_response: Response) => {}
  const late = new Promise<Response>((resolve) => {
    answerWith = resolve
  })
  const { proxy } = proxyTo(() => late, { headersAfterMs: 0 })
  return { proxy, answerWith }
}

/** What a client reads where the upstream answers so. */
async function eventsOf(answer: Response, path = '/v1/chat/completions'): Promise<unknown[]> {
  const { proxy, answerWith } = proxyToLate()
  const { method, headers, body } = chatRequest()
  const response = await proxy.fetch(
    new Request(`http://localhost${path}`, { method, headers, body, duplex: 'half' } as RequestInit),
  )
  answerWith(answer)
  const events = createSseDecoder().push(await replyText(response))
  return events.map(({ data }) => (data === '[DONE]' ? data : JSON.parse(data)))
}

const answer = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
}

it('says in one event what came whole after the stream had begun', async () => {
  const [choice] = answer.choices
  const { message: delta, ...rest } = choice as (typeof answer.choices)[number]
  const chunk = { ...answer, object: 'chat.completion.chunk', choices: [{ ...rest, delta }] }
  expect(await eventsOf(Response.json(answer))).toEqual([chunk, '[DONE]'])
})

it('says it in the words of the route that was asked', async () => {
  expect(await eventsOf(Response.json(answer), '/api/stream-chat')).toEqual([{ content: 'Hi' }, '[DONE]'])
})

it('numbers the calls, as those of a stream are', async () => {
  const calls = [{ id: 'a' }, { id: 'b' }]
  const choices = [{ index: 0, message: { content: null, tool_calls: calls }, finish_reason: 'tool_calls' }]
  const [chunk] = await eventsOf(Response.json({ ...answer, choices }))
  expect(chunk).toMatchObject({
    choices: [
      {
        delta: {
          tool_calls: [
            { index: 0, id: 'a' },
            { index: 1, id: 'b' },
          ],
        },
      },
    ],
  })
})

it('ends in the error that came with a status of 200', async () => {
  const error = { message: `No credit for ${secretKey}`, code: 'insufficient_quota' }
  expect(await eventsOf(Response.json({ error }))).toEqual([
    { error: { message: 'No credit for [redacted]', code: 'insufficient_quota' } },
  ])
})

it.each([
  ['a page', new Response('<p>Welcome</p>')],
  ['other JSON', Response.json({ ok: true })],
  ['nothing', new Response(null, { status: 204 })],
])('says of %s that it is no stream', async (_what, response) => {
  expect(await eventsOf(response)).toMatchObject([{ error: { code: 'provider-error' } }])
})

it('is not waited for once nobody wants it any more, whatever the body does', async () => {
  const { proxy, answerWith } = proxyToLate()
  const text = replyText(await proxy.fetch(chatRequest()))
  const endless = scriptedBody()
  answerWith(new Response(endless.stream))
  await vi.waitFor(() => expect(endless.pulls()).toBe(1))
  proxy.close()
  expect(await text).toContain('The proxy is shutting down.')
})

it('keeps the words of a refusal that are no object', async () => {
  const refusal = Response.json({ error: 'model is loading' }, { status: 400 })
  expect(await eventsOf(refusal)).toMatchObject([{ error: { message: 'model is loading', status_code: 400 } }])
})
