import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Markdown } from '../react/markdown.tsx'
import { createDiagrams, type Mermaid } from './index.ts'

let host: HTMLElement
let root: Root

beforeEach(() => {
  host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
})

afterEach(() => {
  root.unmount()
  host.remove()
})

const svg = (script: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40.2"><script>${script}</script><rect width="120" height="40"/></svg>`

function fakeMermaid(): Mermaid & { readonly render: ReturnType<typeof vi.fn<Mermaid['render']>> } {
  return {
    initialize: vi.fn(),
    render: vi.fn(async (_, text: string) => {
      if (text.includes('nonsense')) throw new Error('no diagram')
      return { svg: svg('parent.ranInPicture = true') }
    }),
  }
}

function show(text: string, mermaid: Mermaid, streaming = false): void {
  const extensions = [createDiagrams({ load: async () => ({ default: mermaid }) })]
  flushSync(() => root.render(<Markdown key={text} text={text} streaming={streaming} extensions={extensions} />))
}

const image = () => host.querySelector('img')

it('draws a closed fence as a picture, in which nothing runs', async () => {
  const mermaid = fakeMermaid()
  show('```mermaid\ngraph TD\n```', mermaid)
  expect(host.querySelector('pre')?.textContent).toBe('graph TD\n')
  await vi.waitFor(() => expect(image()?.complete).toBe(true))
  expect(image()?.naturalWidth).toBeGreaterThan(0)
  expect([image()?.width, image()?.height]).toEqual([120, 41])
  expect('ranInPicture' in window).toBe(false)
  expect(host.querySelector('svg')).toBeNull()
  expect(mermaid.initialize).toHaveBeenCalledWith(expect.objectContaining({ securityLevel: 'strict' }))
})

it('draws nothing that is still being written', async () => {
  const mermaid = fakeMermaid()
  show('```mermaid\ngraph TD', mermaid, true)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(mermaid.render).not.toHaveBeenCalled()
})

it('draws nothing that nobody sees', async () => {
  const mermaid = fakeMermaid()
  host.style.paddingBlockStart = '5000px'
  show('```mermaid\ngraph TD\n```', mermaid)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(mermaid.render).not.toHaveBeenCalled()
  host.style.paddingBlockStart = ''
  await vi.waitFor(() => expect(image()).not.toBeNull())
})

it('keeps the code of what makes no picture', async () => {
  const mermaid = { ...fakeMermaid(), render: vi.fn(async () => ({ svg: '<svg>\ud83d</svg>' })) }
  show('```mermaid\nhalf a pair\n```', mermaid)
  await vi.waitFor(() => expect(mermaid.render).toHaveBeenCalled())
  await new Promise((resolve) => setTimeout(resolve))
  expect(image()).toBeNull()
  expect(host.querySelector('pre')?.textContent).toBe('half a pair\n')
})

it('keeps the code of what cannot be drawn, and nothing of Mermaid’s says so elsewhere in the page', async () => {
  const mermaid = fakeMermaid()
  show('```mermaid\nnonsense\n```', mermaid)
  await vi.waitFor(() => expect(mermaid.render).toHaveBeenCalled())
  await Promise.resolve()
  expect(image()).toBeNull()
  expect(mermaid.initialize).toHaveBeenCalledWith(expect.objectContaining({ suppressErrorRendering: true }))
  expect(host.querySelector('pre')?.textContent).toBe('nonsense\n')
})
