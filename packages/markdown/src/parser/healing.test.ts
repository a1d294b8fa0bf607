import { describe, expect, it } from 'vitest'
import { answer } from '../test-support/documents.ts'
import { createRandom, cutAtRandom } from '../test-support/random.ts'
import { toHtml } from '../test-support/to-html.ts'
import { createMarkdownStream } from './markdown-stream.ts'
import { toPlainText } from './plain-text.ts'

/** What shows of a text that goes on. */
function shown(text: string): string {
  const stream = createMarkdownStream()
  stream.push(text)
  stream.flush()
  return toHtml(stream.root).trim()
}

describe('what is open at the end shows as if it closed there', () => {
  it.each([
    ['some **bold', '<p>some <strong>bold</strong></p>'],
    ['some *it **both', '<p>some <em>it <strong>both</strong></em></p>'],
    ['some ~~gone', '<p>some <del>gone</del></p>'],
    ['a `code', '<p>a <code>code</code></p>'],
    ['a [link', '<p>a link</p>'],
    ['a [link](https://exa', '<p>a <a href="">link</a></p>'],
    ['a [link](/url "ti', '<p>a <a href="">link</a></p>'],
    ['- item **bold', '<ul>\n<li>item <strong>bold</strong>\n</li>\n</ul>'],
    [
      '| a |\n|---|\n| **b',
      '<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><strong>b</strong></td>\n</tr>\n</tbody>\n</table>',
    ],
    ['# A *hea', '<h1>A <em>hea</em></h1>'],
    ['```ts\nconst a', '<pre><code class="language-ts">const a\n</code></pre>'],
  ])('%j', (text, html) => {
    expect(shown(text)).toBe(html)
  })
})

describe('what could become anything is withheld', () => {
  it.each([
    ['text\n#', '<p>text</p>'],
    ['text\n\n-', '<p>text</p>'],
    ['text\n\n1.', '<p>text</p>'],
    ['text\n\n```', '<p>text</p>'],
    ['text\n===', '<p>text</p>'],
    ['text\n\n| a | b', '<p>text</p>'],
    ['text\n\n| a | b |\n', '<p>text</p>\n<p></p>'],
    ['text\n\n[label]: /u', '<p>text</p>\n<p></p>'],
    ['- [x] ', ''],
    ['text **', '<p>text</p>'],
    ['text \\', '<p>text</p>'],
    ['text &am', '<p>text</p>'],
    ['text <a hr', '<p>text</p>'],
    ['text ![alt](/u', '<p>text</p>'],
    ['text ![al', '<p>text</p>'],
    ['text [^no', '<p>text</p>'],
    ['```\ncode\n``', '<pre><code>code\n</code></pre>'],
  ])('%j', (text, html) => {
    expect(shown(text)).toBe(html)
  })
})

it('shows what was withheld once it is decided', () => {
  expect(shown('text\n\n#hashtag')).toBe('<p>text</p>\n<p>#hashtag</p>')
  expect(shown('text &amp')).toBe('<p>text</p>')
  expect(shown('text &amp;')).toBe('<p>text &amp;</p>')
  expect(shown('a | b\nc')).toBe('<p>a | b\nc</p>')
})

it('never heals what has ended', () => {
  expect(shown('some **bold\n\nmore')).toBe('<p>some **bold</p>\n<p>more</p>')
})

it('takes back text that it showed in less than a frame of two hundred', () => {
  let frames = 0
  let retractions = 0
  for (let seed = 1; seed <= 12; seed++) {
    const random = createRandom(seed)
    const stream = createMarkdownStream()
    let before = ''
    for (const piece of cutAtRandom(answer(random, 3000), {
      ...random,
      pick: (items) => items[2] ?? random.pick(items),
    })) {
      stream.push(piece)
      stream.flush()
      const now = stream.root.children.map(toPlainText).join(' ').replace(/\s+/g, ' ').trim()
      if (!now.startsWith(before)) retractions++
      before = now
      frames++
    }
  }
  expect(frames).toBeGreaterThan(3000)
  expect(retractions / frames).toBeLessThan(0.005)
})
