// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { App } from './app.tsx'
import { createFakeModel } from './fake-model.ts'

let model: ReturnType<typeof createFakeModel>
let unmount = () => {}

beforeEach(async () => {
  model = createFakeModel()
  ;({ unmount } = render(<App fetch={model.fetch} />))
  fireEvent.change(screen.getByLabelText('Message'), { target: { value: 'Where to, this weekend?' } })
  fireEvent.click(screen.getByText('Send'))
  fireEvent.click(await screen.findByText('Sunday'))
})
afterEach(() => unmount())

const shown = () => [...document.querySelectorAll('p')].map(({ textContent }) => textContent)
const answer = (text: string) => waitFor(() => expect(shown().at(-1)).toBe(`${text}`))

it('runs what may run by itself, has a person choose, and asks before it books', async () => {
  fireEvent.click(await screen.findByText('Book 2 to Huế'))
  await answer('Have a good trip!')
  expect(shown()).toEqual([
    'Where to, this weekend?',
    'I will look.',
    'weather: {"city":"Huế","celsius":24}',
    'weather: {"city":"Hà Nội","celsius":18}',
    'Huế is warmer. Which day?',
    'chooseDay: "Sunday"',
    'Sunday it is.',
    'bookTrain: {"booked":"2 to Huế"}',
    'Have a good trip!',
  ])
  expect(model.requests).toHaveLength(4)
})

it('tells the model where the person declines', async () => {
  fireEvent.click(await screen.findByText('Do not book'))
  await answer('Another time, then.')
  expect(shown()).toContain('bookTrain: The user declined.')
})
