// Markdown as models write it, from a seed, and the same length of one kind of block that never ends.

const words =
  'the stream keeps its order while a worker reads each message and writes what it found so that nobody waits for long because every part knows how far it has come and may go on from there'.split(
    ' ',
  )
const otherScripts = [
  'Dòng nước chảy qua máng, và bánh xe cối xay quay đều.',
  '水流过水渠，水车就转动起来。',
  '水路を流れる水が、水車を回す。',
  'L’eau coule dans le canal et fait tourner la roue.',
]
const codeLines = [
  'const wheel = await mill.turn({ by: 3, timeoutMs: 2_000 })',
  'export function level(river: River, at?: Date): number {',
  '  if (!river.isFrozen) return river.depth ?? 0 // in metres',
  '  for (const [name, gate] of river.gates) open(name, gate)',
  '}',
  '',
  'type River = { depth?: number; gates: Map<string, Gate>; isFrozen: boolean }',
]

type Random = () => number

function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

/** @param citing Whether it refers to sources, which it names at the end of a section. */
function createWriter(seed: number, citing: boolean) {
  const random = randomFrom(seed)
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const some = (low: number, high: number, make: () => string) => Array.from({ length: between(low, high) }, make)
  const phrase = (low: number, high: number) => some(low, high, () => pick(words)).join(' ')

  function span(): string {
    const kind = random()
    if (kind < 0.7) return phrase(3, 9)
    if (kind < 0.78) return `**${phrase(1, 3)}**`
    if (kind < 0.86) return `\`${pick(words)}.${pick(words)}()\``
    if (kind < 0.91) return `*${phrase(1, 3)}*`
    if (kind < 0.96) return `[${phrase(1, 3)}](https://example.com/${pick(words)}?page=${between(1, 99)})`
    if (kind < 0.97) return `~~${phrase(1, 2)}~~`
    if (kind < 0.98 && citing) return `[${phrase(1, 3)}][source ${between(1, 5)}]`
    return `https://example.org/${pick(words)}`
  }

  function sentence(): string {
    if (random() < 0.08) return pick(otherScripts)
    const text = some(2, 5, span).join(' ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  }

  const paragraph = () => some(1, 5, sentence).join(' ')
  const item = () => `- ${sentence()}${random() < 0.15 ? `\n  - ${sentence()}\n  - ${sentence()}` : ''}`
  const code = () => some(3, 25, () => pick(codeLines)).join('\n')
  const row = () => `| ${phrase(1, 3)} | **${between(1, 999)}** | \`${pick(words)}\` ${phrase(1, 4)} |`
  const table = () => `| Part | Value | Why |\n| --- | ---: | :-: |\n${some(2, 9, row).join('\n')}`

  function block(): string {
    const kind = random()
    if (kind < 0.42) return paragraph()
    if (kind < 0.56) return `${'#'.repeat(between(2, 4))} ${phrase(2, 6)}`
    if (kind < 0.73) return some(2, 7, item).join('\n')
    if (kind < 0.86) return `\`\`\`ts\n${code()}\n\`\`\``
    if (kind < 0.93) return table()
    if (kind < 0.96) return `> ${paragraph()}`
    if (kind < 0.98 && citing) return `[source ${between(1, 5)}]: https://example.com/${pick(words)} "${phrase(1, 3)}"`
    return `1. ${sentence()}\n2. ${sentence()}\n\n---`
  }

  return { block, sentence, code, row, item }
}

/**
 * What an answer may consist of: everything, with links to sources that are defined later; everything else; and one
 * block that goes on to the end.
 */
export type DocumentKind = 'mixed' | 'uncited' | 'fence' | 'table' | 'list' | 'paragraph'

export const documentKinds: readonly DocumentKind[] = ['mixed', 'uncited', 'fence', 'table', 'list', 'paragraph']

/** @param length In UTF-16 code units. */
export function createDocument(kind: DocumentKind, length: number, seed = 7): string {
  const writer = createWriter(seed, kind === 'mixed')
  const parts: Record<DocumentKind, readonly [start: string, next: () => string]> = {
    mixed: ['', () => `${writer.block()}\n\n`],
    uncited: ['', () => `${writer.block()}\n\n`],
    fence: ['```ts\n', () => `${writer.code()}\n`],
    table: ['| Part | Value | Why |\n| --- | ---: | :-: |\n', () => `${writer.row()}\n`],
    list: ['', () => `${writer.item()}\n`],
    paragraph: ['', () => `${writer.sentence()} `],
  }
  const [start, next] = parts[kind]
  let text = start
  while (text.length < length) text += next()
  return text.slice(0, length)
}
