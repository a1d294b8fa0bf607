import type { Meta, StoryObj } from '@storybook/react-vite'
import { useEffect, useState } from 'react'
import { expect, spyOn, userEvent, waitFor, within } from 'storybook/test'
import { CodeBlock } from './code-block.tsx'
import { Prose } from './prose.tsx'
import { CodeBlockProvider } from './prose-providers.ts'

/** What a model wrote, as Markdown. */
const meta = {
  title: 'Parts/Prose',
  component: Prose,
  parameters: { layout: 'padded' },
} satisfies Meta<typeof Prose>

export default meta
type Story = StoryObj<typeof meta>

export const Headings: Story = {
  args: {
    text: '# The mill\n\nA mill grinds.\n\n## The race\n\nIt leads water.\n\n### The sluice\n\nIt stops water.\n\n#### The gate\n\nIt is of oak.',
  },
}

export const Emphasis: Story = {
  args: {
    text: 'Water is *heavy*, **very heavy**, ***heavier than it looks***, ~~light~~, and `wet`.  \nA line ends where two spaces stand.\n\n---\n\nAfter a rule, a new thought.',
  },
}

export const Lists: Story = {
  args: {
    text: '- Wheel\n- Race\n  - Headrace\n  - Tailrace\n    - Its end\n- Stones\n\n1. Open the sluice.\n2. Wait.\n\n   The wheel takes its time.\n3. Grind.\n\n10. The tenth',
  },
}

export const Tasks: Story = {
  args: { text: '- [x] Grease the axle\n- [ ] Dress the stones\n- [ ] Clear the race' },
}

export const Quotes: Story = {
  args: { text: '> The mill cannot grind with the water that is past.\n>\n> > Nor with that to come.\n\nSo they say.' },
}

export const LinksAndAddresses: Story = {
  args: {
    text: 'Read [how millraces work](https://example.com/millraces "A page"), write to <miller@example.com>, or see https://example.org/wheels. This [leads nowhere](javascript:alert(1)).',
  },
  async play({ canvasElement }) {
    await expect(within(canvasElement).getAllByRole('link')).toHaveLength(3)
  },
}

/** Nothing is fetched from elsewhere before the reader asks for it. */
export const ImageFromElsewhere: Story = {
  args: { text: 'The wheel: ![An overshot wheel](https://images.example/wheel.png)' },
  async play({ canvasElement }) {
    await expect(within(canvasElement).queryByRole('img')).toBeNull()
    await expect(within(canvasElement).getByRole('link', { name: /from images\.example/ })).toBeVisible()
  },
}

const code = `/** Litres a second that reach the wheel. */
export async function flow(gates: readonly Gate[]): Promise<number> {
  const open = gates.filter((gate) => gate.isOpen && gate.height > 0.25)
  return open.reduce((sum, { width, height }) => sum + width * height * 1_000, 0) // all of them
}`

/** Coloured by the highlighter of the nearest \`HighlighterProvider\`, and copied by its button. */
export const Code: Story = {
  args: { text: `\`\`\`ts\n${code}\n\`\`\`` },
  beforeEach() {
    spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Copy' }))
    await expect(navigator.clipboard.writeText).toHaveBeenCalledWith(code)
  },
}

// Colours come once the language is loaded and the page has nothing else to do.
const idle = { timeout: 10_000 }

export const CodeInOtherLanguages: Story = {
  args: {
    text: '```diff\n- gate.close()\n+ gate.open()\n```\n\n```json\n{ "gate": "open", "height": 0.4, "oak": true }\n```\n\n```css\n.wheel { rotate: 12deg; }\n```\n\n```html\n<a href="/mill">The mill</a>\n```',
  },
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText('"open"', {}, idle)).toHaveAttribute('data-token', 'string')
  },
}

export const CodeWithoutLanguage: Story = { args: { text: '```\nopen the gate\n  wait\n```' } }

/** `CodeBlockProvider` puts `CodeBlock` around it: numbered lines, that may be wrapped, copied, and kept as a file. */
export const CodeWithAllItsTools: Story = {
  args: { text: `\`\`\`ts\n${'// '.repeat(120)}long\n${'gate.open()\n'.repeat(99)}\`\`\`` },
  decorators: [
    (Story) => (
      <CodeBlockProvider value={CodeBlock}>
        <Story />
      </CodeBlockProvider>
    ),
  ],
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const code = await canvas.findByRole('group', { name: 'Code, ts' })
    await waitFor(() => expect(code.scrollWidth).toBeGreaterThan(code.clientWidth))
    const wrap = canvas.getByRole('button', { name: 'Wrap long lines' })
    await userEvent.click(wrap)
    await expect(wrap).toHaveAttribute('aria-pressed', 'true')
    await expect(code.scrollWidth).toBe(code.clientWidth)
    await expect(canvas.getByRole('button', { name: 'Download the code' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Copy' })).toBeVisible()
  },
}

export const LongLineOfCode: Story = { args: { text: `\`\`\`\n${'gate.open() && '.repeat(30)}true\n\`\`\`` } }

/** Groups of lines that are not laid out while out of view still let the widest be scrolled to. */
export const LongLineInLongCode: Story = {
  args: { text: `\`\`\`\n${'gate.open() && '.repeat(90)}true\n${'wait()\n'.repeat(99)}\`\`\`` },
  async play({ canvasElement }) {
    const code = await within(canvasElement).findByRole('group', { name: 'Code' })
    await waitFor(() => expect(code.scrollWidth).toBeGreaterThan(code.clientWidth))
  },
}

export const Table: Story = {
  args: {
    text: '| Wheel | Fall | Efficiency |\n| :--- | ---: | :---: |\n| Overshot | 3 m | 80 % |\n| Breastshot | 2 m | 60 % |\n| Undershot | 0.5 m | 30 % |',
  },
}

/** Scrolls by itself where it is wider than the text. */
export const WideTable: Story = {
  args: {
    text: `|${' A wide column |'.repeat(14)}\n|${' --- |'.repeat(14)}\n|${' of many words |'.repeat(14)}`,
  },
}

export const Footnotes: Story = {
  args: {
    text: 'Mills are old[^1], and so are wheels[^wheel].\n\n[^1]: Older than most towns.\n\n[^wheel]: Older still.',
  },
}

export const HtmlThatCannotRun: Story = {
  args: {
    text: 'Press <kbd>Enter</kbd> for H<sub>2</sub>O.\n\n<details>\n<summary>More</summary>\n\nIt is **wet**.\n\n</details>\n\n<script>alert(1)</script>',
  },
  async play({ canvasElement }) {
    await expect(canvasElement.querySelector('script')).toBeNull()
  },
}

export const Vietnamese: Story = {
  args: {
    text: '## Ổ bánh mì, chữ Ế và dấu ngã\n\nNước chảy **đá mòn**: cối xay quay *suốt ngày đêm*.\n\n1. Mở cửa cống\n2. Đợi bánh xe',
  },
}

export const RightToLeft: Story = {
  args: { text: '## الطاحونة\n\nالماء **ثقيل**، والعجلة تدور.\n\n- الأول\n- الثاني\n\n`code()` stays as it is.' },
}

const growing = '## What grows\n\nA list:\n\n1. **One**\n2. `two`\n\n| A | B |\n| - | - |\n| 1 | 2 |\n\nThe end.'

/** A text that grows: what is unfinished at its end is shown as if it ended there. */
export const BeingWritten: Story = {
  args: { text: growing, isStreaming: true },
  render: ({ text }) => <GrowingProse text={text} />,
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText('The end.')).toBeVisible()
    await expect(within(canvasElement).getByRole('table')).toBeVisible()
  },
}

/** It ended in the middle of what should have become bold: bold it stays, and no caret promises more. */
export const CutOff: Story = {
  args: { text: 'The wheel turns, and **the sto', isCut: true },
  async play({ canvasElement }) {
    const bold = within(canvasElement).getByText('the sto')
    await expect(bold.tagName).toBe('STRONG')
    await expect(getComputedStyle(bold.parentElement as Element, '::after').content).toBe('none')
  },
}

function GrowingProse({ text }: { readonly text: string }) {
  const [length, setLength] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setLength((before) => before + 3), 16)
    return () => clearInterval(timer)
  }, [])
  return <Prose text={text.slice(0, length)} isStreaming={length < text.length} />
}
