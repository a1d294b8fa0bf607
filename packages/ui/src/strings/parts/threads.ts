import type { StorageError } from '@millrace/hooks'
import { inEnglish, inVietnamese } from '../formats.ts'
import type { Words } from '../strings.ts'

/** What the list of threads says. */
export interface ThreadsStrings {
  readonly threads: string
  readonly newChat: string
  readonly searchThreads: string
  readonly threadsFound: (count: number) => string
  readonly noneFound: string
  readonly noThreads: string
  readonly threadAges: Readonly<Record<'today' | 'yesterday' | 'week' | 'month' | 'older', string>>
  readonly untitledThread: string
  readonly threadTitle: string
  readonly rename: string
  readonly renameThread: (title: string) => string
  readonly remove: string
  readonly removeThread: (title: string) => string
  readonly threadRemoved: (title: string) => string
  readonly undo: string
  readonly storageErrors: Readonly<Record<StorageError['code'], string>>
}

export const threadsWords: Words<ThreadsStrings> = {
  en: {
    threads: 'Chats',
    newChat: 'New chat',
    searchThreads: 'Search',
    threadsFound: (count) => inEnglish.plural(count, { one: '{count} chat found', other: '{count} chats found' }),
    noneFound: 'No chat says that.',
    noThreads: 'Your chats will be kept here.',
    threadAges: {
      today: 'Today',
      yesterday: 'Yesterday',
      week: 'Last 7 days',
      month: 'Last 30 days',
      older: 'Older',
    },
    untitledThread: 'Untitled',
    threadTitle: 'Title',
    rename: 'Rename',
    renameThread: (title) => `Rename “${title}”`,
    remove: 'Delete',
    removeThread: (title) => `Delete “${title}”`,
    threadRemoved: (title) => `“${title}” was deleted.`,
    undo: 'Undo',
    storageErrors: {
      full: 'There is no room left to save chats. What is new is kept while this page is open. Delete some.',
      unavailable: 'This browser does not save chats here. They are kept while this page is open.',
      'not-json': 'A message could not be saved. It is kept while this page is open.',
    },
  },
  vi: {
    threads: 'Các cuộc trò chuyện',
    newChat: 'Cuộc trò chuyện mới',
    searchThreads: 'Tìm kiếm',
    threadsFound: (count) => inVietnamese.plural(count, { other: 'Tìm thấy {count} cuộc trò chuyện' }),
    noneFound: 'Không có cuộc trò chuyện nào nhắc đến điều này.',
    noThreads: 'Các cuộc trò chuyện của bạn sẽ được lưu ở đây.',
    threadAges: {
      today: 'Hôm nay',
      yesterday: 'Hôm qua',
      week: '7 ngày qua',
      month: '30 ngày qua',
      older: 'Cũ hơn',
    },
    untitledThread: 'Chưa có tên',
    threadTitle: 'Tên',
    rename: 'Đổi tên',
    renameThread: (title) => `Đổi tên “${title}”`,
    remove: 'Xóa',
    removeThread: (title) => `Xóa “${title}”`,
    threadRemoved: (title) => `Đã xóa “${title}”.`,
    undo: 'Hoàn tác',
    storageErrors: {
      full: 'Đã hết chỗ để lưu. Nội dung mới được giữ khi trang này còn mở. Hãy xóa bớt.',
      unavailable: 'Trình duyệt không lưu trò chuyện ở đây. Nội dung được giữ khi trang này còn mở.',
      'not-json': 'Có một tin nhắn không lưu được. Tin được giữ khi trang này còn mở.',
    },
  },
}
