import { tests } from 'commonmark-spec'
import { answer, tokenSoup } from './documents.ts'
import type { Random } from './random.ts'

/** The examples of CommonMark. An arrow stands for a tab there. */
export const examples: readonly { number: number; markdown: string; html: string }[] = tests.map(
  ({ number, markdown, html }) => ({
    number,
    markdown: markdown.replaceAll('→', '\t'),
    html: html.replaceAll('→', '\t'),
  }),
)

function joinedExamples(random: Random): string {
  const texts = Array.from({ length: random.between(2, 8) }, () => random.pick(examples).markdown)
  return texts.join(random.pick(['', '\n', '\n\n']))
}

function pathological(random: Random): string {
  const mark = random.pick([
    '[',
    '`',
    '*',
    '_',
    '~',
    '<',
    '![',
    '[a](',
    '**a ',
    '*a_ ',
    '&',
    '|',
    '> ',
    '- ',
    '`` ` ',
    'http://',
  ])
  return (
    random.pick(['', 'words ', '# ', '| ']) + mark.repeat(random.between(1, 300)) + random.pick(['', ' end', '\n\nend'])
  )
}

const kinds: readonly ((random: Random) => string)[] = [
  (random) => random.pick(examples).markdown,
  joinedExamples,
  (random) => joinedExamples(random).replace(/^/gm, '> '),
  (random) => `- ${joinedExamples(random).replaceAll('\n', '\n  ')}`,
  (random) => tokenSoup(random, random.between(1, 60)),
  (random) => answer(random, random.between(100, 3000)),
  (random) => tokenSoup(random, random.between(100, 1200)),
  pathological,
]

/** A text of some kind: examples alone, joined, quoted or in a list, marks in no order, answers, crafted ones. */
export function anyText(random: Random): string {
  const text = random.pick(kinds)(random)
  return random.chance(0.1) ? text.replaceAll('\n', random.pick(['\r\n', '\r'])) : text
}
