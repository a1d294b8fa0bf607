import { describe, expect, it } from 'vitest'
import { mentions } from './mentions.ts'
import { slashCommands } from './slash-commands.ts'
import { filterCompletions, findToken } from './trigger.ts'

const at = mentions({ search: [] })
const slash = slashCommands([])
const query = (text: string, caret = text.length) => findToken(text, caret, [at, slash])?.query

describe('a token', () => {
  it('begins with its sign at the beginning of a word', () => {
    expect(findToken('Ask @an', 7, [at])).toEqual({ trigger: at, start: 4, end: 7, query: 'an' })
    expect(query('/he')).toBe('he')
    expect(query('line\n@')).toBe('')
    expect(query('(@bo')).toBe('bo')
  })

  it('ends at the cursor, wherever that is', () => {
    expect(query('@anna is here', 3)).toBe('an')
    expect(query('hello @world', 3)).toBeUndefined()
  })

  it('is none within a word, an address or a path', () => {
    for (const text of ['a@b', 'and/or', 'https://', 'https://a/b', './src', '~/x', 'see @an and']) {
      expect(query(text), text).toBeUndefined()
    }
  })

  it('begins anywhere in languages that set no spaces', () => {
    expect(query('你好@王')).toBe('王')
    expect(query('สวัสดี@ก')).toBe('ก')
  })
})

describe('a filter', () => {
  const all = ['Ánh', 'Đức', 'Nguyễn An', 'Bob'].map((label) => ({ id: label, label, detail: `writes about ${label}` }))
  const labels = (sought: string) => filterCompletions(sought, all).map(({ label }) => label)

  it('finds what begins so, any of its words, without the accents too', () => {
    expect(labels('an')).toEqual(['Ánh', 'Nguyễn An'])
    expect(labels('duc')).toEqual(['Đức'])
    expect(labels('ob')).toEqual([])
  })

  it('looks into the details last', () => {
    expect(labels('b')).toEqual(['Bob'])
    expect(labels('w')).toEqual(['Ánh', 'Đức', 'Nguyễn An', 'Bob'])
  })

  it('offers everything before a letter is typed', () => {
    expect(labels('')).toHaveLength(4)
  })
})
