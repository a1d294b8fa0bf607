import { StrictMode, useRef, useState } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { en } from '../strings/all.ts'
import '../styles.css'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

const heard = vi.fn()

afterEach(async () => {
  await cleanup()
  heard.mockClear()
})

function Page({ keepsOpen = false, hasInput = false }) {
  const [isOpen, setIsOpen] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to what comes out of the dialog.
    <div className="millrace" onKeyDown={({ key }) => heard(key)} style={{ blockSize: 3000 }}>
      <Button onClick={() => setIsOpen(true)} style={{ marginBlockStart: 1000 }}>
        Open
      </Button>
      {isOpen && (
        <Dialog
          title="Your key"
          keepsOpen={keepsOpen}
          initialFocus={hasInput ? input : undefined}
          onClose={() => setIsOpen(false)}
        >
          <input ref={input} aria-label="Key" />
        </Dialog>
      )}
    </div>
  )
}

const dialog = () => page.getByRole('dialog', { name: 'Your key' })
const opener = () => page.getByRole('button', { name: 'Open' })

async function open(props: Parameters<typeof Page>[0] = {}) {
  await render(
    <StrictMode>
      <Page {...props} />
    </StrictMode>,
  )
  opener().element().scrollIntoView()
  await opener().click()
  await expect.element(dialog()).toBeVisible()
}

const pressAt = (x: number, y: number) => userEvent.click(document.documentElement, { position: { x, y } })

it('has the focus, its name, and the rest out of reach', async () => {
  await open()
  expect(document.activeElement).toBe(dialog().element())
  expect(dialog().element().matches(':modal')).toBe(true)
  ;(document.querySelector('button') as HTMLElement).focus()
  expect(document.activeElement).toBe(dialog().element())
})

it('begins where it is told to', async () => {
  await open({ hasInput: true })
  await expect.element(page.getByRole('textbox', { name: 'Key' })).toHaveFocus()
})

it.each(['Escape', 'the cross'])('closes by %s, with the focus and the page where they were', async (way) => {
  await open()
  const scrolled = window.scrollY
  expect(scrolled).toBeGreaterThan(0)
  if (way === 'Escape') await userEvent.keyboard('{Escape}')
  else await page.getByRole('button', { name: en.close }).click()
  await expect.element(dialog()).not.toBeInTheDocument()
  await expect.element(opener()).toHaveFocus()
  expect(window.scrollY).toBe(scrolled)
})

it('keeps its keys to itself', async () => {
  await open({ hasInput: true })
  heard.mockClear()
  await userEvent.keyboard('?{Escape}')
  expect(heard).not.toHaveBeenCalled()
})

it('closes by a press beside it, not by one on it', async () => {
  await open()
  await page.getByText('Your key').click()
  await expect.element(dialog()).toBeVisible()
  await pressAt(5, window.scrollY + 5)
  await expect.element(dialog()).not.toBeInTheDocument()
})

it('stays through a press beside it where something could be lost', async () => {
  await open({ keepsOpen: true })
  await pressAt(5, window.scrollY + 5)
  await expect.element(dialog()).toBeVisible()
})
