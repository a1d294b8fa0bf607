// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { inertHtml } from './inert-html.tsx'
import { Markdown, type MarkdownTextProps } from './markdown.tsx'

afterEach(cleanup)

function htmlOf(text: string, props: Partial<MarkdownTextProps> = {}): string {
  const { container } = render(<Markdown text={text} idPrefix="" {...props} />)
  const html = container.firstElementChild?.innerHTML ?? ''
  cleanup()
  return html
}

describe('blocks', () => {
  it.each([
    ['a paragraph', 'Hello', '<p>Hello</p>'],
    ['two lines', 'a\nb', '<p>a\nb</p>'],
    ['a hard break', 'a  \nb', '<p>a<br>b</p>'],
    ['a heading', '### a', '<h3>a</h3>'],
    ['a rule', '---', '<hr>'],
    ['a quote', '> a', '<blockquote><p>a</p></blockquote>'],
    ['a tight list', '- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['a loose list', '- a\n\n- b', '<ul data-loose="true"><li><p>a</p></li><li><p>b</p></li></ul>'],
    ['a list that begins elsewhere', '3. a', '<ol start="3"><li>a</li></ol>'],
    ['a list in a list', '- a\n  - b', '<ul><li>a<ul><li>b</li></ul></li></ul>'],
    ['emphasis', '*a* **b** ~~c~~ `d`', '<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>'],
  ])('%s', (_, text, html) => expect(htmlOf(text)).toBe(html))

  it('says whether a task is done', () => {
    render(<Markdown text={'- [x] a\n- [ ] b'} />)
    const boxes = screen.getAllByRole('checkbox')
    expect(boxes.map((box) => box.getAttribute('aria-label'))).toEqual(['Done', 'To do'])
    expect(boxes.every((box) => box.hasAttribute('disabled'))).toBe(true)
    expect(boxes.map((box) => box.hasAttribute('checked'))).toEqual([true, false])
  })

  it('puts the box of a loose task into its paragraph', () => {
    expect(htmlOf('- [x] a\n\n- b')).toContain('<li data-task="done"><p><input ')
  })

  it('aligns the columns of a table', () => {
    expect(htmlOf('| a | b |\n| :- | -: |\n| c | d |')).toBe(
      '<table><thead><tr><th align="left" scope="col">a</th><th align="right" scope="col">b</th></tr></thead>' +
        '<tbody><tr><td align="left">c</td><td align="right">d</td></tr></tbody></table>',
    )
  })

  it('has no body for a table without rows', () => expect(htmlOf('| a |\n| - |')).not.toContain('tbody'))

  it('keeps code as it is, line by line', () => {
    const { container } = render(<Markdown text={'```ts title="a"\na\n\n  b\n```'} />)
    const code = container.querySelector('pre[data-language=ts] > code.language-ts')
    expect(code?.textContent).toBe('a\n\n  b\n')
    expect(code?.querySelectorAll('[data-code-line]')).toHaveLength(3)
  })

  it('shows HTML as text', () => {
    expect(htmlOf('a <b>b</b>')).toBe('<p>a &lt;b&gt;b&lt;/b&gt;</p>')
    expect(htmlOf('<div>\na\n</div>')).toBe('<div data-html="true">&lt;div&gt;\na\n&lt;/div&gt;</div>')
  })

  it('gives inert tags their meaning where that is asked for', () => {
    expect(htmlOf('H<sub>*2*</sub>O<br/>', { inertHtml })).toBe('<p>H<sub><em>2</em></sub>O<br></p>')
    expect(htmlOf('<details>\n<summary>More</summary>\n\n*a*\n\n</details>\n\nb', { inertHtml })).toBe(
      '<details><summary>More</summary><p><em>a</em></p></details><p>b</p>',
    )
    expect(htmlOf('<sup>a', { inertHtml })).toBe('<p>&lt;sup&gt;a</p>')
    expect(htmlOf('<b>a</b> <sub onclick="x">b</sub>', { inertHtml })).not.toMatch(/<(?:b|sub)[ >]/)
  })
})

it.each([
  ['tags', `${'<sub>'.repeat(5_000)}deep${'</sub>'.repeat(5_000)}`, 'sub'],
  ['details', `${'<details>\n\n'.repeat(5_000)}deep`, 'details'],
])('nests inert %s only so deep', (_, text, tag) => {
  const { container } = render(<Markdown text={text} inertHtml={inertHtml} />)
  expect(container.querySelectorAll(tag)).toHaveLength(8)
  expect(container.textContent).toContain('deep')
})

describe('links', () => {
  it('lead where they say, and tell nobody where they were found', () => {
    expect(htmlOf('[a](https://b.c "d")')).toBe(
      '<p><a href="https://b.c" rel="noopener noreferrer nofollow" title="d">a</a></p>',
    )
  })

  it('lead nowhere where that is not safe', () => expect(htmlOf('[a](javascript:b)')).toBe('<p><a>a</a></p>'))

  it('follow the policy they are given', () => {
    const urlPolicy = (url: string) => url.replace('http:', 'https:')
    expect(htmlOf('[a](http://b.c)', { urlPolicy })).toContain('href="https://b.c"')
  })

  it('lead nowhere while they are written', () => {
    expect(htmlOf('see [a](https://exa', { streaming: true })).toContain('<a>a</a>')
  })
})

describe('images', () => {
  const image = () => screen.queryByRole('img')

  it('are shown if they are of the page’s own origin', () => {
    render(<Markdown text={'![a](/b.png "c")'} />)
    const attributes = [...(image()?.attributes ?? [])].map(({ name, value }) => [name, value])
    expect(Object.fromEntries(attributes)).toEqual({
      src: '/b.png',
      alt: 'a',
      title: 'c',
      loading: 'lazy',
      decoding: 'async',
      referrerpolicy: 'no-referrer',
    })
  })

  it('are links that load them if they are not', () => {
    render(<Markdown text="![a](https://elsewhere.test/b.png?q=secret)" />)
    expect(image()).toBeNull()
    fireEvent.click(screen.getByRole('link', { name: 'Load image “a” from elsewhere.test' }))
    expect(image()?.getAttribute('src')).toBe('https://elsewhere.test/b.png?q=secret')
  })

  it('keep the focus of whoever loads them', () => {
    render(<Markdown text="![a](https://elsewhere.test/b.png)" />)
    const link = screen.getByRole('link')
    link.focus()
    fireEvent.click(link)
    expect(document.activeElement?.contains(image())).toBe(true)
    expect(document.activeElement).toBe(link)
  })

  it('stay links for who opens them elsewhere', () => {
    render(<Markdown text="![a](https://elsewhere.test/b.png)" />)
    const isDefault = fireEvent.click(screen.getByRole('link'), { ctrlKey: true })
    expect(isDefault).toBe(true)
    expect(image()).toBeNull()
  })

  it('are not loaded because one was that stood in their place', () => {
    const { rerender } = render(<Markdown text="![a](https://elsewhere.test/a.png)" />)
    fireEvent.click(screen.getByRole('link'))
    expect(image()).not.toBeNull()
    rerender(<Markdown text="![b](https://elsewhere.test/b.png?q=secret)" />)
    expect(image()).toBeNull()
  })

  it('are their description in a link, unless they are shown unasked', () => {
    const link = (children: string) => `<p><a href="/d" rel="noopener noreferrer nofollow">${children}</a></p>`
    expect(htmlOf('[![a](https://b.test/c.png)](/d)')).toBe(link('a'))
    expect(htmlOf('[![](https://b.test/c.png)](/d)')).toBe(link('b.test'))
    expect(htmlOf('[![a](/c.png)](/d)')).toContain('src="/c.png"')
  })

  it('are shown if the page allows them', () => {
    const allowImage = vi.fn((url: string) => url.startsWith('https://cdn.test/'))
    render(<Markdown text={'![a](https://cdn.test/b.png) ![c](/d.png)'} allowImage={allowImage} />)
    expect(screen.getAllByRole('img')).toHaveLength(1)
    expect(allowImage.mock.calls.map(([url]) => url)).toContain('/d.png')
  })

  it('are their description where that is all there is', () => {
    expect(htmlOf('![a *b*](javascript:c)')).toBe('<p>a b</p>')
  })
})

describe('footnotes', () => {
  it('lead there and back', () => {
    const html = htmlOf('a[^x] b[^x]\n\n[^x]: c', { idPrefix: 'p-' })
    expect(html).toContain('<sup><a id="p-fnref-1" href="#p-fn-1" aria-describedby="p-footnotes"')
    expect(html).toContain('id="p-fnref-1-2"')
    expect(html).toContain('<h2 id="p-footnotes">Footnotes</h2>')
    expect(html).toMatch(/<li id="p-fn-1"><p>c <a href="#p-fnref-1" [^>]*>↩<\/a> <a href="#p-fnref-1-2"/)
  })

  it('have ids of their own in each document of a page', () => {
    const { container } = render(
      <>
        <Markdown text={'a[^x]\n\n[^x]: c'} />
        <Markdown text={'a[^x]\n\n[^x]: c'} />
      </>,
    )
    const ids = [...container.querySelectorAll('[id]')].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('are no links in links', () => {
    expect(htmlOf('[a[^x]](/b)\n\n[^x]: c')).toContain('>a<sup id="fnref-1">1</sup></a>')
  })

  it('speak the language of the page', () => {
    const labels = { footnotes: 'Chú thích', backToReference: (number: number) => `Về ${number}` }
    const html = htmlOf('a[^x]\n\n[^x]: c', { labels })
    expect(html).toContain('>Chú thích</h2>')
    expect(html).toContain('aria-label="Về 1"')
  })
})

describe('components', () => {
  it('take the place of tags, with their props and the node', () => {
    const seen = vi.fn()
    htmlOf('## a *b*', {
      components: {
        h2: 'h4',
        em: ({ node, children }) => {
          seen(node?.type)
          return <i>{children}</i>
        },
      },
    })
    expect(seen).toHaveBeenCalledWith('emphasis')
  })

  it('get URLs that are clean', () => {
    const urls: unknown[] = []
    htmlOf('[a](javascript:b) [c](https://d.e)', {
      components: {
        a: ({ href }) => {
          urls.push(href)
          return null
        },
      },
    })
    expect(urls).toEqual([undefined, 'https://d.e'])
  })

  it('may be a new object on every render without anything being rendered again', () => {
    const renders = vi.fn()
    const Emphasis = () => {
      renders()
      return null
    }
    const { rerender } = render(<Markdown text="*a*" components={{ em: Emphasis }} allowImage={() => true} />)
    rerender(<Markdown text="*a*" components={{ em: Emphasis }} allowImage={() => true} />)
    expect(renders).toHaveBeenCalledOnce()
  })
})

it('gives what it does not know to the element around it', () => {
  const { container } = render(<Markdown text="a" className="prose" dir="auto" id="x" />)
  expect(container.firstElementChild?.outerHTML).toBe(
    '<div class="prose" dir="auto" id="x" data-markdown=""><p>a</p></div>',
  )
})

it('takes any value for what it does not know', () => {
  const { container, rerender } = render(<Markdown text="a" data-count={Number.NaN} />)
  rerender(<Markdown text="a b" data-count={Number.NaN} />)
  expect(container.textContent).toBe('a b')
})

it('says where it is being written', () => {
  const { container, rerender } = render(<Markdown text={'a\n\nb'} streaming />)
  const open = () => [...container.querySelectorAll('[data-open]')].map(({ textContent }) => textContent)
  expect(open()).toEqual(['b'])
  expect(container.querySelector('[data-streaming]')).not.toBeNull()
  rerender(<Markdown text={'a\n\nb'} />)
  expect(open()).toEqual([])
  expect(container.querySelector('[data-streaming]')).toBeNull()
})

it('shows what an extension finds by its component, or as code', () => {
  const extensions = [
    {
      name: 'mention',
      inline: {
        trigger: '@',
        parse(text: string, at: number) {
          const [name = ''] = /^@\w+/.exec(text.slice(at)) ?? []
          return name ? { end: at + name.length, value: name } : undefined
        },
      },
      component: ({ text }: { readonly text: string }) => <b>{text}</b>,
    },
  ]
  expect(htmlOf('hi @ann', { extensions })).toBe('<p>hi <b>@ann</b></p>')
  const [{ component: _, ...plain } = { component: undefined, name: '' }] = extensions
  expect(htmlOf('hi @ann', { extensions: [plain] })).toBe('<p>hi <code>@ann</code></p>')
})

it('lets an extension show the code of a language', () => {
  const extensions = [{ name: 'x', fences: { chart: ({ open }: { readonly open: boolean }) => <i>{String(open)}</i> } }]
  expect(htmlOf('```chart\na\n```', { extensions })).toBe('<i>false</i>')
  expect(htmlOf('```constructor\na\n```', { extensions })).toContain('<pre')
})
