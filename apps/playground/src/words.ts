import type { Locale } from '@millrace/ui'
import type { Trouble, UpstreamKind } from './server-api.ts'

/** Something to ask for a start. */
export interface Suggestion {
  /** What the chip says. */
  readonly label: string
  /** What is sent. */
  readonly prompt: string
  /** A fault, which only the demo provider can show. */
  readonly demoOnly?: boolean
}

/** The words of the page around the chat. */
export interface Words {
  readonly newChat: string
  readonly chats: string
  readonly closeChats: string
  readonly inspect: string
  readonly ownKey: string
  readonly costs: string
  readonly withOwnKey: (provider: string) => string
  readonly themes: Readonly<Record<'system' | 'light' | 'dark', string>>
  /** The button to the other language, in that language. */
  readonly otherLanguage: { readonly locale: Locale; readonly short: string; readonly label: string }
  readonly answeredBy: (kind: UpstreamKind, name: string) => string
  readonly asking: string
  readonly troubles: Readonly<Record<Trouble, string>>
  readonly title: string
  readonly hint: string
  readonly demoHint: string
  readonly suggestions: readonly Suggestion[]
  /** To go on with, after an answer of the demo. */
  readonly followUps: readonly Suggestion[]
  /** What each command does; some write something. */
  readonly commands: Readonly<Record<'create' | 'again' | 'clear', string>> &
    Readonly<Record<'shorter' | 'table', { readonly detail: string; readonly insert: string }>>
}

const en: Words = {
  newChat: 'New chat',
  chats: 'Chats',
  closeChats: 'Close',
  inspect: 'What goes over the wire',
  ownKey: 'Use your own API key',
  costs: 'Costs',
  withOwnKey: (provider) => `${provider} · your key`,
  themes: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
  otherLanguage: { locale: 'vi', short: 'VI', label: 'Tiếng Việt' },
  answeredBy: (kind, name) =>
    kind === 'demo' ? 'Demo provider · no model behind it' : kind === 'ollama' ? 'Ollama on this machine' : name,
  asking: 'Looking for a provider',
  troubles: {
    'key-invalid': 'key not accepted',
    unreachable: 'not reachable',
    timeout: 'not answering',
    failing: 'failing',
    'server-gone': 'the playground server has stopped',
  },
  title: 'What would you like to know?',
  hint: 'The answer appears as it is written.',
  demoHint:
    'No API key is set, so a demo answers: texts written in advance, streamed for real. Type “help” for the list.',
  suggestions: [
    {
      label: 'Show me a long answer',
      prompt: 'Write a long article in Markdown about how an answer reaches the screen.',
    },
    { label: 'Write code', prompt: 'Write code that reads a streamed answer.' },
    { label: 'A wide table', prompt: 'Show me a wide table of what each model costs.' },
    { label: 'Think step by step', prompt: 'Think step by step: what does a busy chat cost in a month?' },
    { label: 'Trả lời bằng tiếng Việt', prompt: 'Trả lời bằng tiếng Việt: vì sao trời xanh?' },
    { label: 'A tool that asks first', prompt: 'Use a tool: what time is it in Hanoi?', demoOnly: true },
    { label: 'Cut the connection', prompt: 'fault cut', demoOnly: true },
    { label: 'Rate limit me', prompt: 'fault rate-limited', demoOnly: true },
  ],
  followUps: [
    { label: 'Show me a wide table', prompt: 'Show me a wide table of what each model costs.' },
    { label: 'Think step by step', prompt: 'Think step by step: what does a busy chat cost in a month?' },
    { label: 'What else is there?', prompt: 'help' },
  ],
  commands: {
    create: 'Begin a new chat',
    again: 'Another answer to the last question',
    clear: 'Empty this chat',
    shorter: { detail: 'Asks for fewer words', insert: 'Say that again in three sentences.' },
    table: { detail: 'Asks for a table', insert: 'Show that as a table.' },
  },
}

const vi: Words = {
  newChat: 'Cuộc trò chuyện mới',
  chats: 'Các cuộc trò chuyện',
  closeChats: 'Đóng',
  inspect: 'Dữ liệu trên đường truyền',
  ownKey: 'Dùng khóa API của bạn',
  costs: 'Chi phí',
  withOwnKey: (provider) => `${provider} · khóa của bạn`,
  themes: { system: 'Giao diện: theo hệ thống', light: 'Giao diện: sáng', dark: 'Giao diện: tối' },
  otherLanguage: { locale: 'en', short: 'EN', label: 'English' },
  answeredBy: (kind, name) =>
    kind === 'demo' ? 'Bản demo · không có mô hình phía sau' : kind === 'ollama' ? 'Ollama trên máy này' : name,
  asking: 'Đang tìm nhà cung cấp',
  troubles: {
    'key-invalid': 'khóa API không được chấp nhận',
    unreachable: 'không kết nối được',
    timeout: 'không trả lời',
    failing: 'đang gặp lỗi',
    'server-gone': 'máy chủ playground đã dừng',
  },
  title: 'Bạn muốn biết điều gì?',
  hint: 'Câu trả lời hiện ra ngay khi đang được viết.',
  demoHint:
    'Chưa có khóa API nên bản demo trả lời: nội dung viết sẵn, truyền thật từng phần. Gõ “trợ giúp” để xem danh sách.',
  suggestions: [
    {
      label: 'Một câu trả lời dài',
      prompt: 'Viết bài viết dài bằng Markdown: câu trả lời đến màn hình bằng đường nào?',
    },
    { label: 'Viết mã', prompt: 'Viết mã nguồn đọc một câu trả lời đang được gửi dần.' },
    { label: 'Một bảng rộng', prompt: 'Cho tôi xem bảng giá của từng mô hình.' },
    { label: 'Suy nghĩ từng bước', prompt: 'Suy nghĩ từng bước: một tháng trò chuyện tốn bao nhiêu?' },
    { label: 'Answer in English', prompt: 'Answer in English: why is the sky blue?' },
    { label: 'Công cụ cần cho phép', prompt: 'Dùng công cụ: bây giờ ở Hà Nội là mấy giờ?', demoOnly: true },
    { label: 'Ngắt kết nối', prompt: 'lỗi cut', demoOnly: true },
    { label: 'Vượt giới hạn yêu cầu', prompt: 'lỗi rate-limited', demoOnly: true },
  ],
  followUps: [
    { label: 'Cho xem một bảng rộng', prompt: 'Cho tôi xem bảng giá của từng mô hình.' },
    { label: 'Suy nghĩ từng bước', prompt: 'Suy nghĩ từng bước: một tháng trò chuyện tốn bao nhiêu?' },
    { label: 'Còn gì nữa?', prompt: 'trợ giúp' },
  ],
  commands: {
    create: 'Bắt đầu cuộc trò chuyện mới',
    again: 'Trả lời lại câu hỏi vừa rồi',
    clear: 'Xóa hết cuộc trò chuyện này',
    shorter: { detail: 'Yêu cầu ngắn hơn', insert: 'Hãy nói lại trong ba câu.' },
    table: { detail: 'Yêu cầu một bảng', insert: 'Hãy trình bày thành bảng.' },
  },
}

export const words: Readonly<Record<Locale, Words>> = { en, vi }
