import { findModel, holysheep } from '@millrace/core'
import { expect, it } from 'vitest'
import { modelChoices } from './models.ts'

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
