import type { Grammar, LanguageRegistration, RegexEngine, ShikiPrimitive } from '@shikijs/primitive'
import type { StateStack } from '@shikijs/primitive/textmate'
import { createLineHighlighter } from './create-line-highlighter.ts'
import type { Highlighter, LineHighlighter, LoadLanguage, Token } from './highlighter.ts'
import { inIdleSlices } from './idle.ts'
import { aliases, grammars, type LoadGrammar } from './languages.ts'
import { theme, typeOf } from './theme.ts'
import { warmUpTasks } from './warm-up.ts'

export interface HighlighterOptions {
  /** Languages beyond those that come with it, or in their place: `{ zig: () => import('@shikijs/langs/zig') }`. */
  readonly languages?: Readonly<Record<string, LoadGrammar>>
  /** Other names of languages: `{ tsx: 'typescript' }`. */
  readonly aliases?: Readonly<Record<string, string>>
  /** Lines longer than this, in UTF-16 code units, stay plain: 2,000 by default. */
  readonly maxLineLength?: number
}

interface Tokenizer {
  readonly primitive: ShikiPrimitive
  readonly engine: RegexEngine
  readonly textmate: typeof import('@shikijs/primitive/textmate')
  readonly colors: readonly string[]
}

/**
 * Colours code with TextMate grammars, as editors do. Nothing is loaded before a fence names a language: then the
 * tokeniser, once, and that language's grammar. Make one and keep it: it holds what it loaded.
 */
export function createHighlighter(options: HighlighterOptions = {}): Highlighter {
  return createLineHighlighter(createLanguageLoader(options))
}

/** Loads each language once. */
export function createLanguageLoader(options: HighlighterOptions = {}): LoadLanguage {
  const known = { ...grammars, ...options.languages }
  const names = { ...aliases, ...options.aliases }
  const loading = new Map<string, Promise<LineHighlighter>>()
  let tokenizer: Promise<Tokenizer> | undefined

  async function loadLanguage(name: string, loadGrammar: LoadGrammar): Promise<LineHighlighter> {
    tokenizer ??= createTokenizer()
    tokenizer.catch(() => {
      tokenizer = undefined
    })
    const [loaded, { default: registrations }] = await Promise.all([tokenizer, loadGrammar()])
    return createLanguage(loaded, name, registrations, options.maxLineLength ?? 2_000)
  }

  async function load(language: string): Promise<LineHighlighter | undefined> {
    const lower = language.toLowerCase()
    const name = Object.hasOwn(names, lower) ? (names[lower] ?? lower) : lower
    const loadGrammar = Object.hasOwn(known, name) ? known[name] : undefined
    if (!loadGrammar) return undefined
    const started = loading.get(name) ?? loadLanguage(name, loadGrammar)
    loading.set(name, started)
    // A chunk that did not arrive may the next time.
    started.catch(() => loading.delete(name))
    return started
  }

  return load
}

async function createTokenizer(): Promise<Tokenizer> {
  const [{ createShikiPrimitive }, { createJavaScriptRegexEngine }, textmate] = await Promise.all([
    import('@shikijs/primitive'),
    import('@shikijs/engine-javascript'),
    import('@shikijs/primitive/textmate'),
  ])
  // Forgiving: a pattern that JavaScript cannot express costs some colours, not the whole language.
  const engine = createJavaScriptRegexEngine({ forgiving: true })
  const primitive = createShikiPrimitive({ engine, themes: [theme], langs: [] })
  return { primitive, engine, textmate, colors: primitive.setTheme(theme.name ?? '').colorMap }
}

async function createLanguage(
  { primitive, engine, textmate, colors }: Tokenizer,
  name: string,
  registrations: LanguageRegistration[],
  maxLineLength: number,
): Promise<LineHighlighter> {
  await inIdleSlices(warmUpTasks(engine, registrations))
  primitive.loadLanguageSync(registrations)
  const grammar = primitive.getLanguage(registrations.at(-1)?.name ?? name)
  const { EncodedTokenMetadata, INITIAL } = textmate
  const typeOfToken = (metadata: number) => typeOf(colors[EncodedTokenMetadata.getForeground(metadata)])
  return {
    line(text, state) {
      const before = (state ?? INITIAL) as StateStack // What this returned.
      if (text.length > maxLineLength) return [[{ text }], before]
      const { tokens, ruleStack } = tokenize(grammar, text, before)
      return [readTokens(text, tokens, typeOfToken), ruleStack]
    },
  }
}

/** Without a limit on time: a limit cuts tokens silently when a machine is busy, and then the same code differs. */
function tokenize(grammar: Grammar, text: string, state: StateStack) {
  return grammar.tokenizeLine2(text, state, 0)
}

/**
 * Neighbours of one type become one, and blanks, whose colour nobody sees, go with what is before them: a fifth fewer
 * nodes for a browser to make.
 * @param encoded Start and metadata of each token in turn.
 */
function readTokens(text: string, encoded: Uint32Array, typeOfToken: (metadata: number) => Token['type']): Token[] {
  const tokens: Token[] = []
  for (let index = 0; index < encoded.length; index += 2) {
    const type = typeOfToken(encoded[index + 1] ?? 0)
    const piece = text.slice(encoded[index], encoded[index + 2])
    const last = tokens.at(-1)
    if (last && (last.type === type || !piece.trim())) tokens[tokens.length - 1] = { ...last, text: last.text + piece }
    else if (piece !== '') tokens.push(type ? { text: piece, type } : { text: piece })
  }
  return tokens
}
