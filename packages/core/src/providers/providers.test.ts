import { describe, expect, it } from 'vitest'
import { openaiChat } from '../wire/openai-chat.ts'
import { holysheep } from './holysheep.ts'
import { openaiCompatible } from './openai-compatible.ts'

describe('holysheep', () => {
  it('answers at its own address in the format of Chat Completions', () => {
    expect(holysheep).toMatchObject({ baseURL: 'https://api.holysheep.ai/v1', wire: openaiChat })
  })

  it.each([
    ['GPT-4.1', 8, 60],
    ['Claude Sonnet 4.5', 15, 105],
    ['Gemini 2.5 Flash', 2.5, 17.5],
    ['DeepSeek V3.2', 0.42, 2.94],
  ])('sells %s for %d dollars, which its maker sells for %d', (name, gateway, maker) => {
    const price = holysheep.models.find((model) => model.name === name)?.price
    expect(price).toMatchObject({ input: gateway, output: gateway, official: { input: maker, output: maker } })
  })

  it('says when and where each price was read', () => {
    for (const { price } of holysheep.models) {
      expect(price?.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(price?.source).toBeTruthy()
    }
  })
})

describe('openaiCompatible', () => {
  it('needs a base URL alone', () => {
    expect(openaiCompatible({ baseURL: 'http://localhost:8000/v1' })).toMatchObject({
      baseURL: 'http://localhost:8000/v1',
      wire: openaiChat,
      models: [],
    })
  })

  it('takes the name and models it is given', () => {
    const own = { id: 'own', name: 'Own', models: [{ id: 'm', name: 'M' }] }
    expect(openaiCompatible({ baseURL: '/v1', ...own })).toMatchObject(own)
  })
})
