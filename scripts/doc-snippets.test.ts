import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { pages, readPage, root } from './lib/doc-pages.ts'

// In there the packages resolve as they do for whoever installs them, and neither git, the linter nor the type check looks.
const folder = mkdtempSync(`${root}bench/node_modules/.snippets-`)
afterAll(() => rmSync(folder, { recursive: true }))

/** What snippets import and `bench` does not have. */
const paths = {
  zod: [`${root}examples/tools-and-approval/node_modules/zod`],
  hono: [`${root}packages/proxy/node_modules/hono`],
  express: [`${root}packages/proxy/node_modules/@types/express`],
  '@hono/node-server': [`${root}packages/proxy/node_modules/@hono/node-server`],
}

/** A block, and the comment above it that says what it takes from elsewhere. */
const block = /(?:^<!-- given\n(?<given>.*?)^-->\n)?^```(?<language>tsx?)\n(?<code>.*?)^```$/dgms

interface Snippet {
  readonly page: string
  readonly language: string
  /** The page without all that is not code, in which each line has the number that it has there. */
  readonly source: string
}

function snippetsOf(page: string): Snippet[] {
  const text = readPage(page)
  return [...text.matchAll(block)].map(({ groups, indices }) => {
    const { given, code } = indices?.groups ?? {}
    const source = keepOnly(
      text,
      [given, code].filter((range) => range !== undefined),
    )
    // Elements that stand alone would go on with the line before them.
    return { page, language: groups?.language ?? '', source: source.replace(/^<(?=[\w>])/gm, ';<') }
  })
}

function keepOnly(text: string, ranges: readonly (readonly [start: number, end: number])[]): string {
  const blank = (part: string) => part.replace(/[^\n]/g, '')
  let at = 0
  let kept = ''
  for (const [start, end] of ranges) {
    kept += blank(text.slice(at, start)) + text.slice(start, end)
    at = end
  }
  return kept
}

it('prints no code that does not compile', { timeout: 60_000 }, () => {
  const snippets = pages.flatMap(snippetsOf)
  expect(snippets.length).toBeGreaterThan(70)
  for (const [index, { language, source }] of snippets.entries())
    writeFileSync(join(folder, `${index}.${language}`), source)
  copyFileSync(`${root}docs/in-scope.d.ts`, join(folder, 'in-scope.d.ts'))
  writeFileSync(join(folder, 'tsconfig.json'), tsconfig())
  const { status, stdout } = spawnSync(
    process.execPath,
    [`${root}node_modules/typescript/bin/tsc`, '--pretty', 'false'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  const complaints = stdout.replace(
    /^(\d+)\.tsx?\((\d+),\d+\)/gm,
    (_, index, line) => `${snippets[Number(index)]?.page}:${line}`,
  )
  expect(complaints).toBe('')
  expect(status).toBe(0)
})

function tsconfig(): string {
  return JSON.stringify({
    extends: `${root}tsconfig.json`,
    compilerOptions: { module: 'esnext', moduleResolution: 'bundler', moduleDetection: 'force', paths },
    include: ['*'],
    exclude: [],
  })
}
