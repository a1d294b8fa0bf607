import type { Random } from './random.ts'

// Markdown of the kind that models write, and of the kind that nobody does.

const english =
  'the reply arrives in small pieces while readers wait so every layer should pass it on at once and keep what came before an answer may hold lists tables code and links that are not finished when they show memory grows with the text not with its square a queue bounds what waits retries follow only before the first token'.split(
    ' ',
  )
const korean = '응답이 조각으로 도착하는 동안 화면은 매끄럽게 유지됩니다 이미 끝난 부분은 다시 읽지 않습니다'.split(' ')
const chinese = [
  ...'回答一段一段地到来，页面应当保持流畅。已经完成的部分不再重新解析；只有末尾还在变化！表格、列表和代码都是如此。',
]

type Kinds = readonly (readonly [weight: number, write: (random: Random) => string])[]

function pickByWeight(random: Random, kinds: Kinds): string {
  let left = random.next() * kinds.reduce((sum, [weight]) => sum + weight, 0)
  for (const [weight, write] of kinds) {
    left -= weight
    if (left < 0) return write(random)
  }
  return ''
}

export function words(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.pick(english)).join(' ')
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const codeSpans = ['useState', 'npm test', 'a || b', '<div>', 'items[0]', 'x*y', 'a_b']

/** The kinds of inline text by how often they come. */
const spans: Kinds = [
  [60, (random) => words(random, random.between(2, 9))],
  [9, (random) => `**${words(random, random.between(1, 4))}**`],
  [8, (random) => `\`${random.pick(codeSpans)}\``],
  [5, (random) => `*${words(random, random.between(1, 3))}*`],
  [4, (random) => `[${words(random, 2)}](https://example.com/${random.pick(english)}?page=${random.between(1, 99)})`],
  [2, (random) => `~~${words(random, 2)}~~`],
  [2, (random) => `***${words(random, 2)}***`],
  [2, (random) => `https://example.org/${random.pick(english)}?q=${random.between(1, 9)}`],
  [2, (random) => `**Note:** ${words(random, 3)}`],
  [1, () => 'snake_case_name and 2 * 3 * 4'],
  [2, (random) => `[${random.pick(english)}][ref${random.between(1, 5)}]`],
  [1, (random) => `[^${random.between(1, 4)}]`],
  [1, (random) => `"${words(random, 3)}" (it's ${random.pick(english)})`],
  [1, () => '&amp; &lt;tag&gt; \\*escaped\\* 100% &copy;'],
  [1, (random) => `![${random.pick(english)}](https://example.com/i.png "title")`],
  [1, (random) => `${random.pick(korean)} ${random.pick(korean)}`],
  [1, () => 'someone@example.com'],
]
const span = (random: Random) => pickByWeight(random, spans)

export function sentence(random: Random): string {
  const text = Array.from({ length: random.between(2, 5) }, () => span(random)).join(' ')
  return capitalized(text) + random.pick(['.', '.', '.', ':', '!'])
}

function cjkSentences(random: Random): string {
  const text = Array.from({ length: random.between(20, 80) }, () => random.pick(chinese)).join('')
  return random.chance(0.5) ? `${text.slice(0, 8)}**${text.slice(8, 14)}**${text.slice(14)}` : text
}

export function paragraph(random: Random): string {
  if (random.chance(0.12)) return cjkSentences(random)
  return Array.from({ length: random.between(1, 5) }, () => sentence(random)).join(
    random.pick([' ', ' ', '\n', '  \n']),
  )
}

const codeLines = [
  'const reply = await fetch(`/api/chat`)',
  'export function first<Item>(items: Item[]): Item | undefined {',
  '  return items.find((item) => item !== null) ?? fallback',
  '}',
  '# a comment, and not a heading',
  "if (!reply.ok) throw new Error('failed')",
  '',
  '    - indented * and _marked_',
  'curl -X POST "$URL" -d \'{"a": 1}\'',
]

export function code(random: Random, indent = ''): string {
  const lines = Array.from({ length: random.between(1, 20) }, () => random.pick(codeLines))
  const fenced = [`\`\`\`${random.pick(['ts', 'python', 'bash', ''])}`, ...lines, '```']
  return fenced.map((line) => (line ? indent + line : '')).join('\n')
}

function list(random: Random, depth = 0): string {
  const indent = '   '.repeat(depth)
  const isOrdered = random.chance(0.4)
  const items = Array.from({ length: random.between(2, 6) }, (_, index) => {
    const marker = isOrdered ? `${index + 1}. ` : '-  '
    const item = `${indent}${marker}${random.chance(0.1) ? '[x] ' : ''}${sentence(random)}`
    if (depth < 2 && random.chance(0.15)) return `${item}\n${list(random, depth + 1)}`
    return random.chance(0.06) ? `${item}\n\n${code(random, `${indent}   `)}` : item
  })
  return items.join(random.chance(0.2) ? '\n\n' : '\n')
}

export function tableRow(random: Random, columns: number): string {
  const cells = Array.from({ length: columns }, () => {
    if (random.chance(0.2)) return '`a\\|b`'
    return random.chance(0.3) ? `**${random.pick(english)}**` : words(random, random.between(1, 4))
  })
  return `| ${cells.join(' | ')} |`
}

function table(random: Random): string {
  const columns = random.between(2, 5)
  const delimiters = Array.from({ length: columns }, () => random.pick(['---', ':---', '---:', ':-:']))
  const rows = Array.from({ length: random.between(1, 7) }, () => tableRow(random, columns))
  return [tableRow(random, columns), `|${delimiters.join('|')}|`, ...rows].join('\n')
}

function quote(random: Random): string {
  const first = `> ${sentence(random)}`
  return random.chance(0.4) ? `${first}\n>\n> - ${sentence(random)}\n> - ${sentence(random)}` : first
}

/** The kinds of blocks by how often they come. */
const blocks: Kinds = [
  [38, paragraph],
  [14, (random) => `${'#'.repeat(random.between(1, 4))} ${capitalized(words(random, random.between(2, 6)))}`],
  [18, list],
  [12, code],
  [7, table],
  [4, quote],
  [2, () => '---'],
  [1, (random) => random.pick(['<br>', `<details>\n<summary>More</summary>\n\n${paragraph(random)}\n\n</details>`])],
  [1, (random) => `[ref${random.between(1, 5)}]: https://example.com/ref "Title"`],
  [1, (random) => `[^${random.between(1, 4)}]: ${sentence(random)}`],
  [1, (random) => `${capitalized(words(random, 3))}\n${random.pick(['---', '==='])}`],
  [1, () => '    indented code\n\n    more'],
]
const block = (random: Random) => pickByWeight(random, blocks)

/** An answer of at least that many characters. */
export function answer(random: Random, length: number): string {
  let text = ''
  while (text.length < length) text += `${block(random)}\n\n`
  return text
}

const soup =
  '* ** *** _ __ ~ ~~ ` `` ``` ``````` ~~~ [ ] ( ) ![ ]( ][ ]: [a] [a]: [^a] [^a]: <a> </a> <a <!-- --> <? > >> - + 1. 2) 10. # ## ### = === --- *** | |- :-: --|-- \\ & &amp; &# &#x41; http:// www. a@b.c ://  a b c word " \' /url - [ ] [x]'.split(
    ' ',
  )

/** Marks in no order. */
export function tokenSoup(random: Random, count: number): string {
  const spaces = ['', '', '', ' ', ' ', '\n', '\n\n', '    ', '\t', '  \n']
  return Array.from({ length: count }, () => random.pick(soup) + random.pick(spaces)).join('')
}
