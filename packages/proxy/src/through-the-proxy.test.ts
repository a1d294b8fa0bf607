import { readReply } from '@millrace/core'
import { createFakeProvider, type Fault, type FaultName, reply, think } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { createProxy } from './proxy.ts'
import { baseURL, chatRequest, secretKey } from './test-support/scripted-upstream.ts'

const answer = 'Xin chào! Dòng nước chảy qua máng, đều và nhanh.'
const script = reply(think('Hm.'), answer)

/** How a reply reads that came through the proxy, from a provider that refuses everybody but the proxy. */
async function replyThroughProxy(fault?: Fault | FaultName) {
  const provider = createFakeProvider({ script, apiKey: secretKey, ...(fault && { fault }) })
  const proxy = createProxy({ upstream: { baseURL, apiKey: secretKey }, fetch: provider.fetch })
  const { body } = await proxy.fetch(chatRequest())
  if (!body) throw new Error('There is no body.')
  return readReply(body, { wire: 'openai-chat' })
}

describe('a reply through the proxy', () => {
  it('reads as the provider wrote it', async () => {
    expect(await replyThroughProxy()).toMatchObject({ content: answer, finishReason: 'stop' })
  })

  it.each<FaultName>(['no-done', 'no-final-newline'])('is whole where it is sent with %s', async (fault) => {
    expect(await replyThroughProxy(fault)).toMatchObject({ content: answer, finishReason: 'stop' })
  })

  it.each<FaultName>(['cut', 'close-early'])(
    'is not taken for whole after %s, and keeps what had come',
    async (fault) => {
      const { content, finishReason, error } = await replyThroughProxy(fault)
      expect(finishReason).not.toBe('stop')
      expect(error).toBeDefined()
      expect(answer.startsWith(content)).toBe(true)
    },
  )

  it('is not taken for whole wherever it is cut', async () => {
    for (let atByte = 0; atByte < 600; atByte += 7) {
      const { finishReason, error } = await replyThroughProxy({ name: 'cut', atByte })
      expect(finishReason).not.toBe('stop')
      expect(error?.code).not.toBe('malformed-event')
    }
  })
})
