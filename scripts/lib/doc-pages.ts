import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where the repository is, with a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every page that is there to be read, as a path from the root. */
export const pages: readonly string[] = globSync(
  ['*.md', 'docs/**/*.md', '{apps,examples,packages}/*/README.md', 'bench/README.md', 'apps/storybook/docs/*.mdx'],
  { cwd: root },
).sort()

export const readPage = (page: string): string => readFileSync(`${root}${page}`, 'utf8')
