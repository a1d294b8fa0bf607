import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { tokens } from './tokens.ts'

const source = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, source), 'utf8')
const namesSet = (css: string) => [...css.matchAll(/^\s*(--mr-[\w-]+):/gm)].map(([, name]) => name)

it('has a name for each custom property of the style sheet, and no other', () => {
  // Some have another value for a language.
  expect([...new Set(namesSet(read('tokens/tokens.css')))].sort()).toEqual([...tokens].sort())
})

it.each(['tokens/contrast.css', 'tokens/density.css'])('changes no property in %s that there is not', (path) => {
  const names = namesSet(read(path))
  expect(names.length).toBeGreaterThan(10)
  for (const name of names) expect(tokens).toContain(name)
})

it.each(globSync('**/*.css', { cwd: source }))(
  'asks in %s for no direction in a way that bundlers or Chromium take for another',
  (path) => {
    expect(read(path)).not.toMatch(/:dir\(|match-parent/)
  },
)

it('is all that the parts ask for, but for what they set themselves', () => {
  const sheets = globSync('**/*.css', { cwd: source }).map((path) => read(path))
  const names = new Set(sheets.flatMap(namesSet))
  const asked = sheets.flatMap((css) => [...css.matchAll(/var\((--mr-[\w-]+)\)/g)].map(([, name]) => name))
  expect(asked.length).toBeGreaterThan(100)
  for (const name of asked) expect(names, name).toContain(name)
})
