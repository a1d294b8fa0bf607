import { describe, expect, it } from 'vitest'
import { normalizeHtml } from '../test-support/normalize-html.ts'
import { toHtml } from '../test-support/to-html.ts'
import { parse } from '../test-support/tree.ts'

// Written from the rules of GitHub Flavored Markdown 0.29, an example for each of the specification's 23.

const html = (markdown: string) => normalizeHtml(toHtml(parse(markdown)))
const table = (head: string, body = '') =>
  normalizeHtml(`<table><thead>${head}</thead>${body ? `<tbody>${body}</tbody>` : ''}</table>`)
const row = (tag: string, ...cells: readonly string[]) =>
  `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`

describe('tables', () => {
  it('have a head, a line of delimiters and rows', () => {
    expect(html('| one | two |\n| --- | --- |\n| 1 | 2 |')).toBe(table(row('th', 'one', 'two'), row('td', '1', '2')))
  })

  it('align their columns by colons, and need no pipes at the edges', () => {
    const aligned = (tag: string, center: string, right: string) =>
      `<tr><${tag} align="center">${center}</${tag}><${tag} align="right">${right}</${tag}></tr>`
    expect(html('| c | right |\n:-: | ---:\nx | y')).toBe(table(aligned('th', 'c', 'right'), aligned('td', 'x', 'y')))
  })

  it('take an escaped pipe into a cell, in code and emphasis too', () => {
    const rows = row('td', 'a <code>|</code> b') + row('td', 'c <strong>|</strong> d')
    expect(html('| x\\|y |\n| --- |\n| a `\\|` b |\n| c **\\|** d |')).toBe(table(row('th', 'x|y'), rows))
  })

  it('end where another block starts', () => {
    expect(html('| a | b |\n| - | - |\n| 1 | 2 |\n> quoted')).toBe(
      normalizeHtml(`${table(row('th', 'a', 'b'), row('td', '1', '2'))}<blockquote><p>quoted</p></blockquote>`),
    )
  })

  it('end at a blank line, and until then take any line for a row', () => {
    expect(html('| a | b |\n| - | - |\n| 1 | 2 |\nloose\n\nafter')).toBe(
      normalizeHtml(`${table(row('th', 'a', 'b'), row('td', '1', '2') + row('td', 'loose', ''))}<p>after</p>`),
    )
  })

  it('are none if head and delimiters differ in their number of cells', () => {
    expect(html('| a | b |\n| --- |\n| c |')).toBe('<p>| a | b | | --- | | c |</p>')
  })

  it('fill rows that are short and cut those that are long', () => {
    const rows = row('td', '1', '') + row('td', '1', '2')
    expect(html('| a | b |\n| - | - |\n| 1 |\n| 1 | 2 | 3 |')).toBe(table(row('th', 'a', 'b'), rows))
  })

  it('may be a head alone', () => {
    expect(html('| a | b |\n| - | - |')).toBe(table(row('th', 'a', 'b')))
  })
})

describe('tasks', () => {
  it('are items that start with a box, ticked or not', () => {
    expect(html('- [ ] open\n- [x] done')).toBe(
      '<ul><li><input disabled="" type="checkbox">open</li><li><input checked="" disabled="" type="checkbox">done</li></ul>',
    )
  })

  it('may be nested', () => {
    expect(html('- [x] a\n  - [ ] b')).toBe(
      '<ul><li><input checked="" disabled="" type="checkbox">a<ul><li><input disabled="" type="checkbox">b</li></ul></li></ul>',
    )
  })
})

describe('strikethrough', () => {
  it('is between one or two tildes', () => {
    expect(html('~~old~~ new ~older~')).toBe('<p><del>old</del> new <del>older</del></p>')
  })

  it('does not reach over a paragraph', () => {
    expect(html('a ~~b\n\nc~~ d')).toBe('<p>a ~~b</p><p>c~~ d</p>')
  })

  it('is not between three tildes', () => {
    expect(html('a ~~~b~~~ c')).toBe('<p>a ~~~b~~~ c</p>')
  })
})

describe('bare addresses', () => {
  const link = (url: string, text = url) => `<a href="${url}">${text}</a>`

  it.each([
    ['www.example.com', link('http://www.example.com', 'www.example.com')],
    ['see www.example.com/a now', `see ${link('http://www.example.com/a', 'www.example.com/a')} now`],
    [
      'at www.example.com. And www.example.com/a.b.',
      `at ${link('http://www.example.com', 'www.example.com')}. And ${link('http://www.example.com/a.b', 'www.example.com/a.b')}.`,
    ],
    ['www.example.com/q=(x))+ok', link('http://www.example.com/q=(x))+ok', 'www.example.com/q=(x))+ok')],
    ['(www.example.com/q=(x))', `(${link('http://www.example.com/q=(x)', 'www.example.com/q=(x)')})`],
    [
      'www.example.com/a?b=c&amp;d=e',
      link('http://www.example.com/a?b=c&amp;d=e'.replace('&amp;', '&amp;amp;'), 'www.example.com/a?b=c&amp;amp;d=e'),
    ],
    ['www.example.com/a&hl;', `${link('http://www.example.com/a', 'www.example.com/a')}&amp;hl;`],
    ['www.example.com/a<b', `${link('http://www.example.com/a', 'www.example.com/a')}&lt;b`],
    [
      'http://example.com and (ftp://f.example.com/x)',
      `${link('http://example.com')} and (${link('ftp://f.example.com/x')})`,
    ],
    ['write to me@example.com', `write to ${link('mailto:me@example.com', 'me@example.com')}`],
    [
      'a.b-c_d@a.b a.b-c_d@a.b. a.b-c_d@a.b- a.b-c_d@a.b_',
      `${link('mailto:a.b-c_d@a.b', 'a.b-c_d@a.b')} ${link('mailto:a.b-c_d@a.b', 'a.b-c_d@a.b')}. a.b-c_d@a.b- a.b-c_d@a.b_`,
    ],
  ])('in %s', (markdown, expected) => {
    expect(html(markdown)).toBe(normalizeHtml(`<p>${expected}</p>`))
  })
})
