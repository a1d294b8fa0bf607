import type { Words } from '../strings.ts'

/** What the list of keys says. */
export interface ShortcutStrings {
  readonly shortcuts: string
  readonly shortcutGroups: Readonly<Record<'everywhere' | 'composer' | 'transcript' | 'turn' | 'threads', string>>
  readonly nextRegion: string
  readonly previousRegion: string
  readonly stopOrLeave: string
  readonly sendMessage: string
  readonly newLine: string
  readonly lastSent: string
  readonly goByTurn: string
  readonly firstOrLastTurn: string
  readonly nextBlock: string
  readonly previousBlock: string
  readonly goByThread: string
  readonly openThread: string
  readonly renameThreadByKey: string
  readonly removeThreadByKey: string
}

export const shortcutWords: Words<ShortcutStrings> = {
  en: {
    shortcuts: 'Keyboard shortcuts',
    shortcutGroups: {
      everywhere: 'Everywhere',
      composer: 'Where you write',
      transcript: 'Among the messages',
      turn: 'On a message',
      threads: 'In the list of chats',
    },
    nextRegion: 'Next part of the page',
    previousRegion: 'Previous part of the page',
    stopOrLeave: 'Stop the answer, else step back',
    sendMessage: 'Send',
    newLine: 'New line',
    lastSent: 'Your last message again',
    goByTurn: 'From message to message',
    firstOrLastTurn: 'First and last message',
    nextBlock: 'Next code or table',
    previousBlock: 'Previous code or table',
    goByThread: 'From chat to chat',
    openThread: 'Open',
    renameThreadByKey: 'Rename',
    removeThreadByKey: 'Delete',
  },
  vi: {
    shortcuts: 'Phím tắt',
    shortcutGroups: {
      everywhere: 'Ở mọi nơi',
      composer: 'Trong ô soạn',
      transcript: 'Giữa các tin nhắn',
      turn: 'Trên một tin nhắn',
      threads: 'Trong danh sách trò chuyện',
    },
    nextRegion: 'Phần tiếp theo của trang',
    previousRegion: 'Phần trước của trang',
    stopOrLeave: 'Dừng câu trả lời, hoặc lùi lại một bước',
    sendMessage: 'Gửi',
    newLine: 'Xuống dòng',
    lastSent: 'Lấy lại tin nhắn vừa gửi',
    goByTurn: 'Sang tin nhắn khác',
    firstOrLastTurn: 'Tin nhắn đầu và cuối',
    nextBlock: 'Đoạn mã hoặc bảng tiếp theo',
    previousBlock: 'Đoạn mã hoặc bảng trước đó',
    goByThread: 'Sang cuộc trò chuyện khác',
    openThread: 'Mở',
    renameThreadByKey: 'Đổi tên',
    removeThreadByKey: 'Xóa',
  },
}
