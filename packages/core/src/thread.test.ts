import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMessage, type Message } from './message.ts'
import {
  addMessage,
  allMessages,
  createThread,
  findMessage,
  pathAfter,
  pathTo,
  replaceMessages,
  selectBranch,
  showMessage,
  siblingsOf,
  type Thread,
  updateMessage,
} from './thread.ts'

const message = (id: string): Message => createMessage({ id, role: 'user', content: id, createdAt: 0 })
const path = ({ messages }: Thread) => messages.map(({ id }) => id).join(' ')
const threadOf = (ids: string) => createThread(ids.split(' ').filter(Boolean).map(message))

/** A question with two answers, of which the first was gone on with. */
function forked(): Thread {
  const first = threadOf('question answer1 more1')
  return addMessage(first, message('answer2'), 'question')
}

describe('adding', () => {
  it('goes on at the end of what is shown', () => {
    expect(path(addMessage(threadOf('a b'), message('c')))).toBe('a b c')
  })

  it('begins an empty thread', () => {
    expect(path(addMessage(createThread(), message('a')))).toBe('a')
  })

  it('shows what is added beside another instead of that and all that followed', () => {
    expect(path(forked())).toBe('question answer2')
  })

  it('begins the thread anew beside its first message', () => {
    const thread = addMessage(threadOf('a b'), message('c'), '')
    expect(path(thread)).toBe('c')
    expect(siblingsOf(thread, 'c')).toEqual(['a', 'c'])
  })

  it('leaves the thread it is given as it was', () => {
    const thread = threadOf('a b')
    addMessage(thread, message('c'), 'a')
    expect(path(thread)).toBe('a b')
    expect(siblingsOf(thread, 'b')).toEqual(['b'])
  })
})

describe('branches', () => {
  it('lists a message and its siblings in the order they were added, whichever is shown', () => {
    expect(siblingsOf(forked(), 'answer1')).toEqual(['answer1', 'answer2'])
    expect(siblingsOf(forked(), 'answer2')).toEqual(['answer1', 'answer2'])
  })

  it('keeps the list while messages change, for whoever compares it', () => {
    const thread = forked()
    const later = updateMessage(thread, 'answer2', (before) => ({ ...before, content: 'changed' }))
    expect(siblingsOf(later, 'answer2')).toBe(siblingsOf(thread, 'answer2'))
  })

  it('is alone where nothing is beside it', () => {
    expect(siblingsOf(forked(), 'question')).toEqual(['question'])
  })

  it('comes back with all that followed', () => {
    expect(path(selectBranch(forked(), 'answer2', 0))).toBe('question answer1 more1')
  })

  it('comes back to the branch within a branch that was shown last', () => {
    const deep = addMessage(selectBranch(forked(), 'answer2', 0), message('more2'), 'answer1')
    const older = selectBranch(deep, 'more2', 0)
    const away = selectBranch(older, 'answer1', 1)
    expect(path(selectBranch(away, 'answer2', 0))).toBe('question answer1 more1')
  })

  it('stays where it is for an index or a message that does not exist', () => {
    expect(selectBranch(forked(), 'answer2', 7)).toEqual(forked())
    expect(selectBranch(forked(), 'nobody', 0)).toEqual(forked())
  })

  it('goes on from the branch that is shown', () => {
    const thread = addMessage(selectBranch(forked(), 'answer2', 0), message('end'))
    expect(path(thread)).toBe('question answer1 more1 end')
  })

  it('finds a message wherever it is', () => {
    expect(findMessage(forked(), 'more1')?.content).toBe('more1')
    expect(findMessage(forked(), 'question')?.content).toBe('question')
    expect(findMessage(forked(), 'nobody')).toBeUndefined()
  })

  it('tells what follows a message, as it is shown or was left', () => {
    const after = (id: string) => pathAfter(forked(), id).map((each) => each.id)
    expect(['', 'question', 'answer1', 'more1'].map(after)).toEqual([
      ['question', 'answer2'],
      ['answer2'],
      ['more1'],
      [],
    ])
  })
})

describe('changing a message', () => {
  const shout = (before: Message): Message => ({ ...before, content: before.content.toUpperCase() })

  it.each(['answer2', 'more1'])('works on every branch and leaves all others alone: %s', (id) => {
    const thread = forked()
    const changed = updateMessage(thread, id, shout)
    expect(findMessage(changed, id)?.content).toBe(id.toUpperCase())
    for (const other of ['question', 'answer1', 'answer2', 'more1'].filter((name) => name !== id))
      expect(findMessage(changed, other)).toBe(findMessage(thread, other))
  })

  it('does nothing for one that is not there', () => {
    const thread = forked()
    expect(updateMessage(thread, 'nobody', shout)).toBe(thread)
  })
})

describe('replacing what is shown', () => {
  it('keeps the branches beside the messages that stay', () => {
    const thread = replaceMessages(forked(), [message('question'), message('answer2'), message('new')])
    expect(path(thread)).toBe('question answer2 new')
    expect(path(selectBranch(thread, 'answer2', 0))).toBe('question answer1 more1')
  })

  it('drops the branches beside what goes', () => {
    const thread = replaceMessages(forked(), [message('question')])
    expect(findMessage(thread, 'answer1')).toBeUndefined()
    expect(findMessage(thread, 'more1')).toBeUndefined()
  })

  it('drops everything for an empty path, also where a branch that is not shown has branches of its own', () => {
    const onMore = addMessage(selectBranch(forked(), 'answer2', 0), message('more2'), 'answer1')
    const hidden = selectBranch(onMore, 'answer1', 1)
    expect(allMessages(hidden)).toHaveLength(5)
    expect(replaceMessages(hidden, [])).toEqual(createThread())
  })

  it('refuses a message that stands on a branch that is kept as well', () => {
    const path = [message('question'), message('answer2'), message('more1')]
    expect(() => replaceMessages(forked(), path)).toThrow('Two messages have the same id')
  })

  it('refuses two messages with one id', () => {
    expect(() => createThread([message('a'), message('a')])).toThrow('Two messages have the same id')
  })
})

it('loses no message and reaches each, whatever is added and selected', () => {
  const step = fc.tuple(fc.constantFrom('append', 'fork', 'select'), fc.nat(), fc.nat(4))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let thread = createThread()
      const added: string[] = []
      const parents = new Map<string, string>()
      for (const [kind, place, index] of steps) {
        const at = added[place % Math.max(1, added.length)] ?? ''
        if (kind === 'select') thread = selectBranch(thread, at, index)
        else {
          const id = `m${added.length}`
          added.push(id)
          parents.set(id, kind === 'fork' ? at : (thread.messages.at(-1)?.id ?? ''))
          thread = addMessage(thread, message(id), kind === 'fork' ? at : undefined)
        }
      }
      for (const id of added) {
        const siblings = siblingsOf(thread, id)
        const shown = selectBranch(thread, id, siblings.indexOf(id))
        expect(siblings).toContain(id)
        expect(findMessage(thread, id)?.id).toBe(id)
        if (siblings.length > 1) expect(shown.messages.map((each) => each.id)).toContain(id)
        expect(showMessage(thread, id).messages.map((each) => each.id)).toContain(id)
        expect(
          allMessages(shown)
            .map((each) => each.id)
            .toSorted(),
        ).toEqual(added.toSorted())
        const parent = parents.get(id) ?? ''
        expect(pathTo(thread, id).map((each) => each.id)).toEqual([
          ...pathTo(thread, parent).map((each) => each.id),
          id,
        ])
      }
    }),
  )
})
