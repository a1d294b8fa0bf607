import { findModel, holysheep } from '@millrace/core'
import { expect, it } from 'vitest'
import { chatModels, modelChoices } from './models.ts'

it('names and prices the models that HolySheep sells, and lists them first', () => {
  expect(modelChoices(['zephyr', 'deepseek-v3.2', 'gpt-4.1'], 'holysheep')).toEqual([
    findModel(holysheep, 'gpt-4.1'),
    findModel(holysheep, 'deepseek-v3.2'),
    { id: 'zephyr', name: 'zephyr' },
  ])
})

it('says no price where somebody else asks for it', () => {
  expect(modelChoices(['gpt-4.1'], 'openai')).toEqual([{ id: 'gpt-4.1', name: 'GPT-4.1' }])
})

it('leaves out what cannot chat', () => {
  expect(modelChoices(['text-embedding-3-small', 'whisper-1', 'gpt-5'], 'openai')).toEqual([
    { id: 'gpt-5', name: 'gpt-5' },
  ])
})

it('leaves that out of what a key may use as well, and begins with what is known', () => {
  const listed = ['dall-e-3', 'zephyr', 'text-embedding-3-small', 'deepseek-v3.2', 'gpt-4.1']
  const models = listed.map((id) => ({ id, name: id }))
  expect(chatModels(models, holysheep).map(({ id }) => id)).toEqual(['gpt-4.1', 'deepseek-v3.2', 'zephyr'])
})
