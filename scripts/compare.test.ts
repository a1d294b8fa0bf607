import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const page = new URL('../docs/compare.md', import.meta.url)

it('names for each claim of the comparison a file that there is', () => {
  const text = readFileSync(page, 'utf8')
  const files = [...text.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, path = '']) => path)
  expect(files.length).toBeGreaterThan(50)
  for (const file of files) expect(existsSync(new URL(file, page)), file).toBe(true)
})

it('has a story, a test or a reason in every row of ours', () => {
  const rows = readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => /^\| .* \| .* \| .*( \| [^|]+){10} \|$/.test(line))
  expect(rows.length).toBeGreaterThan(60)
  for (const row of rows.slice(2)) {
    const [, ours = '', shownBy = ''] = row.split(' | ')
    expect(shownBy.includes('](') || ours.startsWith('N: '), row).toBe(true)
  }
})
