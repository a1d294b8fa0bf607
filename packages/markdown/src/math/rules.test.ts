import { describe, expect, it } from 'vitest'
import { backslashMath, blockMath, dollarMath, unwrapInline } from './rules.ts'

describe('between dollars', () => {
  const parse = (text: string) => dollarMath.parse(text, text.indexOf('$'))

  it.each([
    ['$x$', '$x$'],
    ['a $x + y$ b', '$x + y$'],
    ['$$x$$ b', '$$x$$'],
    ['$\\$5$', '$\\$5$'],
    ['$5 \\text{ km per h}$', '$5 \\text{ km per h}$'],
  ])('finds in %j %j', (text, value) => expect(parse(text)).toEqual({ end: text.indexOf(value) + value.length, value }))

  it.each(['$ x$', `$${'x'.repeat(2_000)}`, '$5 and $10', '$5 or $', '$5 and $x$', '$10, or 3$ each'])(
    'finds nothing in %j',
    (text) => expect(parse(text)).toBeUndefined(),
  )

  it.each(['$', '$x', '$$x$', 'a$1,000'])('waits after %j', (text) => expect(parse(text)).toBe('unfinished'))
})

describe('between backslashes', () => {
  const parse = (text: string) => backslashMath.parse(text, 0)

  it('finds both kinds', () => {
    expect(parse('\\(x\\) b')).toEqual({ end: 5, value: '\\(x\\)' })
    expect(parse('\\[x\\]')).toEqual({ end: 5, value: '\\[x\\]' })
  })

  it('leaves other escapes alone', () => expect(parse('\\*x')).toBeUndefined())

  it.each(['\\', '\\(', '\\(x)'])('waits after %j', (text) => expect(parse(text)).toBe('unfinished'))
})

describe('blocks', () => {
  it('begin and end on lines of their own', () => {
    const start = blockMath.start('$$')
    expect(start?.line).toBeUndefined()
    expect(start?.end?.('x')).toBe(false)
    expect(start?.end?.('$$ ')).toBe(true)
  })

  it('begin and end with the formula', () => {
    const start = blockMath.start('\\[x')
    expect(start?.line).toBe('x')
    expect(start?.end?.('+ y \\]')).toBe('+ y ')
  })

  it('may be one line', () => expect(blockMath.start('$$x$$')).toEqual({ line: 'x' }))

  it('are no blocks where text follows', () => {
    expect(blockMath.start('$$x$$ and more')).toBeUndefined()
    expect(blockMath.start('\\[not a link\\](url)')).toBeUndefined()
    expect(blockMath.start('$5')).toBeUndefined()
  })
})

it('takes the marks off', () => {
  expect(unwrapInline('$x$')).toEqual({ formula: 'x', isDisplay: false })
  expect(unwrapInline('$$x$$')).toEqual({ formula: 'x', isDisplay: true })
  expect(unwrapInline('\\(x\\)')).toEqual({ formula: 'x', isDisplay: false })
  expect(unwrapInline('\\[x\\]')).toEqual({ formula: 'x', isDisplay: true })
})
