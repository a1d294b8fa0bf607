// @vitest-environment jsdom
import { holysheep } from '@millrace/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { en, vi as vietnamese } from '../strings/all.ts'
import { ModelPicker } from './model-picker.tsx'

afterEach(cleanup)

const select = () => screen.getByRole<HTMLSelectElement>('combobox', { name: en.model })

it('lists each model with its price', () => {
  render(<ModelPicker models={holysheep.models} onChange={() => {}} />)
  expect([...select().options].map(({ text }) => text)).toEqual([
    'GPT-4.1 · $8.00 / M tokens',
    'Claude Sonnet 4.5 · $15.00 / M tokens',
    'Gemini 2.5 Flash · $2.50 / M tokens',
    'DeepSeek V3.2 · $0.42 / M tokens',
  ])
})

it('says which one is picked, and whose price that is', () => {
  const { container } = render(<ModelPicker models={holysheep.models} value="deepseek-v3.2" onChange={() => {}} />)
  expect(select().value).toBe('deepseek-v3.2')
  expect(container.querySelector('.mr-model-name')?.textContent).toBe('DeepSeek V3.2')
  expect(container.firstElementChild?.getAttribute('title')).toBe(en.priceSource('2026-11-22', 'HolySheep AI article'))
})

it('says what a model can do, in words for those who hear it and marks for those who see it', () => {
  const models = [
    { id: 'miller', name: 'Miller', capabilities: ['vision', 'tools'] },
    { id: 'apprentice', name: 'Apprentice', capabilities: [] },
  ] as const
  const { container } = render(<ModelPicker models={models} onChange={() => {}} />)
  const { vision, tools } = en.capabilities
  expect([...select().options].map(({ text }) => text)).toEqual([`Miller · ${vision}, ${tools}`, 'Apprentice'])
  const marks = [...container.querySelectorAll<SVGElement>('[data-capability]')]
  expect(marks.map(({ dataset }) => dataset.capability)).toEqual(['vision', 'tools'])
  expect(container.firstElementChild?.getAttribute('title')).toBe(`${vision}, ${tools}`)
})

it('tells which one the reader picks', () => {
  const onChange = vi.fn()
  render(<ModelPicker models={holysheep.models} onChange={onChange} />)
  fireEvent.change(select(), { target: { value: 'gemini-2.5-flash' } })
  expect(onChange).toHaveBeenCalledWith('gemini-2.5-flash')
})

it('has nothing to pick from where no model is known', () => {
  render(<ModelPicker models={[]} onChange={() => {}} />)
  expect(select().disabled).toBe(true)
  expect(select().textContent).toBe(en.defaultModel)
})

it('tells prices in and out apart where they differ, in each language', () => {
  expect(en.price({ input: 2, output: 8 })).toBe('$2.00 in, $8.00 out / M tokens')
  expect(vietnamese.price({ input: 0.4, output: 1.6 })).toBe('0,40\u00a0$ vào, 1,60\u00a0$ ra / triệu token')
})

it('names a model that is in no list, and no other in its place', () => {
  const onChange = vi.fn()
  const { container } = render(<ModelPicker models={holysheep.models} value="house-model" onChange={onChange} />)
  expect(select().value).toBe('house-model')
  expect(container.querySelector('.mr-model-name')?.textContent).toBe('house-model')
  fireEvent.change(select(), { target: { value: 'gpt-4.1' } })
  expect(onChange).toHaveBeenCalledWith('gpt-4.1')
})
