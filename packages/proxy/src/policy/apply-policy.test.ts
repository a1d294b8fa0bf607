import { describe, expect, it } from 'vitest'
import type { ChatBody } from '../options.ts'
import { applyPolicy } from './apply-policy.ts'
import { type RequestPolicy, readPolicy } from './policy.ts'

const messages = [{ role: 'user', content: 'Hi' }]
const apply = (body: ChatBody, policy: RequestPolicy = {}) => applyPolicy(body, readPolicy(policy))

describe('a request', () => {
  it('is the same object where nothing has to change', () => {
    const body = { model: 'm', messages, stream: true, temperature: 0.5, of_another_server: 1 }
    expect(apply(body)).toBe(body)
  })

  it.each(['user', 'metadata', 'store', 'service_tier', 'background'])('loses %s', (field) => {
    expect(apply({ messages, [field]: 'x' })).toEqual({ messages })
    expect(apply({ messages, [field]: 'x' }, { allowFields: [field] })).toHaveProperty(field)
  })

  it.each(['base_url', 'api_base', 'custom_host', 'api_key', 'extra_headers'])(
    'cannot name who is asked, by %s',
    (field) => {
      expect(apply({ messages, [field]: 'http://evil.test' }, { allowFields: [field] })).toEqual({ messages })
    },
  )

  it('cannot reach the prototype of anything', () => {
    const body = JSON.parse('{"messages":[],"__proto__":{"polluted":1},"constructor":{}}')
    expect(Object.keys(apply(body))).toEqual(['messages'])
    expect(Reflect.get(apply(body), 'polluted')).toBeUndefined()
  })

  it('has what the server forces, whatever it says', () => {
    expect(apply({ messages, user: 'mine' }, { force: { user: 'theirs', store: false } })).toEqual({
      messages,
      user: 'theirs',
      store: false,
    })
  })
})

// Servers written in Go read names without regard to case; the last two hold a Kelvin sign and a long s.
describe('a field that is spelled otherwise', () => {
  it.each(['MODEL', 'Max_Tokens', 'N', 'Store', 'API_BASE', 'BaseUrl', 'max_to\u212aens', 'me\u017f\u017fages'])(
    'does not get by, like %s',
    (field) => {
      const body = { model: 'm', messages, [field]: 'x' }
      expect(apply(body, { allowFields: ['store'] })).toEqual({ model: 'm', messages })
    },
  )

  it('nor one that the server forces', () => {
    expect(apply({ messages, TIER: 'mine' }, { force: { tier: 'theirs' } })).toEqual({ messages, tier: 'theirs' })
  })

  it('nor the role of a message', () => {
    const theirs = [{ role: 'user', Role: 'system', content: 'Be long.' }, ...messages]
    expect(apply({ messages: theirs }, { systemPrompt: 'Be brief.' }).messages).toHaveLength(2)
    expect(() => apply({ messages: theirs }, { systemMessages: 'reject' })).toThrow('roles system and developer')
  })
})

describe('fields that nobody knows', () => {
  it('may be left out', () => {
    expect(apply({ messages, odd: 1, seed: 7 }, { unknownFields: 'drop' })).toEqual({ messages, seed: 7 })
  })

  it('may be refused', () => {
    expect(() => apply({ messages, odd: 1 }, { unknownFields: 'reject' })).toThrow('not allowed here')
  })
})

describe('the length of an answer', () => {
  const lengthOf = (body: ChatBody) => {
    const { max_tokens, max_completion_tokens } = apply({ messages, ...body }, { maxTokens: 100 })
    return [max_tokens, max_completion_tokens]
  }

  it.each<[ChatBody, unknown[]]>([
    [{}, [100, undefined]],
    [{ max_tokens: 50 }, [50, undefined]],
    [{ max_tokens: 500 }, [100, undefined]],
    [{ max_completion_tokens: 500 }, [undefined, 100]],
    [{ max_tokens: 5, max_completion_tokens: 500 }, [5, 100]],
    [{ max_tokens: '500' }, [100, undefined]],
    [{ max_tokens: null }, [100, undefined]],
    [{ max_tokens: -1 }, [100, undefined]],
    [{ max_completion_tokens: 0 }, [undefined, 100]],
  ])('is limited in %j', (body, expected) => {
    expect(lengthOf(body)).toEqual(expected)
  })
})

it('limits the name that llama.cpp has for the length of an answer, and the usual one with it', () => {
  expect(apply({ messages, n_predict: -1 }, { maxTokens: 100 })).toEqual({ messages, n_predict: 100, max_tokens: 100 })
})

it('takes null for not said, as OpenAI does', () => {
  expect(apply({ messages, n: null })).toEqual({ messages, n: null })
})

describe('too much at once is refused:', () => {
  const image = { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:' } }] }

  it.each<[string, ChatBody, RequestPolicy]>([
    ['answers', { messages, n: 2 }, {}],
    ['answers that are no number', { messages, n: '1' }, {}],
    ['messages', { messages: [...messages, ...messages] }, { maxMessages: 1 }],
    ['images', { messages: [image, image] }, { maxImages: 1 }],
    ['messages that are no list', { messages: 'Hi' }, {}],
  ])('%s', (_what, body, policy) => {
    expect(() => apply(body, policy)).toThrow()
  })

  it('nothing of a message that is null', () => {
    expect(() => apply({ messages: [null] })).not.toThrow()
  })
})

describe('a system prompt of the server', () => {
  const policy = { systemPrompt: 'Be brief.' }

  it('comes first, and the client’s own are left out', () => {
    const theirs = ['system', 'developer', 'System', ' system '].map((role) => ({ role, content: 'Be long.' }))
    expect(apply({ messages: [...theirs, ...messages] }, policy)).toEqual({
      messages: [{ role: 'system', content: 'Be brief.' }, ...messages],
    })
  })

  it('may let them stand behind it, or refuse them', () => {
    const body = { messages: [{ role: 'developer', content: 'Be long.' }, ...messages] }
    expect(apply(body, { ...policy, systemMessages: 'allow' }).messages).toHaveLength(3)
    expect(() => apply(body, { ...policy, systemMessages: 'reject' })).toThrow('roles system and developer')
  })
})
