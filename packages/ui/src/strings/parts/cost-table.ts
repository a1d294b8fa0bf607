import { formatDay } from '../day.ts'
import { createDollars } from '../dollars.ts'
import { inEnglish, inVietnamese } from '../formats.ts'
import type { Words } from '../strings.ts'

/** What the table of costs says. */
export interface CostTableStrings {
  readonly costCaption: string
  readonly costReply: string
  readonly costInput: string
  readonly costOutput: string
  readonly costFirstToken: string
  readonly costAmount: string
  readonly costTotal: string
  readonly costUnknown: string
  readonly costNumber: (value: number) => string
  readonly costDuration: (ms: number) => string
  readonly costDollars: (dollars: number) => string
  readonly costNone: string
  /** @param asOf YYYY-MM-DD */
  readonly costSource: (asOf: string, source: string) => string
  readonly costUnpriced: (models: readonly string[]) => string
  readonly costUncounted: (replies: number) => string
}

const list = (locale: string, names: readonly string[]) => new Intl.ListFormat(locale).format(names)
export const costTableWords: Words<CostTableStrings> = {
  en: {
    costCaption: 'What this chat cost',
    costReply: 'Answer',
    costInput: 'Tokens in',
    costOutput: 'Tokens out',
    costFirstToken: 'First token',
    costAmount: 'Cost',
    costTotal: 'Total',
    costUnknown: 'not known',
    costNumber: inEnglish.number,
    costDuration: (ms) => inEnglish.duration(ms, { precise: true }),
    costDollars: /* @__PURE__ */ createDollars('en'),
    costNone: 'Nothing has been answered yet.',
    costSource: (asOf, source) => `Prices of ${formatDay('en', asOf)}, from ${source}.`,
    costUnpriced: (models) => `No price is known of ${list('en', models)}.`,
    costUncounted: (replies) =>
      inEnglish.plural(replies, {
        one: 'Of {count} answer the provider did not say what it used.',
        other: 'Of {count} answers the provider did not say what they used.',
      }),
  },
  vi: {
    costCaption: 'Chi phí của cuộc trò chuyện này',
    costReply: 'Câu trả lời',
    costInput: 'Token vào',
    costOutput: 'Token ra',
    costFirstToken: 'Chữ đầu',
    costAmount: 'Chi phí',
    costTotal: 'Tổng',
    costUnknown: 'không rõ',
    costNumber: inVietnamese.number,
    costDuration: (ms) => inVietnamese.duration(ms, { precise: true }),
    costDollars: /* @__PURE__ */ createDollars('vi'),
    costNone: 'Chưa có câu trả lời nào.',
    costSource: (asOf, source) => `Giá ngày ${formatDay('vi', asOf)}, theo ${source}.`,
    costUnpriced: (models) => `Không rõ giá của ${list('vi', models)}.`,
    costUncounted: (replies) =>
      inVietnamese.plural(replies, { other: 'Nhà cung cấp không cho biết {count} câu trả lời đã dùng bao nhiêu.' }),
  },
}
