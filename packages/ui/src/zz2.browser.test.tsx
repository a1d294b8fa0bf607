import { ChatError, type MessageInit } from '@millrace/core'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { commands, page, server, userEvent } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import { Chat, type ChatLook } from './chat/chat.tsx'
import './styles.css'
import { changes, fromText, type Stroke, sketch, toText } from './test-support/sketch.ts'
import { createTestChat } from './test-support/test-chat.tsx'
import type { TokenStyle } from './tokens/tokens.ts'

// Short lines: no font is so wide that they wrap.
const answer = `## Wheels

They turn by **weight**.

- Overshot
- Undershot

\`\`\`ts
const race = 1
\`\`\`

| Wheel | Turns |
| --- | --: |
| Tub | 12 |
`

const question: MessageInit = { role: 'user', content: 'What turns it?' }
const scenes: Readonly<Record<string, readonly MessageInit[]>> = {
  empty: [],
  answer: [
    question,
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'Think.', state: 'done', durationMs: 2_000 },
        { type: 'text', text: answer, state: 'done' },
        { type: 'source', url: 'https://mill.test', title: 'A mill' },
      ],
      finishReason: 'stop',
    },
  ],
  endings: [
    question,
    { role: 'assistant', content: 'It was', finishReason: 'length' },
    question,
    {
      role: 'assistant',
      content: 'It is',
      finishReason: 'error',
      error: new ChatError('server-error'),
    },
  ],
}

interface Look extends ChatLook {
  readonly width?: number
  readonly direction?: 'rtl'
}
const looks: Readonly<Record<string, Look>> = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  phone: { theme: 'light', width: 390 },
  vietnamese: { theme: 'light', locale: 'vi' },
  'right-to-left': { theme: 'light', direction: 'rtl' },
}

const isUpdating = server.config.snapshotOptions.updateSnapshot === 'all'
const kept = import.meta.glob<string>('./test-support/looks/*.txt', { query: '?raw', import: 'default', eager: true })

afterEach(cleanup)

async function draw(messages: readonly MessageInit[], { width = 900, direction, ...look }: Look) {
  // High enough that nothing scrolls.
  await page.viewport(width, 1_000)
  const { store } = createTestChat({ messages })
  const chat: ReactNode = <Chat chat={{ store }} {...look} />
  await render(
    // Wherever another test has left the pointer, nothing is under it: a question shows its actions then.
    <div dir={direction} style={{ position: 'fixed', inset: 0 }}>
      {chat}
    </div>,
  )
  const root = page.getByRole('region').first().element() as HTMLElement
  await userEvent.hover(page.getByText('What turns it?').first(), { force: true }).catch((e) => console.log('HOVER', String(e).slice(0,200)))
  return atRest(root)
}

/** Markdown comes in an effect and highlights after it: what is drawn counts once it is drawn the same again. */
async function atRest(root: HTMLElement): Promise<Stroke[]> {
  let before = ''
  await expect
    .poll(() => {
      const now = toText(sketch(root))
      const isSame = now === before && !root.querySelector('.mr-prose:empty')
      before = now
      return isSame
    })
    .toBe(true)
  return fromText(before)
}

// After a change that was meant: `vitest run -u --project browser packages/ui/src/visual`, and look at the difference.
describe.each(Object.keys(scenes))('the scene "%s"', (scene) => {
  it.each(Object.keys(looks))('looks as it did: %s', async (look) => {
    const path = `test-support/looks/${scene}-${look}.txt`
    const strokes = await draw(scenes[scene] ?? [], looks[look] ?? {})
    if (isUpdating) await commands.writeFile(`packages/ui/src/${path}`, toText(strokes))
    else expect(changes(fromText(kept[`./${path}`] ?? ''), strokes)).toEqual([])
  })
})

describe.skipIf(isUpdating)('a scene', () => {
  const baseline = (name: string) => fromText(kept[`./test-support/looks/${name}.txt`] ?? '')

  it.each(['serif', 'monospace'])('is the same in letters that are as wide as %s', async (font) => {
    for (const scene of Object.keys(scenes)) {
      const strokes = await draw(scenes[scene] ?? [], { ...looks.light, style: { '--mr-font': font } as TokenStyle })
      expect(changes(baseline(`${scene}-light`), strokes), scene).toEqual([])
      await cleanup()
    }
  })

  const others: readonly [string, TokenStyle][] = [
    ['a colour', { '--mr-color-bubble': '#e0e6ea' }],
    ['a distance', { '--mr-turn-gap': '34px' }],
  ]

  it.each(others)('is another where %s is another', async (_, style) => {
    const strokes = await draw(scenes.answer ?? [], { ...looks.light, style })
    expect(changes(baseline('answer-light'), strokes)).not.toEqual([])
  })
})
