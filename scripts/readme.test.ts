import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const english = read('README.md')
const vietnamese = read('README.vi.md')

const headings = (page: string) => page.match(/^#+ /gm)
/** Where its links lead, but for the one to the other language. */
const links = (page: string) =>
  [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to).filter((to) => !to?.startsWith('README'))

it('says in Vietnamese what it says in English: as many sections, and the same links in the same order', () => {
  expect(headings(vietnamese)).toEqual(headings(english))
  expect(links(vietnamese)).toEqual(links(english))
})
