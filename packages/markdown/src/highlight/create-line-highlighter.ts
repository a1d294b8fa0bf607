import type { CodeTokens, Highlighter, LineHighlighter, LoadLanguage, Token } from './highlighter.ts'
import { type HasTime, whenIdle } from './idle.ts'

/** A highlighter of anything that tokenises line by line. The work is done in idle slices, each whole line once. */
export function createLineHighlighter(load: LoadLanguage): Highlighter {
  return { start: (language, onTokens) => createCodeTokens(load, language, onTokens) }
}

function createCodeTokens(load: LoadLanguage, language: string, onTokens: () => void): CodeTokens {
  const tokens: (readonly Token[])[] = []
  let source: readonly string[] = []
  let state: unknown
  let grammar: LineHighlighter | undefined
  let isStopped = false
  let cancel: (() => void) | undefined = whenIdle(begin)

  function begin(): void {
    cancel = undefined
    // A block whose language cannot be had is as readable without colours.
    load(language).then(loaded, () => {})
  }

  function loaded(lineHighlighter: LineHighlighter | undefined): void {
    grammar = lineHighlighter
    schedule()
  }

  function schedule(): void {
    if (!isStopped && grammar && !cancel && tokens.length < source.length) cancel = whenIdle(slice)
  }

  function slice(hasTime: HasTime): void {
    cancel = undefined
    const before = tokens.length
    while (grammar && tokens.length < source.length && hasTime()) advance(grammar)
    if (tokens.length > before) onTokens()
    schedule()
  }

  function advance(lineHighlighter: LineHighlighter): void {
    const text = source[tokens.length] ?? ''
    try {
      const [found, next] = lineHighlighter.line(text, state)
      state = next
      tokens.push(isWhole(found, text) ? found : [{ text }])
    } catch {
      // What it knows is no longer to be trusted, so the rest stays plain.
      grammar = undefined
    }
  }

  return {
    lines: tokens,
    grow(lines) {
      source = lines
      schedule()
    },
    stop() {
      isStopped = true
      cancel?.()
    },
  }
}

/** Whether the tokens are the line: a highlighter may colour text, never change it. */
function isWhole(tokens: readonly Token[], text: string): boolean {
  return tokens.map((token) => token.text).join('') === text
}
