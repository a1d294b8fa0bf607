import type { MessageInit } from '@millrace/core'
import { composeStories } from '@storybook/react-vite'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { cleanup, render } from 'vitest-browser-react'
import * as attachments from './attachments/attachments.stories.tsx'
import { Chat } from './chat/chat.tsx'
import * as costTable from './cost-table/cost-table.stories.tsx'
import * as errorCard from './error-card/error-card.stories.tsx'
import * as keyDialog from './key-dialog/key-dialog.stories.tsx'
import * as modelPicker from './model-picker/model-picker.stories.tsx'
import { type Appearance, appearancesIn, differences } from './test-support/appearance.ts'
import { addStyles, bootstrapCss, ownCss, preflightCss, unlayeredCss } from './test-support/style-sheets.ts'
import { createTestChat } from './test-support/test-chat.tsx'
import * as threadList from './thread-list/thread-list.stories.tsx'
import * as wireInspector from './wire-inspector/wire-inspector.stories.tsx'

const answer = `# Wheels

They turn by **weight**, not by [speed](https://mill.test), and \`race\` says <kbd>how</kbd> much[^1].

1. Water
2. [ ] Stone
   - in it

> Said the miller.

\`\`\`ts
const race = 'water'
\`\`\`

| Wheel | Turns |
| :-- | --: |
| Overshot | 12 |

---

[^1]: By the second.
`

const messages: readonly MessageInit[] = [
  { id: 'q', role: 'user', content: 'What turns the wheel?\n\nAnd why?' },
  {
    id: 'a',
    role: 'assistant',
    parts: [
      { type: 'reasoning', text: 'Think of the bucket.', state: 'done', durationMs: 2_000 },
      {
        type: 'tool-call',
        toolCallId: 't',
        toolName: 'measure',
        argumentsText: '{"wheel":1}',
        input: { wheel: 1 },
        output: 'Wet',
        state: 'output-available',
      },
      { type: 'text', text: answer, state: 'done' },
      { type: 'source', url: 'https://mill.test/source', title: 'A source' },
    ],
    finishReason: 'length',
  },
]

let remove = () => {}

// High enough that nothing scrolls: out of view, a turn has the height that it had in view, or was guessed to have.
beforeAll(() => page.viewport(900, 1_500))

/** What comes into view is laid out with the next frame, and what moves then is looked at where it ends. */
async function atRest(): Promise<void> {
  await new Promise(requestAnimationFrame)
  await new Promise(requestAnimationFrame)
  for (const animation of document.getAnimations()) animation.cancel()
}

async function renderChat(): Promise<HTMLElement> {
  const { store } = createTestChat({ messages })
  await render(
    // Nothing is under the pointer, wherever another test has left it.
    <div style={{ blockSize: 1_400, inlineSize: 800, position: 'fixed', insetBlockStart: 0, pointerEvents: 'none' }}>
      <Chat chat={{ store }} theme="light" />
    </div>,
  )
  await expect.element(page.getByRole('table')).toBeInTheDocument()
  for (const fold of document.querySelectorAll('details')) fold.open = true
  await atRest()
  return page.getByRole('region', { name: 'Chat' }).element() as HTMLElement
}

/** How everything in a chat looks in a page with these style sheets. */
async function lookUnder(...sheets: readonly string[]): Promise<readonly Appearance[]> {
  remove = addStyles(...sheets)
  const look = appearancesIn(await renderChat())
  await cleanup()
  remove()
  return look
}

afterEach(async () => {
  await cleanup()
  remove()
})

describe('a chat looks as it does by itself', () => {
  const differencesTo = async (...sheets: readonly string[]) =>
    differences(await lookUnder(ownCss), await lookUnder(...sheets))

  it('where there is something to look at, and all of it is in view', async () => {
    expect((await lookUnder(ownCss)).length).toBeGreaterThan(50)
    const log = page.getByRole('log')
    remove = addStyles(ownCss)
    await renderChat()
    expect(log.element().scrollHeight).toBe(log.element().clientHeight)
  })

  it("after Tailwind's preflight", async () => {
    expect(await differencesTo(preflightCss, ownCss)).toEqual([])
  })

  it("before Tailwind's preflight, where the page puts our layers behind its base", async () => {
    const order = '@layer theme, base, millrace, components, utilities;'
    expect(await differencesTo(order, ownCss, preflightCss)).toEqual([])
  })

  it('with Bootstrap as it is, without layers of our own', async () => {
    expect(await differencesTo(bootstrapCss, unlayeredCss)).toEqual([])
    expect(await differencesTo(unlayeredCss, bootstrapCss)).toEqual([])
  })

  it('with Bootstrap in a layer', async () => {
    expect(await differencesTo(`@layer bootstrap { ${bootstrapCss} }`, ownCss)).toEqual([])
  })
})

const parts = {
  attachments: composeStories(attachments).None,
  'cost table': composeStories(costTable).OfTwoModels,
  'error card': composeStories(errorCard).Overloaded,
  'key dialog': composeStories(keyDialog).Empty,
  'model picker': composeStories(modelPicker).InAndOut,
  'thread list': composeStories(threadList).ByDay,
  'wire inspector': composeStories(wireInspector).BeforeAnything,
}

describe.each(Object.keys(parts) as (keyof typeof parts)[])('a part looks as it does by itself: %s', (name) => {
  async function lookOfPart(...sheets: readonly string[]): Promise<readonly Appearance[]> {
    remove = addStyles(...sheets)
    const Part = parts[name]
    const { container } = await render(
      <div className="millrace" data-theme="light" style={{ inlineSize: 800 }}>
        <Part />
      </div>,
    )
    const root = container.firstElementChild as HTMLElement
    await expect.poll(() => root.querySelectorAll('[class*="mr-"]').length).toBeGreaterThan(0)
    await atRest()
    const look = appearancesIn(root)
    await cleanup()
    remove()
    return look
  }

  const differencesTo = async (...sheets: readonly string[]) =>
    differences(await lookOfPart(ownCss), await lookOfPart(...sheets))

  it('in pages of Tailwind and of Bootstrap', async () => {
    expect(await differencesTo(preflightCss, ownCss)).toEqual([])
    expect(await differencesTo(bootstrapCss, unlayeredCss)).toEqual([])
  })
})

describe('a page looks as it did without us', () => {
  const zoo = `
    <h1>Shop</h1><h2>News</h2><h3>Today</h3>
    <p>Text with <a href="#a">a link</a>, <code>code</code>, <kbd>K</kbd>, <strong>weight</strong><sup>1</sup>.</p>
    <ul><li>One<ul><li>Two</li></ul></li></ul><ol><li>First</li></ol><dl><dt>Term</dt><dd>Meaning</dd></dl>
    <blockquote>Said</blockquote><pre><code>pre</code></pre><hr />
    <table><thead><tr><th>Head</th></tr></thead><tbody><tr><td>Cell</td></tr></tbody></table>
    <form><label>Name <input value="x" /></label><input type="checkbox" checked /><select><option>1</option></select>
    <textarea rows="2">Words</textarea><button>Press</button><button disabled>Not</button></form>
    <details open><summary>Fold</summary>Inside</details><figure><figcaption>Caption</figcaption></figure>
    <article data-role="user" data-status="done" data-state="x" data-streaming>Article</article>
    <section class="chat message composer thread button card"><nav>Menu</nav></section>
    <dialog open>Dialog</dialog><div popover>Popover</div><svg width="9" height="9"><path d="M0 0h9" /></svg>`

  it.each([
    ['layered', ownCss],
    ['unlayered', unlayeredCss],
  ])('to every kind of element, %s', (_, css) => {
    const host = document.createElement('main')
    host.innerHTML = zoo
    document.body.append(host)
    const before = everythingIn(document.documentElement)
    remove = addStyles(css)
    const after = everythingIn(document.documentElement)
    host.remove()
    expect(before.length).toBeGreaterThan(50)
    expect(after).toEqual(before)
  })

  /** Each property of each element, and of what stands before and after it. */
  function everythingIn(root: Element): string[] {
    return [root, ...root.querySelectorAll('body, body *')].flatMap((element) =>
      [null, '::before', '::after', '::marker', '::placeholder'].map((pseudo) => {
        const style = getComputedStyle(element, pseudo)
        return `${element.localName}${pseudo ?? ''} ${[...style].map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ')}`
      }),
    )
  }
})
