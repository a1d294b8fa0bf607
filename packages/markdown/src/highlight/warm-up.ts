import type { LanguageRegistration, RegexEngine } from '@shikijs/primitive'

const patternKeys = new Set(['match', 'begin', 'end', 'while'])

/**
 * What the first lines of a language would otherwise pay for in one long task: a grammar has hundreds of patterns, and
 * each has to be translated once. The engine keeps what it translated.
 */
export function warmUpTasks(engine: RegexEngine, grammars: readonly LanguageRegistration[]): (() => void)[] {
  return [...patternsOf(grammars)].map((pattern) => () => {
    engine.createScanner([pattern])
  })
}

function patternsOf(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && patternKeys.has(key)) found.add(inner)
    else patternsOf(inner, found)
  }
  return found
}
