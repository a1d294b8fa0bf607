import { readFileSync } from 'node:fs'
import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript'
import { codeToTokensBase, createShikiPrimitive } from '@shikijs/primitive'
import { expect, it, vi } from 'vitest'
import { createLanguageLoader } from './create-highlighter.ts'
import type { LineHighlighter, Token } from './highlighter.ts'
import { theme, typeOf } from './theme.ts'

const network = vi.hoisted(() => ({ isOnline: true }))

// Stands for the chunk of the tokeniser, which may not arrive.
vi.mock('@shikijs/engine-javascript', async (importOriginal) => {
  const original = await importOriginal<typeof import('@shikijs/engine-javascript')>()
  const createEngine: typeof createJavaScriptRegexEngine = (options) => {
    if (!network.isOnline) throw new Error('offline')
    return original.createJavaScriptRegexEngine(options)
  }
  return { ...original, createJavaScriptRegexEngine: createEngine }
})

const loadLanguage = createLanguageLoader()

function tokenize(language: LineHighlighter, code: string): Token[][] {
  let state: unknown
  return code.split('\n').map((text) => {
    const [tokens, next] = language.line(text, state)
    state = next
    return [...tokens]
  })
}

async function load(name: string): Promise<LineHighlighter> {
  const language = await loadLanguage(name)
  if (!language) throw new Error(`There is no ${name}.`)
  return language
}

it('names what each piece of a line is', async () => {
  const [line] = tokenize(await load('ts'), 'const a = "b" // c')
  expect(line).toEqual([
    { text: 'const', type: 'keyword' },
    { text: ' a ' },
    { text: '= ', type: 'keyword' },
    { text: '"b" ', type: 'string' },
    { text: '// c', type: 'comment' },
  ])
})

it('carries over what a line leaves open', async () => {
  const lines = tokenize(await load('python'), '"""one\ntwo\n"""\nx = 1')
  expect(lines[1]).toEqual([{ text: 'two', type: 'string' }])
})

it.each([
  ['typescript', 'create-highlighter.ts'],
  ['css', '../styles.css'],
  ['json', '../../package.json'],
])('finds in %s, line by line, what tokenising the whole finds', async (name, file) => {
  const code = readFileSync(new URL(file, import.meta.url), 'utf8')
  const { default: grammar } = await import(`@shikijs/langs/${name}`)
  const primitive = createShikiPrimitive({ engine: createJavaScriptRegexEngine(), themes: [theme], langs: [grammar] })
  const whole = codeToTokensBase(primitive, code, { lang: name, theme: 'millrace', tokenizeTimeLimit: 0 })
  const expected = whole.map((line) => line.flatMap(({ content, color }) => characters(content, typeOf(color))))
  const found = tokenize(await load(name), code)
  expect(found.map((line) => line.flatMap(({ text, type }) => characters(text, type)))).toEqual(expected)
})

/** Which type each character has that can be seen: neighbours may be joined in one list and not in the other. */
function characters(text: string, type: Token['type']): string[] {
  return [...text].map((character) => (character.trim() ? `${character} ${type}` : character))
}

it('knows languages by other names, and not those it does not have', async () => {
  expect(await loadLanguage('JS')).toBe(await loadLanguage('javascript'))
  expect(await loadLanguage('no-such-language')).toBeUndefined()
  expect(await loadLanguage('constructor')).toBeUndefined()
})

it('takes languages that are given to it', async () => {
  const load = createLanguageLoader({ languages: { mine: () => import('@shikijs/langs/json') } })
  const language = await load('mine')
  expect(language?.line('1', undefined)[0]).toEqual([{ text: '1', type: 'constant' }])
})

it('asks again for a language that could not be loaded', async () => {
  let isOnline = false
  const grammar = () => (isOnline ? import('@shikijs/langs/json') : Promise.reject(new Error('offline')))
  const load = createLanguageLoader({ languages: { json: grammar } })
  await expect(load('json')).rejects.toThrow('offline')
  isOnline = true
  expect(await load('json')).toBeDefined()
})

it('asks again for the tokeniser if that could not be loaded', async () => {
  const load = createLanguageLoader()
  network.isOnline = false
  await expect(load('json')).rejects.toThrow('offline')
  network.isOnline = true
  expect(await load('json')).toBeDefined()
})

it('leaves very long lines plain and goes on after them', async () => {
  const lines = tokenize(await load('json'), `[\n"${'a'.repeat(3_000)}",\n1]`)
  expect(lines[1]).toEqual([{ text: `"${'a'.repeat(3_000)}",` }])
  expect(lines[2]?.[0]).toEqual({ text: '1', type: 'constant' })
})
