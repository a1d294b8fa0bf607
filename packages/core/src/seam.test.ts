import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeam } from './seam.ts'

/** The text with its continuation, which comes in these pieces. */
function join(before: string, ...pieces: readonly string[]): string {
  const seam = createSeam(before)
  return before + pieces.map((piece) => seam.push(piece)).join('') + seam.end()
}

describe('a continuation', () => {
  it('that begins where the text ends passes as it is', () => {
    expect(join('A millrace is the ', 'channel that carries a stream.')).toBe(
      'A millrace is the channel that carries a stream.',
    )
  })

  it.each([
    ['the word it was cut in', 'It is a contin', 'continuation of the text.', 'It is a continuation of the text.'],
    ['its last word', 'This is the millrace', 'millrace of the town.', 'This is the millrace of the town.'],
    ['its last words', 'and then a wheel of ', 'wheel of wood turns.', 'and then a wheel of wood turns.'],
    ['its last sentence', 'Water falls. The wheel tur', 'The wheel turns.', 'Water falls. The wheel turns.'],
    ['its last line', 'A list:\n\n- first\n- sec', '- second\n- third', 'A list:\n\n- first\n- second\n- third'],
    ['all of it', 'The mill. The wheel.', 'The mill. The wheel. The end.', 'The mill. The wheel. The end.'],
    ['Vietnamese', 'Cối xay nước quay ngh', 'quay nghiêng xuống.', 'Cối xay nước quay nghiêng xuống.'],
    ['Chinese', '水车慢慢地在河边转动着', '慢慢地在河边转动着，发出声音。', '水车慢慢地在河边转动着，发出声音。'],
  ])('may repeat %s', (_, before, continuation, whole) => {
    expect(join(before, continuation)).toBe(whole)
    expect(join(before, ...continuation)).toBe(whole)
  })

  it.each([
    ['a letter', 'The letter', 'ring of the sign'],
    ['two letters', 'A bana', 'na is yellow'],
    ['a space', 'Two spaces ', ' stay two'],
    ['a line feed', 'One paragraph.\n', '\nAnother paragraph.'],
    ['indentation', '  if (a) {\n        ', '        deeper()'],
    ['blank lines with spaces', 'a\n          ', '\n          b'],
    ['a ruler', 'a\n----------', '----------\nb'],
    ['a table', '|------------', '|------------|'],
    ['numbers in a row', '[0, 0, 0, 0, 0, 0, 0, ', '0, 0, 0, 0, 0, 1]'],
    ['items in a row', '[{"x":1},{"x":1},', '{"x":1},{"x":1}]'],
    ['a short word', 'so so ', 'so good'],
    ['part of a word', 'in the beginn', 'inn of the town'],
  ])('may share %s with the end of the text by chance', (_, before, continuation) => {
    expect(join(before, continuation)).toBe(before + continuation)
    expect(join(before, ...continuation)).toBe(before + continuation)
  })

  it('loses nothing where it says again what stands further up', () => {
    const verse = 'Turn, wheel, turn, the water is long. '
    const before = `${verse}The night is deep. `
    expect(join(before, ...verse)).toBe(before + verse)
  })

  it('loses nothing where it begins all over in other words', () => {
    const before = 'The mill stands by the river. It turns.'
    const again = 'The mill stands by the water. It turns slowly.'
    expect(join(before, ...again)).toBe(before + again)
  })

  it('may repeat a text of any length whole, and 4,000 characters of its end', () => {
    const long = Array.from({ length: 5000 }, (_, index) => `line ${index}\n`).join('')
    expect(join(long, `${long}the end`)).toBe(`${long}the end`)
    expect(join(long, `${long.slice(-4000)}the end`)).toBe(`${long}the end`)
  })

  it('may be no more than a repetition', () => {
    expect(join('The end of it all.', 'it all.', '')).toBe('The end of it all.it all.')
    expect(join('The end of it all.', 'end of it all.')).toBe('The end of it all.')
  })

  it('of nothing is all there is', () => {
    expect(join('', 'All', ' of it')).toBe('All of it')
  })

  it('may be nothing', () => {
    expect(join('All of it')).toBe('All of it')
  })
})

describe('what is held back', () => {
  it('is let go as soon as it can be no repetition', () => {
    const seam = createSeam('The wheel turns in the mill.')
    expect(seam.push('The wheel ')).toBe('')
    expect(seam.push('stands')).toBe('The wheel stands')
    expect(seam.push(' still')).toBe(' still')
    expect(seam.end()).toBe('')
  })

  it('is let go where something else than text follows, but for what was no text yet', () => {
    const seam = createSeam('The wheel turns in the mill.')
    expect(seam.end()).toBe('')
    expect(seam.push('The wheel turns in the mill.')).toBe('')
    expect(seam.push(' And on.')).toBe(' And on.')
  })
})

const word = fc.stringMatching(/^[a-zà-ỹ0-9]{1,9}$/u)
const gap = fc.constantFrom(' ', ' ', ' ', ', ', '. ', '\n', '\n\n', '\n- ')
const prose = fc.array(fc.tuple(word, gap), { minLength: 12, maxLength: 120 }).map((words) => words.flat().join(''))
const places = fc.array(fc.nat(), { maxLength: 30 })

function cutAt(text: string, cuts: readonly number[]): string[] {
  const ends = [...cuts.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b)
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end))
}

function longestOverlap(before: string, continuation: string): number {
  let length = Math.min(before.length, continuation.length)
  while (!before.endsWith(continuation.slice(0, length))) length--
  return length
}

/** Whether the text repeats itself at its end already, so that it may well go on with it. */
function isPattern(text: string, overlap: number): boolean {
  for (let period = 1; period <= overlap; period++)
    if (
      text.endsWith(text.slice(-period).repeat(2)) &&
      text.slice(-overlap).startsWith(text.slice(-overlap).slice(period))
    )
      return true
  return false
}

it('gives the whole text back, wherever it was cut and wherever the continuation begins', () => {
  fc.assert(
    fc.property(prose, fc.nat(), fc.nat(200), places, (text, at, back, cuts) => {
      const cut = at % (text.length + 1)
      const overlap = Math.min(cut, back)
      fc.pre(overlap === 0 || (overlap >= 8 && !isPattern(text.slice(0, cut), overlap)))
      const [before, continuation] = [text.slice(0, cut), text.slice(cut - overlap)]
      fc.pre(longestOverlap(before, continuation) === overlap)
      expect(join(before, ...cutAt(continuation, cuts))).toBe(text)
    }),
    { numRuns: 3000 },
  )
})

it('never loses or makes up anything but an end of the text before', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', '0', '🙂'), maxLength: 60 })
  fc.assert(
    fc.property(few, few, places, (before, continuation, cuts) => {
      const joined = join(before, ...cutAt(continuation, cuts))
      const dropped = before.length + continuation.length - joined.length
      expect(joined).toBe(before + continuation.slice(dropped))
      expect(before.endsWith(continuation.slice(0, dropped))).toBe(true)
      expect(joined).toBe(join(before, continuation))
    }),
    { numRuns: 3000 },
  )
})

it('takes time that is linear in the texts, however small the pieces', () => {
  const before = Array.from({ length: 60_000 }, (_, index) => `${index} `).join('')
  const seam = createSeam(before)
  // Looking into all that is held for each piece would take minutes.
  let said = ''
  for (const character of `${before}The end.`) said += seam.push(character)
  expect(said + seam.end()).toBe('The end.')
})
