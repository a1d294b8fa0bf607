import { HtmlRenderer, Parser } from 'commonmark'
import { toHtml as hastToHtml } from 'hast-util-to-html'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toHast } from 'mdast-util-to-hast'
import { gfm } from 'micromark-extension-gfm'
import { expect, it } from 'vitest'
import { answer } from '../test-support/documents.ts'
import { normalizeHtml } from '../test-support/normalize-html.ts'
import { createRandom } from '../test-support/random.ts'
import { toHtml } from '../test-support/to-html.ts'
import { parse } from '../test-support/tree.ts'

// `pnpm fuzz:markdown` compares 2,000; here are as many as take a few seconds.
const runs = Number(process.env.MILLRACE_MARKDOWN_DOCUMENTS ?? 150)
const seeds = Array.from({ length: runs }, (_, index) => index + 1)
const lengthOf = (seed: number) => 400 + (seed % 7) * 300

it('agrees with commonmark.js on generated answers', () => {
  const parser = new Parser()
  const renderer = new HtmlRenderer()
  for (const seed of seeds) {
    const text = answer(createRandom(seed), lengthOf(seed))
    expect(normalizeHtml(toHtml(parse(text, { gfm: false }))), `seed ${seed}`).toBe(
      normalizeHtml(renderer.render(parser.parse(text))),
    )
  }
}, 120_000)

it('agrees with mdast and its GFM on generated answers', () => {
  for (const seed of seeds) {
    const text = answer(createRandom(seed), lengthOf(seed))
    const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
    const reference = hastToHtml(toHast(tree, { allowDangerousHtml: true }), { allowDangerousHtml: true })
    expect(comparable(toHtml(parse(text))), `seed ${seed}`).toBe(comparable(reference))
  }
}, 600_000)

/** Without what each spells in its own way: the classes of tasks, the markup of footnotes, code of one empty line. */
function comparable(html: string): string {
  const [body = ''] = html.split(/<section[^>]*class="footnotes"/)
  return normalizeHtml(
    body
      .replace(/(<pre><code[^>]*>)\n(?=<\/code>)/g, '$1')
      .replace(/ class="(?:contains-)?task-list(?:-item)?"/g, '')
      .replace(/<sup>(?:<a [^>]*>)?\[?(\d+)(?:\.\d+\])?(?:<\/a>)?<\/sup>/g, '<sup>$1</sup>'),
  )
}
