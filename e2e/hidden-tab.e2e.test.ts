import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRawTab, type RawTab } from './raw-browser.ts'

const page = `
  import { createElement } from 'react'
  import { createRoot } from 'react-dom/client'
  import { useStreamingChat } from '@millrace/hooks'
  import { createManualProvider } from '@millrace/testing'

  const provider = createManualProvider()
  function Page() {
    const chat = useStreamingChat({ baseURL: 'http://model.test/v1', model: 'm', fetch: provider.fetch })
    Object.assign(globalThis, { provider, chat, frames: 0, countFrame: () => { frames++ } })
    return createElement('p', null, chat.messages.at(-1)?.content)
  }
  createRoot(document.body).render(createElement(Page))
`

let tab: RawTab

// Timers of a hidden tab come once a second, and other tests may keep the machine busy.
const eventually = (read: () => Promise<unknown>) => expect.poll(read, { timeout: 20_000 })

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: page, resolveDir: fileURLToPath(new URL('../packages/hooks', import.meta.url)) },
    bundle: true,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
    conditions: ['@millrace/source'],
    write: false,
  })
  tab = await openRawTab()
  await tab.evaluate(`${outputFiles[0]?.text}; 0`)
})

afterAll(() => tab?.close())

it('invariant 2: a hidden tab still drains, though it gets no frames', async () => {
  const { evaluate } = tab
  await eventually(() => evaluate('typeof chat')).toBe('object')
  await evaluate("reply = chat.sendMessage('Hi'); 0")
  await eventually(() => evaluate('provider.requests.length')).toBe(1)
  await tab.minimize()
  await eventually(() => evaluate('document.visibilityState')).toBe('hidden')
  await evaluate('requestAnimationFrame(countFrame)')
  let text = ''
  for (const delta of ['a', 'b', 'c']) {
    text += delta
    await evaluate(`provider.say(${JSON.stringify(delta)})`)
    await eventually(() => evaluate('document.body.textContent')).toBe(text)
  }
  await evaluate("provider.say('d'); provider.finish('stop')")
  expect(await evaluate('reply.then(({ content, finishReason }) => [content, finishReason])')).toEqual(['abcd', 'stop'])
  expect(await evaluate('[document.visibilityState, frames]')).toEqual(['hidden', 0])
})
