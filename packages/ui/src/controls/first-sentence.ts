/** The first sentence of a text, or all of it. What is quoted in it may hold sentences of its own. */
export function firstSentence(text: string): string {
  return /^(?:[^."]*"[^"]*"\.|.*?[.!?])(?=\s|$)/s.exec(text)?.[0] ?? text
}
