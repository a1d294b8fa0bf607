import { describe, expect, it } from 'vitest'
import { everyCut, smallestPieces } from '../test-support/cuts.ts'
import { createSseDecoder, type ServerSentEvent, type SseDecoderOptions } from './decode-sse.ts'

function decode(pieces: readonly string[], options?: SseDecoderOptions): ServerSentEvent[] {
  const decoder = createSseDecoder(options)
  return [...pieces.flatMap((piece) => decoder.push(piece)), ...decoder.end()]
}

/** The events of a text, the same ones however it is cut. */
function eventsOf(text: string, options?: SseDecoderOptions): ServerSentEvent[] {
  const whole = decode([text], options)
  for (const pieces of [...everyCut(text), smallestPieces(text)]) expect(decode(pieces, options)).toEqual(whole)
  return whole
}

const dataOf = (text: string) => eventsOf(text).map(({ data }) => data)
const message = (data: string, id = '') => ({ type: 'message', data, id })

describe('lines', () => {
  it.each([
    ['a line feed', '\n'],
    ['a carriage return', '\r'],
    ['both', '\r\n'],
  ])('end at %s', (_, end) => {
    expect(dataOf(`data: a${end}data: b${end}${end}data: c${end}${end}`)).toEqual(['a\nb', 'c'])
  })

  it('may end differently within one event', () => {
    expect(dataOf('data: 1\r\ndata: 2\rdata: 3\ndata: 4\r\r\n')).toEqual(['1\n2\n3\n4'])
  })

  it('end twice at a line feed before a carriage return', () => {
    expect(dataOf('data: a\n\rdata: b\n\r')).toEqual(['a', 'b'])
  })

  it('end at nothing else that looks like an end', () => {
    expect(dataOf('data: a\u2028b\u2029c\u0085d\ve\ff\n\n')).toEqual(['a\u2028b\u2029c\u0085d\ve\ff'])
  })

  it('end at once at a carriage return that ends a piece', () => {
    const decoder = createSseDecoder()
    expect(decoder.push('data: a\r\r')).toEqual([message('a')])
  })

  it('end once at a carriage return and a line feed of the next piece', () => {
    const decoder = createSseDecoder()
    expect(decoder.push('data: a\r')).toEqual([])
    expect(decoder.push('\ndata: b\r')).toEqual([])
    expect(decoder.push('\n\r')).toEqual([message('a\nb')])
    expect(decoder.push('\ndata: c\n\n')).toEqual([message('c')])
  })

  it('end once at a carriage return and a line feed with an empty piece between them', () => {
    const decoder = createSseDecoder()
    decoder.push('data: a\r')
    decoder.push('')
    expect(decoder.push('\n')).toEqual([])
    expect(decoder.push('\r\n')).toEqual([message('a')])
  })

  it('keep a character whose halves come in two pieces', () => {
    expect(dataOf('data: 😀 xin chào 你好\n\n')).toEqual(['😀 xin chào 你好'])
  })
})

describe('fields', () => {
  it.each([
    ['a space after the colon', 'data: a', 'a'],
    ['no space after the colon', 'data:a', 'a'],
    ['a second space, which is kept', 'data:  a', ' a'],
    ['a tab, which is kept', 'data:\ta', '\ta'],
    ['a space at the end, which is kept', 'data: a ', 'a '],
    ['more colons', 'data: a:b: c', 'a:b: c'],
    ['nothing after the colon', 'data:', ''],
    ['a space alone', 'data: ', ''],
    ['no colon', 'data', ''],
  ])('are read with %s', (_, line, data) => {
    expect(dataOf(`${line}\n\n`)).toEqual([data])
  })

  it.each(['Data: a', ' data: a', 'datas: a', 'dat: a', '\uFEFFdata: a', 'data : a'])(
    'are ignored as in %j',
    (line) => {
      expect(eventsOf(`${line}\n\n`)).toEqual([])
    },
  )

  it('are joined by a line feed where they are data, empty ones too', () => {
    expect(dataOf('data: a\ndata\ndata: b\ndata:\n\n')).toEqual(['a\n\nb\n'])
  })

  it('may stand in any order', () => {
    expect(eventsOf('data: a\nid: 7\nevent: named\n\n')).toEqual([{ type: 'named', data: 'a', id: '7' }])
  })

  it('are told where nobody knows them, and comments are not', () => {
    const ignored: string[] = []
    decode(['error: {"a":1}\n: ping\n{"b":2}\ndata: x\n\nDATA\n\n'], { onIgnoredLine: (line) => ignored.push(line) })
    expect(ignored).toEqual(['error: {"a":1}', '{"b":2}', 'DATA'])
  })
})

describe('comments', () => {
  it.each([':', ': ping', ':data: a', '::'])('say nothing, as in %j', (comment) => {
    expect(dataOf(`${comment}\n\ndata: a\n${comment}\ndata: b\n\n`)).toEqual(['a\nb'])
  })
})

describe('an event', () => {
  it('comes out with its blank line, not later', () => {
    const decoder = createSseDecoder()
    expect(decoder.push('data: a\n')).toEqual([])
    expect(decoder.push('\ndata: b')).toEqual([message('a')])
  })

  it('is none without data, and its type is forgotten', () => {
    expect(eventsOf('event: lost\n\ndata: a\n\n')).toEqual([message('a')])
  })

  it('is one with empty data', () => {
    expect(eventsOf('data\n\n')).toEqual([message('')])
  })

  it('has the last type that was named, for itself alone', () => {
    expect(eventsOf('event: a\nevent: b\ndata: 1\n\ndata: 2\n\n')).toEqual([
      { type: 'b', data: '1', id: '' },
      message('2'),
    ])
  })

  it('has the type message where the type is empty', () => {
    expect(eventsOf('event:\ndata: 1\n\n')).toEqual([message('1')])
  })

  it('may follow any number of blank lines', () => {
    expect(eventsOf('\n\r\n\r\r\n\ndata: a\n\n\n\n')).toEqual([message('a')])
  })

  it('may be one of many in one piece', () => {
    const text = Array.from({ length: 1000 }, (_, index) => `data: ${index}\n\n`).join('')
    expect(decode([text])).toEqual(Array.from({ length: 1000 }, (_, index) => message(`${index}`)))
  })
})

describe('the id', () => {
  it('stays for the events that name none', () => {
    expect(eventsOf('id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n').map(({ id }) => id)).toEqual(['1', '1', '2'])
  })

  it.each(['id', 'id:', 'id: '])('is taken back by an empty one, as in %j', (line) => {
    expect(eventsOf(`id: 1\ndata: a\n\n${line}\ndata: b\n\n`).map(({ id }) => id)).toEqual(['1', ''])
  })

  it('is ignored where it holds a NUL', () => {
    expect(eventsOf('id: 1\nid: 2\0\ndata: a\n\n')).toEqual([message('a', '1')])
  })

  it('may be resumed from once its event is dispatched, not before', () => {
    const decoder = createSseDecoder()
    decoder.push('id: 1\ndata: a\n\nid: 2\ndata: b\n')
    expect(decoder.lastEventId).toBe('1')
    decoder.push('\n')
    expect(decoder.lastEventId).toBe('2')
  })

  it('may be resumed from after a block that is an id alone', () => {
    const decoder = createSseDecoder()
    decoder.push('id: 9\n\n')
    expect(decoder.lastEventId).toBe('9')
  })

  it('of an event that was discarded at the end may not be resumed from', () => {
    const decoder = createSseDecoder()
    decoder.push('id: 1\ndata: a\n\nid: 2\ndata: b')
    decoder.end()
    expect(decoder.lastEventId).toBe('1')
  })

  it('that the end of the stream cut off may not be resumed from', () => {
    const decoder = createSseDecoder({ unterminated: 'dispatch' })
    decoder.push('id: 1\ndata: a\n\nid: 12')
    expect(decoder.end()).toEqual([])
    expect(decoder.lastEventId).toBe('1')
  })
})

describe('the reconnection time', () => {
  const retryOf = (text: string, options?: SseDecoderOptions) => {
    const decoder = createSseDecoder(options)
    for (const piece of smallestPieces(text)) decoder.push(piece)
    decoder.end()
    return decoder.retryMs
  }

  it.each([
    ['retry: 1500\n', 1500],
    ['retry:0\n', 0],
    ['retry: 10\nretry: 20\n', 20],
    ['retry: 10\nretry: soon\n', 10],
  ])('is the last that was valid: %j', (text, retryMs) => {
    expect(retryOf(text)).toBe(retryMs)
  })

  it.each(['', '-1', '1.5', '1e3', '+5', '5s', ' 5', '٣'])('is ignored where it is %j', (value) => {
    expect(retryOf(`retry: ${value}\n`)).toBeUndefined()
  })

  it.each(['discard', 'dispatch'] as const)('is ignored where its line has no end (%s)', (unterminated) => {
    expect(retryOf('retry: 15', { unterminated })).toBeUndefined()
  })
})

describe('the end of the stream', () => {
  const tails: [string, string, ServerSentEvent[]][] = [
    ['a data line without its end', 'data: b', [message('b')]],
    ['data without its blank line', 'data: b\n', [message('b')]],
    ['data and a carriage return', 'data: b\r', [message('b')]],
    ['two data lines', 'data: b\ndata: c', [message('b\nc')]],
    ['a type, an id and data', 'event: t\nid: 3\ndata: b', [{ type: 't', data: 'b', id: '3' }]],
    ['no data', 'event: t\n', []],
    ['a comment', ': ping', []],
    ['nothing', '', []],
  ]

  it.each(tails)('discards %s', (_, tail) => {
    expect(eventsOf(`data: a\n\n${tail}`)).toEqual([message('a')])
  })

  it.each(tails)('dispatches %s where it is asked to', (_, tail, events) => {
    expect(eventsOf(`data: a\n\n${tail}`, { unterminated: 'dispatch' })).toEqual([message('a'), ...events])
  })

  it('has nothing more to say the second time', () => {
    const decoder = createSseDecoder({ unterminated: 'dispatch' })
    decoder.push('data: a')
    decoder.end()
    expect(decoder.end()).toEqual([])
  })
})
