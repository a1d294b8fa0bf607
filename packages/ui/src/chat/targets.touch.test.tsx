import { afterEach, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup } from 'vitest-browser-react'
import { en } from '../strings/all.ts'
import '../styles.css'
import { renderChat, smallerThan } from '../test-support/targets.tsx'

afterEach(() => cleanup())

it('what can be pressed has 44 pixels for a finger, in menus and dialogs too', async () => {
  await renderChat()
  await expect.poll(() => smallerThan(44)).toEqual([])
  // Those of a question appear once it is touched.
  await page.getByText('Question').click()
  await expect.element(page.getByRole('button', { name: en.editMessage })).toBeVisible()
  await expect.poll(() => smallerThan(44)).toEqual([])
  await page.getByRole('button', { name: en.export }).click()
  expect(document.querySelectorAll('[role="menuitem"]').length).toBe(3)
  await expect.poll(() => smallerThan(44)).toEqual([])
  await userEvent.keyboard('{Escape}')
  await page.getByRole('button', { name: en.shortcuts }).click()
  await expect.element(page.getByRole('button', { name: en.close })).toBeVisible()
  await expect.poll(() => smallerThan(44)).toEqual([])
})
