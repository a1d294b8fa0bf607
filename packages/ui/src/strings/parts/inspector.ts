import { inEnglish, inVietnamese } from '../formats.ts'
import type { Words } from '../strings.ts'

/** What `WireInspector` says. Durations come in milliseconds. */
export interface InspectorStrings {
  readonly inspector: string
  readonly nothingSent: string
  readonly request: string
  readonly copyAsCurl: string
  readonly clearLog: string
  readonly wireKinds: Readonly<Record<'line' | 'event' | 'chunk', string>>
  readonly filterEntries: string
  readonly noEntries: string
  readonly ms: (ms: number) => string
  readonly wireSize: (bytes: number) => string
  readonly wireStatus: string
  readonly headersAfter: string
  readonly firstBytesAfter: string
  readonly wholeTime: string
  readonly received: string
  readonly longestGap: string
  readonly underWay: string
  readonly pieces: (count: number) => string
  readonly waterfall: string
  readonly letGo: (count: number) => string
}

const ms = (format: typeof inEnglish, value: number) => `${format.number(value)}\u00a0ms`

export const inspectorWords: Words<InspectorStrings> = {
  en: {
    inspector: 'Inspector',
    nothingSent: 'Nothing has been sent yet. What the chat sends and gets is written down here.',
    request: 'Request',
    copyAsCurl: 'Copy as curl, without the key',
    clearLog: 'Clear',
    wireKinds: { line: 'Lines', event: 'Events', chunk: 'Chunks' },
    filterEntries: 'Filter',
    noEntries: 'Nothing like that.',
    ms: (value) => ms(inEnglish, value),
    wireSize: inEnglish.size,
    wireStatus: 'Status',
    headersAfter: 'Headers after',
    firstBytesAfter: 'First bytes after',
    wholeTime: 'Whole time',
    received: 'Received',
    longestGap: 'Longest gap',
    underWay: 'under way',
    pieces: (count) => inEnglish.plural(count, { one: '{count} piece', other: '{count} pieces' }),
    waterfall: 'When the pieces came',
    letGo: (count) =>
      inEnglish.plural(count, { one: '{count} older entry was let go.', other: '{count} older entries were let go.' }),
  },
  vi: {
    inspector: 'Bộ soi dữ liệu',
    nothingSent: 'Chưa gửi gì. Những gì cuộc trò chuyện gửi và nhận sẽ được ghi lại ở đây.',
    request: 'Yêu cầu',
    copyAsCurl: 'Sao chép dạng curl, không kèm khóa',
    clearLog: 'Xóa hết',
    wireKinds: { line: 'Dòng', event: 'Sự kiện', chunk: 'Mẩu' },
    filterEntries: 'Lọc',
    noEntries: 'Không có mục nào như vậy.',
    ms: (value) => `${ms(inVietnamese, value)}`,
    wireSize: (bytes) => inVietnamese.size(bytes),
    wireStatus: 'Trạng thái',
    headersAfter: 'Tiêu đề sau',
    firstBytesAfter: 'Byte đầu sau',
    wholeTime: 'Tổng thời gian',
    received: 'Đã nhận',
    longestGap: 'Khoảng lặng dài nhất',
    underWay: 'đang nhận',
    pieces: (count) => inVietnamese.plural(count, { other: '{count} mảnh' }),
    waterfall: 'Thời điểm các mảnh đến',
    letGo: (count) => inVietnamese.plural(count, { other: '{count} mục cũ hơn đã được bỏ đi.' }),
  },
}
