import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { expect, it } from 'vitest'
import { pages, readPage, root } from './lib/doc-pages.ts'

const withoutBlocks = (page: string) => readPage(page).replace(/^ *```.*?^ *```$/gms, '')
/** What a page says outside of its code. */
const prose = (page: string) => withoutBlocks(page).replace(/`[^`\n]*`/g, '')

/** Where the links of a page lead inside the repository: a path from its root, and a heading there. */
const linksOf = (page: string) =>
  [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to = '']) => to)
    .filter((to) => !/^\w+:/.test(to))
    .map((to) => {
      const [path = '', heading] = to.split('#')
      return { to, path: path === '' ? page : join(dirname(page), path), heading }
    })

/** The headings of a page, as GitHub spells them in addresses. */
const headingsOf = (page: string) =>
  [...withoutBlocks(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )

const readable = (path: string) => [path, `${path}/README.md`].find((each) => pages.includes(each))

/** The pages that a link opens: of a folder without a README GitHub lists all. */
function pagesAt(path: string): readonly string[] {
  const page = readable(path)
  return page ? [page] : pages.filter((each) => dirname(each) === path)
}

it.each(pages)('has in %s no link that leads nowhere', (page) => {
  for (const { to, path, heading } of linksOf(page)) {
    expect(existsSync(`${root}${path}`), to).toBe(true)
    const target = readable(path)
    if (heading && target) expect(headingsOf(target), to).toContain(heading)
  }
})

it('has no page to which nothing leads from the README', () => {
  const reached = new Set(['README.md'])
  for (const page of reached) for (const { path } of linksOf(page)) for (const next of pagesAt(path)) reached.add(next)
  expect(pages.filter((page) => !reached.has(page))).toEqual([])
})
