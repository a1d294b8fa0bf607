import { afterEach, describe, expect, it, vi } from 'vitest'
import { migrations, openStorage } from './indexed-db-storage.ts'
import type { SavedMessage, SavedThread } from './storage.ts'

const names: string[] = []
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  for (const name of names.splice(0)) indexedDB.deleteDatabase(name)
})

function newName(): string {
  const name = `test-${Math.random()}`
  names.push(name)
  return name
}

const thread = (id: string): SavedThread => ({ id, title: id, createdAt: 1, updatedAt: 1, shown: [] })
const message = (threadId: string, id: string): SavedMessage => ({ threadId, id, parentId: '', place: 0, json: '{}' })

describe('threads in IndexedDB', () => {
  it('are there for whoever opens them later', async () => {
    const name = newName()
    const changes = { threads: [thread('a')], messages: [message('a', 'one'), message('a', 'two')] }
    await openStorage(name, migrations).save(changes)
    const later = openStorage(name, migrations)
    expect(await later.list()).toEqual(changes.threads)
    expect(await later.load('a')).toEqual(changes.messages)
  })

  it('have their own messages and no others', async () => {
    const storage = openStorage(newName(), migrations)
    await storage.save({ threads: [], messages: ['a', 'ab', 'b'].map((id) => message(id, `of ${id}`)) })
    expect(await storage.load('a')).toEqual([message('a', 'of a')])
  })

  it('lose what is gone', async () => {
    const storage = openStorage(newName(), migrations)
    await storage.save({ threads: [thread('a'), thread('b')], messages: [message('a', 'one'), message('b', 'two')] })
    await storage.save({ threads: [], messages: [{ ...message('b', 'two'), json: undefined }] })
    await storage.remove('a')
    expect(await storage.list()).toEqual([thread('b')])
    expect(await storage.load('a')).toEqual([])
    expect(await storage.load('b')).toEqual([])
  })
})

describe('a newer schema', () => {
  const newer = [
    ...migrations,
    (_database: IDBDatabase, transaction: IDBTransaction) => {
      const threads = transaction.objectStore('threads')
      threads.openCursor().onsuccess = ({ target }) => {
        const { result: cursor } = target as IDBRequest<IDBCursorWithValue | null>
        cursor?.update({ ...cursor.value, title: `${cursor.value.title} (moved)` })
        cursor?.continue()
      }
    },
  ]

  it('takes over what the one before has kept', async () => {
    const name = newName()
    await openStorage(name, migrations).save({ threads: [thread('a')], messages: [message('a', 'one')] })
    const storage = openStorage(name, newer)
    expect(await storage.list()).toEqual([{ ...thread('a'), title: 'a (moved)' }])
    expect(await storage.load('a')).toEqual([message('a', 'one')])
  })

  it('does not wait for a tab with an older page, which then says that it cannot save', async () => {
    const name = newName()
    const old = openStorage(name, migrations)
    await old.save({ threads: [thread('a')], messages: [] })
    expect(await openStorage(name, newer).list()).toHaveLength(1)
    await expect(old.save({ threads: [thread('b')], messages: [] })).rejects.toMatchObject({ name: 'VersionError' })
  })
})

describe('a browser that keeps nothing', () => {
  it.each([
    ['has no IndexedDB', () => vi.stubGlobal('indexedDB', undefined)],
    [
      'refuses it',
      () =>
        vi.spyOn(indexedDB, 'open').mockImplementation(() => {
          throw new DOMException('', 'SecurityError')
        }),
    ],
  ])('rejects where it %s', async (_, spoil) => {
    const storage = openStorage(newName(), migrations)
    spoil()
    await expect(storage.list()).rejects.toThrow()
  })

  it('is asked again the next time', async () => {
    const storage = openStorage(newName(), migrations)
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('', 'UnknownError')
    })
    await expect(storage.list()).rejects.toThrow()
    open.mockRestore()
    expect(await storage.list()).toEqual([])
  })
})
