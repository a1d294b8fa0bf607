import type { Highlighter, LineHighlighter, Token } from './highlighter.ts'
import { type HasTime, whenIdle } from './idle.ts'

/** The tokens of one block of code, which come after its text and never hold it up. */
export interface CodeTokens {
  /** Tokens of the lines from the first on, as far as they are known. Only ever appended to. */
  readonly lines: readonly (readonly Token[])[]
  /** Says which lines there are. Only the first `count` are whole; what follows them stays plain. */
  grow(lines: readonly string[], count: number): void
  /** Ends the work. Nothing is reported afterwards. */
  stop(): void
}

/**
 * Tokenises a block of code in idle slices, each whole line once, from the top.
 * @param onTokens Called after each slice that found tokens.
 */
export function createCodeTokens(highlighter: Highlighter, language: string, onTokens: () => void): CodeTokens {
  const tokens: (readonly Token[])[] = []
  let source: readonly string[] = []
  let count = 0
  let state: unknown
  let grammar: LineHighlighter | undefined
  let isStopped = false
  let cancel: (() => void) | undefined = whenIdle(load)

  function load(): void {
    cancel = undefined
    // A block whose language cannot be had is as readable without colours.
    highlighter.load(language).then(loaded, () => {})
  }

  function loaded(lineHighlighter: LineHighlighter | undefined): void {
    grammar = lineHighlighter
    schedule()
  }

  function schedule(): void {
    if (!isStopped && grammar && !cancel && tokens.length < count) cancel = whenIdle(slice)
  }

  function slice(hasTime: HasTime): void {
    cancel = undefined
    const before = tokens.length
    while (grammar && tokens.length < count && hasTime()) advance(grammar)
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
    grow(lines, wholeLines) {
      source = lines
      count = wholeLines
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
