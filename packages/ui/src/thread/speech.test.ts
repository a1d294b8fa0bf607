import { describe, expect, it } from 'vitest'
import { createSpeech } from './speech.ts'

const nameCode = (language: string | undefined) => `Code${language ? `, ${language}` : ''}.`
const spoken = (text: string) => createSpeech(nameCode).read(text, true)

/** What is spoken of a text that arrives a character at a time. */
function spokenInPieces(text: string): string[] {
  const speech = createSpeech(nameCode)
  const said = [...text].flatMap((_, index, all) => speech.read(all.slice(0, index + 1).join(''), false))
  return [...said, ...speech.read(text, true)]
}

const answer = `## The **mill**

A mill grinds, e.g. wheat. It was built by Dr. Lý in 3.5 years! See [the plan](https://example.com/a.b).

- *First*: open the gate
- Then wait. It takes \`wait()\` a while
1. One
2. Two

| Wheel | Fall |
| :-- | --: |
| Upper | 3 m |

\`\`\`ts
gate.open() // Not read. Never.
\`\`\`

> Quoted, "so they say." And on

Nước chảy đá mòn. TP. Huế có 3 cối xay… Đúng không? Vâng.`

const sentences = [
  'The mill.',
  'A mill grinds, e.g. wheat.',
  'It was built by Dr. Lý in 3.5 years!',
  'See the plan.',
  'First: open the gate.',
  'Then wait.',
  'It takes wait() a while.',
  '1. One.',
  '2. Two.',
  'Wheel, Fall.',
  'Upper, 3 m.',
  'Code, ts.',
  'Quoted, "so they say."',
  'And on.',
  'Nước chảy đá mòn.',
  'TP. Huế có 3 cối xay…',
  'Đúng không?',
  'Vâng.',
]

describe('an answer', () => {
  it('is spoken sentence by sentence, without its marks, with its code named', () => {
    expect(spoken(answer)).toEqual(sentences)
  })

  it('is the same however it arrives', () => {
    expect(spokenInPieces(answer)).toEqual(sentences)
  })

  it('is spoken as soon as a sentence is followed by the next', () => {
    const speech = createSpeech(nameCode)
    expect(speech.read('It turns.', false)).toEqual([])
    expect(speech.read('It turns. A', false)).toEqual(['It turns.'])
    expect(speech.read('It turns. And how.\n\nNext', false)).toEqual(['And how.'])
  })

  it('keeps a paragraph together that is wrapped', () => {
    expect(spokenInPieces('The wheel\nturns in the\nrace. Always.')).toEqual([
      'The wheel turns in the race.',
      'Always.',
    ])
  })

  it('ends sentences where no space follows, as in Chinese', () => {
    expect(spokenInPieces('水车转动。它很重。')).toEqual(['水车转动。', '它很重。'])
  })

  it('says nothing of code that is still open but that it is there', () => {
    const speech = createSpeech(nameCode)
    expect(speech.read('Look:\n\n```py\nprint("One. Two.")\n', false)).toEqual(['Look:', 'Code, py.'])
    expect(speech.read('Look:\n\n```py\nprint("One. Two.")\n```\nDone.', true)).toEqual(['Done.'])
  })
})
